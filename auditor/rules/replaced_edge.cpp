// replaced-edge: something depends on what an S2 module replaces. What is there on adoption goes into the baseline.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/cause_advice.h"
#include "auditor/module_findings.h"
#include "auditor/selector_match.h"

namespace bulkhead {

std::vector<Finding> run_replaced_edge(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  CauseAdvice advisor(input, inheritance);
  const SelectorMatcher matcher(input.graph, input.policy, input.modules);
  for (const Module& module : input.policy.modules) {
    if (module.stage != "S2" || module.replaces.empty()) continue;
    std::vector<std::uint32_t> counts;
    const EndSet replaced = matcher.select(module.replaces, matcher.all_ends(), counts);
    CauseQuery query{
        .edges = {},
        .is_inside = [&](Endpoint end) { return replaced.contains(end); },
        .is_asked =
            [&](Endpoint end) { return !replaced.contains(end) && input.modules.owner(end) != Owner::set_aside(); }};
    for (const Edge& edge : input.graph.edges()) {
      if (is_dependency(edge) && replaced.contains(edge.to) && !replaced.contains(edge.from)) {
        query.edges.push_back(input.graph.id_of(edge));
      }
    }
    const std::vector<Cause> causes = find_causes(input, inheritance, query);
    const std::vector<std::string> advice = advisor.advise(causes, query, [](Endpoint) { return true; });
    for (std::size_t at = 0; at < causes.size(); ++at) {
      findings.push_back(make_module_finding(input, causes[at], module,
                                             fmt::format("which module {} replaces", module.name),
                                             fmt::format("use module {} instead", module.name)));
      add_advice(advice[at], findings.back().help);
    }
  }
  return findings;
}

}  // namespace bulkhead
