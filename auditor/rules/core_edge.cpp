// core-edge: an S0 module is on, and a core target that is no entry point depends on it.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/cause_advice.h"
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
    return input_.graph[end.target_id()].type != TargetType::utility && !is_entry(end);
  }

  [[nodiscard]] bool is_entry(Endpoint end) const {
    return std::any_of(module_.entry.begin(), module_.entry.end(),
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
  CauseAdvice advisor(input, inheritance);
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
    std::vector<Cause> causes = find_causes(input, inheritance, query);
    // What comes in by an entry point is what that is for.
    std::erase_if(causes, [&](const Cause& cause) { return !outsiders.contains(input.graph[cause.edge].from); });
    const std::vector<std::string> advice =
        advisor.advise(causes, query, [&](Endpoint end) { return !outsiders.is_entry(end); });
    for (std::size_t at = 0; at < causes.size(); ++at) {
      const Edge& edge = input.graph[causes[at].edge];
      findings.push_back(make_module_finding(input, causes[at], module,
                                             fmt::format("and is no entry point of {}", module.name),
                                             repair(input, edge, module)));
      add_advice(advice[at], findings.back().help);
    }
  }
  return findings;
}

}  // namespace bulkhead
