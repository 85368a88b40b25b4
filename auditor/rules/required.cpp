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

// Why an edge may be there although none was seen; empty when there is none. What cannot be told is no error.
std::string say_doubt(const RuleInput& input, const RuleScope& scope, TargetId target) {
  const auto edges = input.graph.edges_from(target);
  const auto inherits = std::any_of(edges.begin(), edges.end(),
                                    [&](const Edge& edge) { return scope.counts(edge) && scope.to.contains(edge.to); });
  if (inherits) return "; it inherits it, and whether it uses it itself as well cannot be told";
  const bool is_invisible =
      !input.graph.has_direct_edges() && input.graph[target].type == TargetType::interface_library;
  if (is_invisible) return "; but a reply of this CMake does not show what INTERFACE libraries link";
  const auto names = input.graph.conditional_names();
  const bool is_undecided = std::any_of(names.begin(), names.end(), [&](const ConditionalName& one) {
    const auto dependee = input.graph.find_target(input.graph.text(one.name));
    return one.from == target && !one.is_false && dependee && scope.to.contains(Endpoint::target(*dependee));
  });
  return is_undecided ? "; but its link list names it under a condition that cannot be told" : "";
}

Finding make_finding(const RuleInput& input, const RuleScope& scope, TargetId target) {
  const GeneralRule& rule = *scope.rule;
  const std::string name(input.graph.name(target));
  const std::string doubt = say_doubt(input, scope, target);
  const std::string what = fmt::format("{} does not depend on {}{}", name, list(rule.to),
                                       rule.transitive ? ", not even through others" : "");
  Finding finding = start_finding(rule, what, "rule '{}' requires");
  finding.path = {to_label(input.graph, Endpoint::target(target))};
  finding.evidence.push_back(show(input.graph, input.graph[target].frame, name));
  finding.message += doubt;
  finding.conditional = !doubt.empty();
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
