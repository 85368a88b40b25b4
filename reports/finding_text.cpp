#include "reports/finding_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "reports/label.h"
#include "reports/picture_text.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_inheritors = 6;

std::string say_inheritors(const Finding& finding) {
  std::string names;
  const std::size_t shown = std::min(finding.inherited_by.size(), most_inheritors);
  for (std::size_t i = 0; i < shown; ++i) {
    names += (i == 0 ? "" : ", ") + displayable(bare_name(finding.inherited_by[i].label));
  }
  if (shown < finding.inherited_by.size()) names += fmt::format(" and {} more", finding.inherited_by.size() - shown);
  return fmt::format("{} {}: {}", verb_of_inheritors(finding), counted(finding.inherited_by.size(), "target"), names);
}

// Entries of these kinds come by one call to all targets of a directory as well as to those who link one of them.
bool is_shared(EdgeKind kind) {
  return kind == EdgeKind::include_dir || kind == EdgeKind::define || kind == EdgeKind::source;
}

bool has_place(const MergedFinding& finding) {
  const auto& evidence = finding.front()->evidence;
  return std::any_of(evidence.begin(), evidence.end(), [](const Evidence& one) { return !one.file.empty(); });
}

}  // namespace

std::string_view bare_name(std::string_view label) {
  const std::size_t colon = label.find(':');
  return colon == std::string_view::npos ? label : label.substr(colon + 1);
}

std::string say_message(const Report& report, const MergedFinding& findings) {
  std::string configurations;
  for (const Finding* const finding : findings) {
    if (finding->configuration.empty() || report.configurations.size() < 2) continue;
    configurations += (configurations.empty() ? "" : ", ") + displayable(finding->configuration);
  }
  const std::string message = displayable(findings.front()->message);
  return configurations.empty() ? message : fmt::format("{} ({})", message, configurations);
}

std::string say_way(const Finding& finding) {
  if (!finding.edge) return "";
  std::string way;
  for (const std::string& stop : finding.path) way += (way.empty() ? "" : " -> ") + displayable(bare_name(stop));
  const bool between_targets = !finding.edge->from.type.empty() && !finding.edge->to.type.empty();
  return fmt::format("{}  [{}{}]", way, to_string(finding.edge->kind),
                     between_targets ? fmt::format(", {}", to_string(finding.edge->known)) : "");
}

std::string say_site(const Evidence& evidence) {
  if (evidence.line == 0) return displayable(evidence.file);
  return fmt::format("{}:{}", displayable(evidence.file), evidence.line);
}

std::string say_waiver(const AppliedWaiver& waiver) {
  std::string text = displayable(waiver.reason);
  if (!waiver.owner.empty()) text += fmt::format(", owner {}", displayable(waiver.owner));
  if (!waiver.expires.empty()) text += fmt::format(", until {}", displayable(waiver.expires));
  return fmt::format("{} ({})", text, say_site({.file = waiver.file, .line = waiver.line}));
}

std::vector<std::string> say_details(const Finding& finding) {
  std::vector<std::string> lines;
  if (finding.edge) lines.push_back("edge: " + say_way(finding));
  if (!finding.inherited_by.empty()) lines.push_back(say_inheritors(finding));
  if (!finding.why.empty()) lines.push_back("why: " + displayable(finding.why));
  if (!finding.help.empty()) lines.push_back("help: " + displayable(finding.help));
  if (finding.waiver) lines.push_back("waived: " + say_waiver(*finding.waiver));
  return lines;
}

std::string_view verb_of_inheritors(const Finding& finding) {
  if (finding.path.size() > 2) return "also reached by";
  if (!finding.edge) return "inherited by";
  if (finding.edge->kind == EdgeKind::include) return "compiled into";
  return is_shared(finding.edge->kind) ? "shared by" : "inherited by";
}

std::string say_kinds(const std::vector<EdgeKind>& kinds) {
  std::string said;
  for (const EdgeKind kind : kinds) said += fmt::format("{}{}", said.empty() ? "" : " ", to_string(kind));
  return said;
}

std::string say_counts(const Summary& summary) {
  std::string said = fmt::format("{}, {}", counted(summary.errors, "error"), counted(summary.warnings, "warning"));
  if (summary.known != 0) said += fmt::format(", {} known", summary.known);
  if (summary.waived != 0) said += fmt::format(", {} waived", summary.waived);
  return said;
}

std::vector<MergedFinding> rank(const Report& report, Severity severity) {
  std::vector<MergedFinding> ranked;
  for (MergedFinding& merged : merge_configurations(report)) {
    const Finding& first = *merged.front();
    if (first.status == Status::fresh && first.severity == severity) ranked.push_back(std::move(merged));
  }
  std::set<std::tuple<std::string_view, std::string_view, std::uint32_t>> seen;
  std::set<const Finding*> repeated;
  for (const MergedFinding& merged : ranked) {
    const Finding& first = *merged.front();
    if (first.evidence.empty()) continue;
    const Evidence& evidence = first.evidence.front();
    if (!seen.emplace(first.rule, evidence.file, evidence.line).second) repeated.insert(&first);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [&repeated](const MergedFinding& a, const MergedFinding& b) {
    const auto key = [&repeated](const MergedFinding& one) {
      return std::tuple(!has_place(one), repeated.contains(one.front()));
    };
    return key(a) < key(b);
  });
  return ranked;
}

std::string cut(std::string text, std::size_t most) {
  constexpr std::string_view ellipsis = "\u2026";
  if (text.size() <= most) return text;
  std::size_t end = most < ellipsis.size() ? 0 : most - ellipsis.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text.append(ellipsis);
}

}  // namespace bulkhead
