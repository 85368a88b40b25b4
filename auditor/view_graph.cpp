#include "auditor/view_graph.h"

namespace bulkhead {

GraphView view_graph(const TargetGraph& graph, const ModuleMap& modules, const std::vector<bool>& on) {
  GraphView view{.graph = &graph, .modules = {}, .targets = {}, .dependers = {}, .dependees = {}};
  const Policy& policy = modules.policy();
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    const Module& module = policy.modules[i];
    view.modules.push_back({.name = module.name, .stage = module.stage, .toggle = module.toggle.text(), .on = on[i]});
  }
  view.targets.reserve(graph.targets().size());
  for (std::size_t i = 0; i < graph.targets().size(); ++i) view.targets.push_back(modules.owner(TargetId(i)));
  view.dependers.reserve(graph.edges().size());
  view.dependees.reserve(graph.edges().size());
  for (const Edge& edge : graph.edges()) {
    view.dependers.push_back(modules.owner(edge.from));
    view.dependees.push_back(modules.owner(edge.to));
  }
  return view;
}

}  // namespace bulkhead
