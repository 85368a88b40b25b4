// required: a target does not depend on what it has to.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/direct_edges.h"
#include "auditor/evidence.h"
#include "auditor/rule.h"
#include "auditor/rule_findings.h"
#include "auditor/rule_scopes.h"
#include "graph/inheritance.h"

namespace bulkhead {
namespace {

std::string list(const std::vector<Selector>& selectors) {
  std::string text;
  for (const Selector& selector : selectors) text += (text.empty() ? "" : " or ") + selector.text;
  return text;
}

// The targets that have an edge of their own onto what is required.
std::vector<bool> find_users(const RuleInput& input, const RuleScope& scope, const std::vector<EdgeId>& direct) {
  std::vector<bool> uses(input.graph.targets().size(), false);
  for (const EdgeId id : direct) {
    if (scope.to.contains(input.graph[id].to)) uses[input.graph[id].from.index()] = true;
  }
  for (const Edge& edge : input.graph.edges()) {
    if (!edge.from.is_target() || edge.to.is_target()) continue;
    if (scope.counts(edge) && scope.to.contains(edge.to)) uses[edge.from.index()] = true;
  }
  return uses;
}

Finding make_finding(const RuleInput& input, const RuleScope& scope, TargetId target) {
  const GeneralRule& rule = *scope.rule;
  const std::string name(input.graph.name(target));
  const std::string what = fmt::format("{} does not depend on {}{}", name, list(rule.to),
                                       rule.transitive ? ", not even through others" : "");
  Finding finding = start_finding(rule, what, "rule '{}' requires");
  finding.path = {to_label(input.graph, Endpoint::target(target))};
  finding.evidence.push_back(show(input.graph, input.graph[target].frame, name));
  finding.help = "link it, or list the target in 'except' of the rule";
  return finding;
}

}  // namespace

std::vector<Finding> run_required(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  for (const RuleScope& scope : input.scopes.all()) {
    if (scope.rule->kind != RuleKind::required) continue;
    std::vector<EdgeId> direct = find_direct_edges(input, inheritance, scope);
    std::vector<bool> fulfils = find_users(input, scope, direct);
    if (scope.rule->transitive) {
      std::vector<std::uint32_t> users;
      for (std::uint32_t i = 0; i < fulfils.size(); ++i) {
        if (fulfils[i]) users.push_back(i);
      }
      fulfils = find_reaching(make_digraph(input.graph, direct), users);
    }
    for (std::size_t i = 0; i < fulfils.size(); ++i) {
      const Endpoint end = Endpoint::target(TargetId(i));
      const bool has_to = scope.from.contains(end) && !scope.to.contains(end) && !scope.except.contains(end);
      if (has_to && !fulfils[i]) findings.push_back(make_finding(input, scope, TargetId(i)));
    }
  }
  return findings;
}

}  // namespace bulkhead
