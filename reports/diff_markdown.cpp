// The diff for a comment on a pull request: GitHub's Markdown, which GitLab reads, too.
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/diff_writer.h"
#include "reports/label.h"

namespace bulkhead {
namespace {

constexpr std::size_t longest_name = 160;  // characters; longer ones lose their middle
constexpr std::size_t reserve = 1000;      // bytes, for what has to stand at the end

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string shorten(const std::string& text) {
  if (length_of(text) <= longest_name) return text;
  const std::size_t half = longest_name / 2 - 1;
  const auto is_inside = [&text](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80; };
  std::size_t head = 0;
  for (std::size_t count = 0; count < half || is_inside(head); ++head) {
    if (!is_inside(head)) ++count;
  }
  std::size_t tail = text.size();
  for (std::size_t count = 0; count < half; ++count) {
    --tail;
    while (is_inside(tail)) --tail;
  }
  return text.substr(0, head) + "…" + text.substr(tail);
}

// Any text, to be read as it is: a character reference is never markup, neither of Markdown nor of HTML.
std::string plain(std::string_view raw) {
  constexpr std::string_view special = "&<>|\\`*[]~@#!$\"'";
  const std::string text = shorten(displayable(raw));
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool at_word_end = i == 0 || i + 1 == text.size() || !is_word(text[i - 1]) || !is_word(text[i + 1]);
    const bool starts_link = c == ':' && text.compare(i, 3, "://") == 0;
    if (special.find(c) != std::string_view::npos || (c == '_' && at_word_end) || starts_link) {
      escaped += fmt::format("&#{};", static_cast<int>(c));
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string code(std::string_view text) {
  return text.empty() ? std::string() : "<code>" + plain(text) + "</code>";
}

/// Rows under a heading, which is closed behind them.
struct Section {
  std::string head;
  std::vector<std::string> rows;
  std::string tail;
};

Section section_of(const DiffReport& report, const DiffGroup& group) {
  Section section{.head = fmt::format("\n<details><summary>{}{}: {} changes</summary>\n\n| | what | kind | where |\n"
                                      "|---|---|---|---|\n",
                                      report.by_module ? "" : "folder ", code(group.name),
                                      group.targets.size() + group.edges.size()),
                  .rows = {},
                  .tail = "\n</details>\n"};
  if (group.targets.size() + group.edges.size() == 1)
    section.head.replace(section.head.find("1 changes"), 9, "1 change");
  const auto add = [&section](Change change, std::string what, std::string_view kind,
                              const std::vector<std::string>& configurations, bool uncertain,
                              const std::string& place) {
    const std::string notes = say_notes(configurations, uncertain);
    if (!notes.empty()) what += fmt::format(" ({})", plain(notes));
    section.rows.push_back(fmt::format("| {} | {} | {} | {} |\n", sign_of(change) == "-" ? "−" : sign_of(change), what,
                                       kind, code(place)));
  };
  for (const TargetChange& target : group.targets) {
    add(target.change, fmt::format("{}, {}", code(target.name), plain(say_target(target))), "target",
        target.configurations, target.uncertain, say_place(target.file, target.line));
  }
  for (const EdgeChange& edge : group.edges) {
    std::string what = fmt::format("{} → {}", code(short_label(edge.from)), code(short_label(edge.to)));
    if (const auto module = module_of(report, group, edge); !module.empty())
      what += fmt::format(" of module {}", code(module));
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
                                       code(finding.rule), plain(finding.message), code(place)));
  }
  return section;
}

Section list_of(const std::vector<std::string>& texts, const char* title) {
  Section section{.head = fmt::format("\n**{}**\n\n", title), .rows = {}, .tail = ""};
  for (const std::string& text : texts) section.rows.push_back(fmt::format("- {}\n", plain(text)));
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
  std::string text = fmt::format("**Build graph:** {}\n", plain(say_summary(report)));
  std::size_t cut_rows = 0;
  std::size_t cut_sections = 0;
  for (const Section& section : sections_of(report)) {
    const auto fits = [&](std::size_t size) {
      return text.size() + size + section.tail.size() + reserve <= most_markdown;
    };
    // Once something is cut, all that follows is: what is left out is the end, and no one has to guess.
    const bool opens = cut_rows == 0 && fits(section.head.size() + section.rows.front().size());
    std::size_t written = 0;
    if (opens) {
      text += section.head;
      for (; written < section.rows.size() && fits(section.rows[written].size()); ++written)
        text += section.rows[written];
      text += section.tail;
    }
    cut_rows += section.rows.size() - written;
    if (written < section.rows.size()) ++cut_sections;
  }
  if (const std::string inherited = say_inherited(report); !inherited.empty()) text += "\n" + inherited + ".\n";
  if (const std::string unseen = say_not_compared(report); !unseen.empty()) text += "\n" + unseen + ".\n";
  if (cut_rows != 0) {
    text += fmt::format("\n**Cut:** {} row{} in {} table{} do not fit here; `--format text` or `json` has them all.\n",
                        cut_rows, cut_rows == 1 ? "" : "s", cut_sections, cut_sections == 1 ? "" : "s");
  }
  return text;
}

}  // namespace bulkhead
