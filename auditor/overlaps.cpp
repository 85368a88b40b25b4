#include "auditor/overlaps.h"

#include <fmt/format.h>

#include <string>

#include "auditor/evidence.h"
#include "auditor/rule_scopes.h"

namespace bulkhead {
namespace {

std::string list(const RuleGroup& group) {
  std::string text;
  for (const Selector& selector : group.selectors) text += (text.empty() ? "" : ", ") + selector.text;
  return text;
}

}  // namespace

void add_overlaps(const RuleInput& input, RuleKind kind, std::string_view noun, std::vector<Finding>& findings) {
  for (const RuleScope& scope : input.scopes.all()) {
    if (scope.rule->kind != kind) continue;
    for (std::size_t i = 0; i < input.graph.targets().size(); ++i) {
      const Endpoint target = Endpoint::target(TargetId(i));
      std::vector<std::size_t> in;
      for (std::size_t group = 0; group < scope.groups.size(); ++group) {
        if (scope.groups[group].contains(target)) in.push_back(group);
      }
      if (in.size() < 2) continue;
      const std::string name(input.graph.name(TargetId(i)));
      Finding finding{
          .rule = {},
          .severity = scope.rule->severity,
          .name = scope.rule->label(),
          .message = fmt::format("{} is in two {} of rule '{}': {} and {}", name, noun, scope.rule->label(),
                                 list(scope.rule->groups[in[0]]), list(scope.rule->groups[in[1]])),
          .help = "write the selectors so that each target is in one; until then it counts as one of the first",
          .why = scope.rule->why};
      finding.path = {to_label(input.graph, target)};
      finding.evidence.push_back(show(input.graph, input.graph[TargetId(i)].frame, name));
      findings.push_back(std::move(finding));
    }
  }
}

}  // namespace bulkhead
