// The diff for people.
#include <fmt/format.h>

#include "reports/diff_writer.h"
#include "reports/label.h"
#include "reports/style.h"

namespace bulkhead {
namespace {

Colour colour_of(Change change) {
  switch (change) {
    case Change::added: return Colour::green;
    case Change::removed: return Colour::red;
    case Change::changed: return Colour::yellow;
  }
  return Colour::none;
}

std::string write_line(const Style& style, Change change, const std::string& text, const std::string& notes,
                       const std::string& place) {
  std::string line = fmt::format("  {} {}", sign_of(change), displayable(text));
  if (!notes.empty()) line += fmt::format("  ({})", displayable(notes));
  line = style(colour_of(change), line);
  if (!place.empty()) line += "  " + style(Colour::blue, displayable(place));
  return line + "\n";
}

std::string write_group(const DiffReport& report, const DiffGroup& group, const Style& style) {
  std::string text = "\n" + style(Colour::bold, displayable((report.by_module ? "" : "folder ") + group.name)) + "\n";
  if (!group.targets.empty()) text += " targets\n";
  for (const TargetChange& target : group.targets) {
    text += write_line(style, target.change, fmt::format("{}, {}", target.name, say_target(target)),
                       say_notes(target.configurations, target.uncertain), say_place(target.file, target.line));
  }
  for (const EdgeKind kind : edge_kinds) {
    bool is_first = true;
    for (const EdgeChange& edge : group.edges) {
      if (edge.kind != kind) continue;
      if (is_first) text += fmt::format(" {}\n", say_kind(kind));
      is_first = false;
      std::string words = fmt::format("{} -> {}", short_label(edge.from), short_label(edge.to));
      if (const auto module = module_of(report, group, edge); !module.empty())
        words += fmt::format(" of module {}", module);
      text += write_line(style, edge.change, words, say_notes(edge.configurations, edge.uncertain),
                         say_place(edge.file, edge.line));
    }
  }
  return text;
}

std::string write_finding(const Finding& finding, Change change, const Style& style) {
  std::string place;
  if (!finding.evidence.empty()) place = say_place(finding.evidence.front().file, finding.evidence.front().line);
  return write_line(style, change,
                    fmt::format("{}[{}]: {}", to_string(finding.severity), finding.rule, finding.message),
                    finding.configuration.empty() ? "" : "in " + finding.configuration, place);
}

std::string write_findings(const FindingsDiff& findings, const Style& style) {
  std::string text;
  if (!findings.fresh.empty()) text += "\n" + style(Colour::bold, "new findings") + "\n";
  for (const Finding& finding : findings.fresh) {
    text += write_finding(finding, Change::added, style);
    if (!finding.help.empty()) text += fmt::format("      help: {}\n", displayable(finding.help));
  }
  if (!findings.fixed.empty()) text += "\n" + style(Colour::bold, "fixed findings") + "\n";
  for (const Finding& finding : findings.fixed) text += write_finding(finding, Change::removed, style);
  if (!findings.unseen.empty()) text += "\n" + style(Colour::bold, "findings of OLD that NEW cannot show") + "\n";
  for (const std::string& unseen : findings.unseen) text += fmt::format("  ? {}\n", displayable(unseen));
  return text;
}

}  // namespace

Result<std::string> write_diff_text(const DiffReport& report, const WriteOptions& options) {
  const Style style(options.colour);
  std::string text;
  for (const std::string& remark : report.remarks)
    text += fmt::format("{}: {}\n", style(Colour::yellow, "not comparable"), displayable(remark));
  if (!text.empty()) text += "\n";
  text += style(Colour::bold, say_summary(report)) + "\n";
  for (const DiffGroup& group : report.groups) text += write_group(report, group, style);
  if (const std::string inherited = say_inherited(report); !inherited.empty()) text += "\n" + inherited + "\n";
  if (const std::string unseen = say_not_compared(report); !unseen.empty()) text += "\n" + unseen + "\n";
  if (report.findings) text += write_findings(*report.findings, style);
  return text;
}

}  // namespace bulkhead
