#include "auditor/rule_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "auditor/edge_words.h"
#include "auditor/evidence.h"

namespace bulkhead {
namespace {

// True for a directory that a path lies in.
bool holds(std::string_view directory, std::string_view path) {
  return directory == "." || (path.starts_with(directory) && path.substr(directory.size()).starts_with('/'));
}

bool has_edge(const TargetGraph& graph, TargetId from, TargetId to) {
  const auto edges = graph.edges_from(from);
  return std::any_of(edges.begin(), edges.end(), [to](const Edge& edge) { return edge.to == Endpoint::target(to); });
}

}  // namespace

std::string say_doubt(const IncludeEdge& edge) {
  if (edge.is_certain) return {};
  const auto unknown = std::find_if(edge.conditions.rbegin(), edge.conditions.rend(),
                                    [](const IncludeCondition& one) { return !one.is_known; });
  if (unknown == edge.conditions.rend()) return ", by a way with a condition that cannot be told";
  return fmt::format(", under a condition that cannot be told: {} at line {}", unknown->text, unknown->place.line);
}

Finding start_finding(const GeneralRule& rule, std::string what, std::string_view reason) {
  Finding finding{.rule = {}, .severity = rule.severity, .name = rule.label(), .message = std::move(what)};
  finding.message +=
      rule.message.empty() ? ", which " + fmt::format(fmt::runtime(reason), finding.name) : ": " + rule.message;
  finding.why = rule.why;
  return finding;
}

void add_hop(const RuleInput& input, const Edge& edge, Finding& finding) {
  if (finding.path.empty()) finding.path.push_back(to_label(input.graph, edge.from));
  finding.path.push_back(to_label(input.graph, edge.to));
  finding.evidence.push_back(show_call(input.sources, input.graph, edge, {}).evidence);
}

void add_include_evidence(const IncludeEdge& edge, Finding& finding) {
  Evidence evidence{.file = edge.place.file, .line = edge.place.line, .mark = edge.name};
  for (const IncludeStep& step : edge.chain) evidence.stack.push_back(fmt::format("{}:{}", step.file, step.line));
  finding.evidence.push_back(std::move(evidence));
}

Finding make_edge_finding(const RuleInput& input, const GeneralRule& rule, const Cause& cause,
                          std::string_view reason) {
  const Edge& edge = input.graph[cause.edge];
  const std::string from = short_name(input.graph, edge.from);
  const std::string to = short_name(input.graph, edge.to);
  Finding finding = start_finding(rule, say_edge(edge, from, to), reason);
  finding.edge = FindingEdge{edge.kind, describe(input, edge.from), describe(input, edge.to), edge.known};
  finding.path = {finding.edge->from.label, finding.edge->to.label};
  for (const TargetId target : cause.inherited_by) {
    finding.inherited_by.push_back(describe(input, Endpoint::target(target)));
  }
  CallEvidence call = show_call(input.sources, input.graph, edge, cause.frame);
  finding.evidence.push_back(std::move(call.evidence));
  if (call.uncertain)
    finding.message += "; the line is uncertain, for the call that CMake names does not say so itself";
  finding.help = say_repair(edge.kind, to);
  return finding;
}

Finding make_include_finding(const RuleInput& input, const GeneralRule& rule, const IncludeEdge& edge,
                             std::string_view reason) {
  Finding finding =
      start_finding(rule, fmt::format("{} includes {}{}", edge.place.file, edge.file, say_doubt(edge)), reason);
  finding.edge = FindingEdge{EdgeKind::include,
                             {.label = "file:" + edge.place.file, .type = {}},
                             {.label = "file:" + edge.file, .type = {}},
                             Known::declared};
  finding.path = {finding.edge->from.label, finding.edge->to.label};
  for (const TargetId target : edge.targets) {
    finding.inherited_by.push_back(describe(input, Endpoint::target(target)));
  }
  std::sort(finding.inherited_by.begin(), finding.inherited_by.end(),
            [](const FindingEnd& a, const FindingEnd& b) { return a.label < b.label; });
  add_include_evidence(edge, finding);
  finding.conditional = !edge.is_certain;
  finding.help = say_repair(EdgeKind::include, edge.name);
  return finding;
}

std::vector<TargetId> find_includers(const TargetGraph& graph, const IncludeEdge& edge) {
  if (edge.chain.size() < 2) return edge.targets;
  std::optional<std::string_view> nearest;
  for (const Target& target : graph.targets()) {
    const std::string_view directory = graph.text(target.source_directory);
    if (!holds(directory, edge.place.file)) continue;
    if (!nearest || *nearest == "." || (directory != "." && directory.size() > nearest->size())) nearest = directory;
  }
  if (!nearest) return edge.targets;
  std::vector<TargetId> compiling;
  std::vector<TargetId> used;
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    const Target& target = graph.targets()[i];
    if (graph.text(target.source_directory) != *nearest) continue;
    if (std::binary_search(edge.targets.begin(), edge.targets.end(), TargetId(i))) compiling.emplace_back(i);
    const bool is_used = std::any_of(edge.targets.begin(), edge.targets.end(),
                                     [&](TargetId one) { return has_edge(graph, one, TargetId(i)); });
    if (is_used && target.type != TargetType::utility) used.emplace_back(i);
  }
  if (!compiling.empty()) return compiling;
  return used.empty() ? edge.targets : used;
}

}  // namespace bulkhead
