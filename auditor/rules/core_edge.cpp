// core-edge: an S0 module is on, and a core target that is no entry point depends on it.

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "auditor/cause_advice.h"
#include "auditor/evidence.h"
#include "auditor/module_findings.h"
#include "auditor/rule_findings.h"
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
    return input_.graph[end.target_id()].type != TargetType::utility && !is_entry(end);
  }

  [[nodiscard]] bool is_entry(Endpoint end) const {
    return std::any_of(module_.entry.begin(), module_.entry.end(),
                       [&](const Selector& entry) { return matcher_.matches(entry, end); });
  }

  [[nodiscard]] bool is_entry_file(std::string_view path) const {
    return std::any_of(module_.entry.begin(), module_.entry.end(),
                       [&](const Selector& entry) { return matcher_.matches_path(entry, path); });
  }

 private:
  const RuleInput& input_;
  const Module& module_;
  SelectorMatcher matcher_;
};

bool is_asked(const RuleInput& input, std::size_t module) {
  return input.on[module] && input.policy.modules[module].stage == "S0";
}

std::string repair(const Module& module, std::string_view depender) {
  return fmt::format(
      "let an entry point of {0} bring it in; or, if {1} is one, add \"target:{1}\" to the 'entry' of module {0}",
      module.name, depender);
}

// The first target by name that an include is laid to and that may not have it.
std::optional<std::string_view> find_outsider(const RuleInput& input, const Outsiders& outsiders,
                                              const IncludeEdge& edge) {
  if (outsiders.is_entry_file(edge.place.file)) return std::nullopt;
  std::optional<std::string_view> first;
  for (const TargetId target : find_includers(input.graph, edge)) {
    if (!outsiders.contains(Endpoint::target(target))) continue;
    const std::string_view name = input.graph.name(target);
    if (!first || name < *first) first = name;
  }
  return first;
}

// Whatever guards it: a guarded include is one of a file that is no entry point, and has to go with the module.
void add_includes(const RuleInput& input, const Outsiders& outsiders, std::size_t index,
                  std::vector<Finding>& findings) {
  const Module& module = input.policy.modules[index];
  for (const IncludeEdge& edge : input.module_includes.core_edges.edges) {
    if (edge.part != index) continue;
    const auto outsider = find_outsider(input, outsiders, edge);
    if (!outsider) continue;
    findings.push_back(make_module_include_finding(
        input, edge, module, fmt::format("and {} is no entry point of {}", *outsider, module.name),
        repair(module, *outsider)));
  }
}

}  // namespace

std::vector<Finding> run_core_edge(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  CauseAdvice advisor(input, inheritance);
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    const Module& module = input.policy.modules[i];
    if (!is_asked(input, i)) continue;
    const Outsiders outsiders(input, module);
    CauseQuery query{.edges = {},
                     .is_inside = [&](Endpoint end) { return input.modules.owner(end) == Owner::module(i); },
                     .is_asked = [&](Endpoint end) { return outsiders.contains(end); }};
    for (const EdgeId id : input.modules.edges_onto(i)) {
      if (is_dependency(input.graph[id])) query.edges.push_back(id);
    }
    std::vector<Cause> causes = find_causes(input, inheritance, query);
    // What comes in by an entry point is what that is for.
    std::erase_if(causes, [&](const Cause& cause) { return !outsiders.contains(input.graph[cause.edge].from); });
    const std::vector<std::string> advice =
        advisor.advise(causes, query, [&](Endpoint end) { return !outsiders.is_entry(end); });
    for (std::size_t at = 0; at < causes.size(); ++at) {
      const Edge& edge = input.graph[causes[at].edge];
      findings.push_back(make_module_finding(input, causes[at], module,
                                             fmt::format("and is no entry point of {}", module.name),
                                             repair(module, short_name(input.graph, edge.from))));
      add_advice(advice[at], findings.back().help);
    }
    add_includes(input, outsiders, i, findings);
  }
  return findings;
}

RuleCount count_core_edge(const RuleInput& input) {
  RuleCount count;
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) count.modules += is_asked(input, i) ? 1 : 0;
  if (count.modules == 0) return count;
  count_dependers(
      input,
      [&input](TargetId id) {
        return input.modules.owner(id).is_core() && input.graph[id].type != TargetType::utility;
      },
      count);
  count.sources = input.module_includes.core_edges.source_count;
  count.blind_spots = find_blind_kinds(input, input.module_includes.core_edges);
  return count;
}

}  // namespace bulkhead
