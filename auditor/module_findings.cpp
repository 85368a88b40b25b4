#include "auditor/module_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "auditor/edge_words.h"
#include "auditor/evidence.h"
#include "auditor/rule_findings.h"

namespace bulkhead {

bool is_dependency(const Edge& edge) {
  return edge.kind != EdgeKind::configure && edge.kind != EdgeKind::install;
}

void count_dependers(const RuleInput& input, const std::function<bool(TargetId)>& is_depender, RuleCount& count) {
  for (std::size_t i = 0; i < input.graph.targets().size(); ++i) {
    if (!is_depender(TargetId(i))) continue;
    ++count.targets;
    const auto edges = input.graph.edges_from(TargetId(i));
    count.edges += static_cast<std::uint64_t>(std::count_if(edges.begin(), edges.end(), is_dependency));
  }
}

std::vector<EdgeKind> find_blind_kinds(const RuleInput& input, const IncludeScan& scan) {
  std::set<EdgeKind> kinds;
  for (const BlindSpot& spot : input.spots) kinds.insert(spot.kind);
  kinds.erase(EdgeKind::configure);
  kinds.erase(EdgeKind::install);
  if (!scan.gaps.empty()) kinds.insert(EdgeKind::include);
  return {kinds.begin(), kinds.end()};
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

Finding make_module_include_finding(const RuleInput& input, const IncludeEdge& edge, const Module& about,
                                    std::string_view trouble, std::string help) {
  const auto end_of = [&input](const std::string& path) {
    FindingEnd end{.label = "file:" + path, .type = {}};
    const Owner owner = input.modules.path_owner(path);
    if (owner.is_module()) end.module = input.policy.modules[owner.module_index()].name;
    return end;
  };
  const auto name = [](const FindingEnd& end, const std::string& path) {
    return end.module.empty() ? path : fmt::format("{} of module {}", path, end.module);
  };
  const FindingEnd from = end_of(edge.place.file);
  const FindingEnd to = end_of(edge.file);
  const std::string what = edge.is_found
                               ? fmt::format("{} includes {}", name(from, edge.place.file), name(to, edge.file))
                               : fmt::format("{} includes {}, which is nowhere on its include path; {} may be meant",
                                             name(from, edge.place.file), edge.name, name(to, edge.file));
  Finding finding{.rule = {},
                  .module = about.name,
                  .message = fmt::format("{}{}, {}", what, edge.is_found ? say_doubt(edge) : std::string(), trouble)};
  finding.edge = FindingEdge{EdgeKind::include, from, to, Known::declared};
  finding.path = {from.label, to.label};
  for (const TargetId target : edge.targets) finding.inherited_by.push_back(describe(input, Endpoint::target(target)));
  std::sort(finding.inherited_by.begin(), finding.inherited_by.end(),
            [](const FindingEnd& a, const FindingEnd& b) { return a.label < b.label; });
  add_include_evidence(edge, finding);
  for (const IncludeCondition& condition : edge.conditions) {
    finding.evidence.back().conditions.push_back(
        fmt::format("{}:{}: {}", condition.place.file, condition.place.line, condition.text));
  }
  finding.conditional = !edge.is_certain;
  finding.help = std::move(help);
  return finding;
}

}  // namespace bulkhead
