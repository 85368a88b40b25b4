// namespace: a module's target compiles files outside its paths, or a file in its paths is compiled by someone else.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "auditor/evidence.h"
#include "auditor/module_findings.h"
#include "graph/inheritance.h"

namespace bulkhead {
namespace {

bool is_in_source_tree(std::string_view path) {
  return !path.starts_with('/') && !is_in_build(path);
}

bool is_asked(const RuleInput& input, std::size_t index) {
  const Module& module = input.policy.modules[index];
  return !module.stage.empty() && !module.paths.empty() && input.on[index];
}

// A target's entry for a file that nobody generates.
bool is_listed(const RuleInput& input, const Edge& edge) {
  return edge.kind == EdgeKind::source && edge.from.is_target() && edge.to.kind() == EndpointKind::file &&
         is_in_source_tree(input.graph.text(edge.to.string_id()));
}

// The module that an entry of a target's sources is about, and what is wrong with it.
struct Stray {
  const Module* module = nullptr;
  std::string trouble{};
  std::string help{};
};

Stray judge(const RuleInput& input, const Edge& edge) {
  const Owner compiler = input.modules.owner(edge.from);
  const Owner file = input.modules.path_owner(input.graph.text(edge.to.string_id()));
  if (compiler == file || compiler == Owner::set_aside() || file == Owner::set_aside()) return {};
  const auto counts = [&](Owner owner) { return owner.is_module() && is_asked(input, owner.module_index()); };
  if (counts(compiler)) {
    const Module& module = input.policy.modules[compiler.module_index()];
    return {&module, fmt::format("which lies outside the paths of module {}", module.name),
            fmt::format("move the file into the paths of module {}, or add it to them", module.name)};
  }
  if (counts(file)) {
    const Module& module = input.policy.modules[file.module_index()];
    return {&module, fmt::format("and is no target of module {}", module.name),
            fmt::format("list the file in a target of module {}, or make {} one of its 'targets'", module.name,
                        short_name(input.graph, edge.from))};
  }
  return {};
}

// Sources that INTERFACE libraries hand on. Who links one lists its files, and has not asked for them.
class HandedOn {
 public:
  explicit HandedOn(const TargetGraph& graph) : graph_(graph) {
    for (const Edge& edge : graph.edges()) {
      if (edge.kind != EdgeKind::source || !edge.from.is_target() || edge.to.kind() != EndpointKind::file) continue;
      if (graph[edge.from.target_id()].type != TargetType::interface_library) continue;
      givers_[edge.to.string_id().value()].insert(edge.from.target_id().value());
    }
  }

  // Whether the depender of a source edge has the file from an INTERFACE library that it links, directly or not.
  [[nodiscard]] bool contains(const Edge& edge) const {
    const auto givers = givers_.find(edge.to.string_id().value());
    if (givers == givers_.end()) return false;
    std::set<std::uint32_t> seen = {edge.from.target_id().value()};
    std::vector<TargetId> queue = {edge.from.target_id()};
    for (std::size_t next = 0; next < queue.size(); ++next) {
      for (const Edge& link : graph_.edges_from(queue[next])) {
        if (!link.to.is_target() || !is_inheritable(link.kind)) continue;
        if (!seen.insert(link.to.target_id().value()).second) continue;
        if (givers->second.contains(link.to.target_id().value())) return true;
        queue.push_back(link.to.target_id());
      }
    }
    return false;
  }

 private:
  const TargetGraph& graph_;
  std::map<std::uint32_t, std::set<std::uint32_t>> givers_;  // file → INTERFACE libraries that list it
};

}  // namespace

std::vector<Finding> run_namespace(const RuleInput& input) {
  std::vector<Finding> findings;
  const HandedOn handed_on(input.graph);
  for (const Edge& edge : input.graph.edges()) {
    if (!is_listed(input, edge)) continue;
    const Stray stray = judge(input, edge);
    if (stray.module == nullptr) continue;
    // A file of a module that others compile is one, however they came by it.
    const bool is_of_core = input.modules.path_owner(input.graph.text(edge.to.string_id())).is_core();
    if (is_of_core && handed_on.contains(edge)) continue;
    const Cause cause{.edge = input.graph.id_of(edge), .frame = {}, .inherited_by = {}};
    findings.push_back(make_module_finding(input, cause, *stray.module, stray.trouble, stray.help));
  }
  return findings;
}

RuleCount count_namespace(const RuleInput& input) {
  RuleCount count;
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) count.modules += is_asked(input, i) ? 1 : 0;
  if (count.modules == 0) return count;
  std::vector<bool> compiles(input.graph.targets().size(), false);
  for (const Edge& edge : input.graph.edges()) {
    if (!is_listed(input, edge) || input.modules.owner(edge.from) == Owner::set_aside()) continue;
    ++count.edges;
    compiles[edge.from.index()] = true;
  }
  count.targets = static_cast<std::uint32_t>(std::count(compiles.begin(), compiles.end(), true));
  return count;
}

}  // namespace bulkhead
