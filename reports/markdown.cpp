// The report for a comment on a pull request, and for the summary of a job: GitHub's Markdown, which GitLab reads, too.

#include <fmt/format.h>

#include <functional>
#include <utility>

#include "graph/source_paths.h"
#include "reports/excerpt.h"
#include "reports/finding_text.h"
#include "reports/markdown_text.h"
#include "reports/picture_text.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_open_rows = 12;  // of a table; a longer one is folded

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Report& report) : report_(report) {}

  std::string write() {
    std::string text = fmt::format("### Bulkhead: {}\n", say_counts(summarise(report_)));
    std::vector<MarkdownSection> sections;
    const auto add = [&sections](MarkdownSection section) {
      if (!section.rows.empty()) sections.push_back(std::move(section));
    };
    const auto fresh = [](Severity severity) {
      return [severity](const Finding& one) { return one.status == Status::fresh && one.severity == severity; };
    };
    const auto has_status = [](Status status) { return [status](const Finding& one) { return one.status == status; }; };
    add(list_modules());
    add(list_findings("new error", false, fresh(Severity::error)));
    add(list_findings("new warning", true, fresh(Severity::warning)));
    add(list_rules());
    add(list_findings("known finding", true, has_status(Status::known)));
    add(list_findings("waived finding", true, has_status(Status::waived)));
    const MarkdownCut cut = append_sections(text, sections);
    if (report_.baseline) text += say_baseline(*report_.baseline);
    if (cut.rows != 0) {
      text += fmt::format("\n**Cut:** {} in {} do not fit here; the formats `text` and `json` have them all.\n",
                          counted(cut.rows, "row"), counted(cut.sections, "list"));
    }
    return text;
  }

 private:
  // A table, or a list, under its title; folded when it is long, or of less interest.
  static MarkdownSection make_section(const std::string& title, bool folded, std::string_view table_head) {
    if (folded) {
      return {.head = fmt::format("\n<details><summary>{}</summary>\n\n{}", title, table_head),
              .rows = {},
              .tail = "\n</details>\n"};
    }
    return {.head = fmt::format("\n**{}**\n\n{}", title, table_head), .rows = {}, .tail = ""};
  }

  [[nodiscard]] std::string configuration_of(const std::string& name) const {
    if (report_.configurations.size() < 2) return "";
    return fmt::format(" ({})", name.empty() ? "no build type" : markdown_plain(name));
  }

  MarkdownSection list_modules() const {
    MarkdownSection section =
        make_section(counted(report_.modules.size(), "verdict"), report_.modules.size() > most_open_rows,
                     "| module | stage | state | verdict | checked | not visible |\n|---|---|---|---|---|---|\n");
    for (const ModuleReport& module : report_.modules) {
      const std::string verdict = module.on ? "not checked while it is on" : say_verdict(module);
      std::string checked;
      if (!module.on) checked = counted(module.edges_checked, "edge");
      if (module.sources_scanned != 0) checked += ", " + counted(module.sources_scanned, "source");
      section.rows.push_back(fmt::format("| {}{} | {} | {} | {} | {} | {} |\n", markdown_code(module.name),
                                         configuration_of(module.configuration), markdown_plain(module.stage),
                                         module.on ? "on" : "off",
                                         module.verdict == Verdict::violated ? fmt::format("**{}**", verdict) : verdict,
                                         checked, module.on ? "" : say_kinds(module.blind_spots)));
    }
    return section;
  }

  MarkdownSection list_rules() const {
    MarkdownSection section = make_section(counted(report_.rules.size(), "general rule"), true,
                                           "| rule | verdict | checked | not visible |\n|---|---|---|---|\n");
    for (const RuleReport& rule : report_.rules) {
      section.rows.push_back(fmt::format("| {} {}{} | {} | {} | {} |\n", markdown_code(rule.rule),
                                         markdown_plain(rule.name), configuration_of(rule.configuration),
                                         to_string(rule.verdict), counted(rule.edges_checked, "edge"),
                                         say_kinds(rule.blind_spots)));
    }
    return section;
  }

  MarkdownSection list_findings(std::string_view noun, bool folded, const std::function<bool(const Finding&)>& wanted) {
    MarkdownSection section;
    for (const MergedFinding& merged : merge_configurations(report_)) {
      if (wanted(*merged.front())) section.rows.push_back(write_finding(merged));
    }
    std::vector<std::string> rows = std::move(section.rows);
    section = make_section(counted(rows.size(), noun), folded, "");
    section.rows = std::move(rows);
    return section;
  }

  std::string write_finding(const MergedFinding& merged) {
    const Finding& finding = *merged.front();
    std::string item =
        fmt::format("- {} {}", markdown_code(finding.rule), markdown_prose(say_message(report_, merged)));
    const Evidence* const place = finding.evidence.empty() ? nullptr : &finding.evidence.front();
    if (place != nullptr && !place->file.empty()) item += fmt::format("<br>at {}", markdown_code(say_site(*place)));
    for (const std::string& line : say_details(finding)) item += "<br>" + markdown_prose(line);
    item += '\n';
    if (place != nullptr && !place->file.empty() && finding.status == Status::fresh) item += write_excerpt_of(*place);
    return item;
  }

  // On one line, as a block that no line of the file can end.
  std::string write_excerpt_of(const Evidence& place) {
    const SourcePaths paths(report_.source_root, report_.source_root);
    const std::string excerpt = write_excerpt(
        files_, {.path = paths.absolute(place.file), .line = place.line, .mark = place.mark}, Style(false));
    if (excerpt.empty()) return "";
    std::string lines;
    for (std::size_t begin = 0; begin < excerpt.size();) {
      const std::size_t end = std::min(excerpt.find('\n', begin), excerpt.size());
      lines += (lines.empty() ? "" : "&#10;") + markdown_prose(excerpt.substr(begin, end - begin));
      begin = end + 1;
    }
    return fmt::format("  <pre>{}</pre>\n", lines);
  }

  static std::string say_baseline(const BaselineReport& baseline) {
    std::string text = fmt::format("\nBaseline: {} {}", baseline.entries, baseline.entries == 1 ? "entry" : "entries");
    if (!baseline.fixed.empty()) text += fmt::format(", {} fixed", baseline.fixed.size());
    if (!baseline.unseen.empty()) text += fmt::format(", {} not visible here", baseline.unseen.size());
    return text + ".\n";
  }

  const Report& report_;
  TextFiles files_;
};

}  // namespace

Result<std::string> write_markdown(const Report& report, const WriteOptions&) {
  return MarkdownWriter(report).write();
}

}  // namespace bulkhead
