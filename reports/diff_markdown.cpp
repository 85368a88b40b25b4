// The diff for a comment on a pull request: GitHub's Markdown, which GitLab reads, too.
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/diff_writer.h"
#include "reports/markdown_text.h"

namespace bulkhead {
namespace {

using Section = MarkdownSection;

Section section_of(const DiffReport& report, const DiffGroup& group) {
  Section section{.head = fmt::format("\n<details><summary>{}{}: {} changes</summary>\n\n| | what | kind | where |\n"
                                      "|---|---|---|---|\n",
                                      report.by_module ? "" : "folder ", markdown_code(group.name),
                                      group.targets.size() + group.edges.size()),
                  .rows = {},
                  .tail = "\n</details>\n"};
  if (group.targets.size() + group.edges.size() == 1)
    section.head.replace(section.head.find("1 changes"), 9, "1 change");
  const auto add = [&section](Change change, std::string what, std::string_view kind,
                              const std::vector<std::string>& configurations, bool uncertain,
                              const std::string& place) {
    const std::string notes = say_notes(configurations, uncertain);
    if (!notes.empty()) what += fmt::format(" ({})", markdown_plain(notes));
    section.rows.push_back(fmt::format("| {} | {} | {} | {} |\n", sign_of(change) == "-" ? "−" : sign_of(change), what,
                                       kind, markdown_code(place)));
  };
  for (const TargetChange& target : group.targets) {
    add(target.change, fmt::format("{}, {}", markdown_code(target.name), markdown_plain(say_target(target))), "target",
        target.configurations, target.uncertain, say_place(target.file, target.line));
  }
  for (const EdgeChange& edge : group.edges) {
    std::string what =
        fmt::format("{} → {}", markdown_code(short_label(edge.from)), markdown_code(short_label(edge.to)));
    if (const auto module = module_of(report, group, edge); !module.empty())
      what += fmt::format(" of module {}", markdown_code(module));
    add(edge.change, std::move(what), to_string(edge.kind), edge.configurations, edge.uncertain,
        say_place(edge.file, edge.line));
  }
  return section;
}

Section section_of(const std::vector<Finding>& findings, const char* title, const char* mark) {
  Section section{.head = fmt::format("\n**{}**\n\n| | rule | finding | where |\n|---|---|---|---|\n", title),
                  .rows = {},
                  .tail = ""};
  for (const Finding& finding : findings) {
    std::string place;
    if (!finding.evidence.empty()) place = say_place(finding.evidence.front().file, finding.evidence.front().line);
    section.rows.push_back(fmt::format("| {} {} | {} | {} | {} |\n", mark, to_string(finding.severity),
                                       markdown_code(finding.rule), markdown_plain(finding.message),
                                       markdown_code(place)));
  }
  return section;
}

Section list_of(const std::vector<std::string>& texts, const char* title) {
  Section section{.head = fmt::format("\n**{}**\n\n", title), .rows = {}, .tail = ""};
  for (const std::string& text : texts) section.rows.push_back(fmt::format("- {}\n", markdown_plain(text)));
  return section;
}

std::vector<Section> sections_of(const DiffReport& report) {
  std::vector<Section> sections;
  if (!report.remarks.empty()) sections.push_back(list_of(report.remarks, "Not comparable in everything"));
  if (report.findings) {
    const FindingsDiff& findings = *report.findings;
    if (!findings.fresh.empty()) sections.push_back(section_of(findings.fresh, "New findings", "+"));
    if (!findings.fixed.empty()) sections.push_back(section_of(findings.fixed, "Fixed findings", "−"));
    if (!findings.unseen.empty()) sections.push_back(list_of(findings.unseen, "Findings of OLD that NEW cannot show"));
  }
  for (const DiffGroup& group : report.groups) sections.push_back(section_of(report, group));
  return sections;
}

}  // namespace

Result<std::string> write_diff_markdown(const DiffReport& report, const WriteOptions&) {
  std::string text = fmt::format("**Build graph:** {}\n", markdown_plain(say_summary(report)));
  const MarkdownCut cut = append_sections(text, sections_of(report));
  if (const std::string inherited = say_inherited(report); !inherited.empty()) text += "\n" + inherited + ".\n";
  if (const std::string unseen = say_not_compared(report); !unseen.empty()) text += "\n" + unseen + ".\n";
  if (cut.rows != 0) {
    text += fmt::format("\n**Cut:** {} row{} in {} table{} do not fit here; `--format text` or `json` has them all.\n",
                        cut.rows, cut.rows == 1 ? "" : "s", cut.sections, cut.sections == 1 ? "" : "s");
  }
  return text;
}

}  // namespace bulkhead
