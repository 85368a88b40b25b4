#include "auditor/module_findings.h"

#include <fmt/format.h>

#include <utility>

#include "auditor/edge_words.h"
#include "auditor/evidence.h"

namespace bulkhead {

bool is_dependency(const Edge& edge) {
  return edge.kind != EdgeKind::configure && edge.kind != EdgeKind::install;
}

std::string name_with_module(const RuleInput& input, Endpoint endpoint) {
  std::string name = short_name(input.graph, endpoint);
  const Owner owner = input.modules.owner(endpoint);
  if (!owner.is_module()) return name;
  return fmt::format("{} of module {}", name, input.policy.modules[owner.module_index()].name);
}

Finding make_module_finding(const RuleInput& input, const Cause& cause, const Module& about, std::string_view trouble,
                            std::string help) {
  const Edge& edge = input.graph[cause.edge];
  const std::string what = say_edge(edge, name_with_module(input, edge.from), name_with_module(input, edge.to));
  Finding finding{.rule = {}, .module = about.name, .message = fmt::format("{}, {}", what, trouble)};
  finding.edge = FindingEdge{edge.kind, describe(input, edge.from), describe(input, edge.to), edge.known};
  finding.path = {finding.edge->from.label, finding.edge->to.label};
  for (const TargetId target : cause.inherited_by) {
    finding.inherited_by.push_back(describe(input, Endpoint::target(target)));
  }
  CallEvidence call = show_call(input.sources, input.graph, edge, cause.frame);
  finding.evidence.push_back(std::move(call.evidence));
  if (call.uncertain) {
    finding.message += "; the line is uncertain, for the call that CMake names does not say so itself";
  }
  finding.help = std::move(help);
  return finding;
}

}  // namespace bulkhead
