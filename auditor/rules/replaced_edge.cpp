// replaced-edge: something depends on what an S2 module replaces. What is there on adoption goes into the baseline.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/cause_advice.h"
#include "auditor/module_findings.h"
#include "auditor/rule_findings.h"
#include "auditor/selector_match.h"

namespace bulkhead {
namespace {

// Whether an include is laid to a target that may not have it.
bool is_told(const RuleInput& input, const EndSet& replaced, const IncludeEdge& edge) {
  const std::vector<TargetId> includers = find_includers(input.graph, edge);
  return std::any_of(includers.begin(), includers.end(), [&](TargetId target) {
    return !replaced.contains(Endpoint::target(target)) && input.modules.owner(target) != Owner::set_aside();
  });
}

bool is_asked(const Module& module) {
  return module.stage == "S2" && !module.replaces.empty();
}

std::string say_trouble(const Module& module) {
  return fmt::format("which module {} replaces", module.name);
}

std::string repair(const Module& module) {
  return fmt::format("use module {} instead", module.name);
}

}  // namespace

std::vector<Finding> run_replaced_edge(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  CauseAdvice advisor(input, inheritance);
  const SelectorMatcher matcher(input.graph, input.policy, input.modules);
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    const Module& module = input.policy.modules[i];
    if (!is_asked(module)) continue;
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
      findings.push_back(make_module_finding(input, causes[at], module, say_trouble(module), repair(module)));
      add_advice(advice[at], findings.back().help);
    }
    for (const IncludeEdge& edge : input.module_includes.replaced_edges.edges) {
      if (edge.part != i || !is_told(input, replaced, edge)) continue;
      findings.push_back(make_module_include_finding(input, edge, module, say_trouble(module), repair(module)));
    }
  }
  return findings;
}

RuleCount count_replaced_edge(const RuleInput& input) {
  RuleCount count;
  for (const Module& module : input.policy.modules) count.modules += is_asked(module) ? 1 : 0;
  if (count.modules == 0) return count;
  count_dependers(
      input, [&input](TargetId id) { return input.modules.owner(id) != Owner::set_aside(); }, count);
  count.sources = input.module_includes.replaced_edges.source_count;
  count.blind_spots = find_blind_kinds(input, input.module_includes.replaced_edges);
  return count;
}

}  // namespace bulkhead
