// core-edge: an S0 module is on, and a core target that is no entry point depends on it.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/evidence.h"
#include "auditor/module_findings.h"
#include "auditor/selector_match.h"

namespace bulkhead {
namespace {

// The dependers that may not: targets of the core that no `entry` of the module selects. What gathers everything, as a
// target of all checks does, depends on everything by design.
class Outsiders {
 public:
  Outsiders(const RuleInput& input, const Module& module)
      : input_(input), module_(module), matcher_(input.graph, input.policy, input.modules) {}

  [[nodiscard]] bool contains(Endpoint end) const {
    if (!end.is_target() || !input_.modules.owner(end).is_core()) return false;
    if (input_.graph[end.target_id()].type == TargetType::utility) return false;
    return std::none_of(module_.entry.begin(), module_.entry.end(),
                        [&](const Selector& entry) { return matcher_.matches(entry, end); });
  }

 private:
  const RuleInput& input_;
  const Module& module_;
  SelectorMatcher matcher_;
};

std::string repair(const RuleInput& input, const Edge& edge, const Module& module) {
  return fmt::format(
      "let an entry point of {0} bring it in; or, if {1} is one, add \"target:{1}\" to the 'entry' of module {0}",
      module.name, short_name(input.graph, edge.from));
}

}  // namespace

std::vector<Finding> run_core_edge(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    const Module& module = input.policy.modules[i];
    if (!input.on[i] || module.stage != "S0") continue;
    const Outsiders outsiders(input, module);
    CauseQuery query{.edges = {},
                     .is_inside = [&](Endpoint end) { return input.modules.owner(end) == Owner::module(i); },
                     .is_asked = [&](Endpoint end) { return outsiders.contains(end); }};
    for (const EdgeId id : input.modules.edges_onto(i)) {
      if (is_dependency(input.graph[id])) query.edges.push_back(id);
    }
    for (const Cause& cause : find_causes(input, inheritance, query)) {
      const Edge& edge = input.graph[cause.edge];
      // What comes in by an entry point is what that is for.
      if (!outsiders.contains(edge.from)) continue;
      findings.push_back(make_module_finding(
          input, cause, module, fmt::format("and is no entry point of {}", module.name), repair(input, edge, module)));
    }
  }
  return findings;
}

}  // namespace bulkhead
