// The scorecard for the pull request that brings a module in: GitHub's Markdown, which GitLab reads, too.
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "reports/markdown_text.h"
#include "reports/scorecard_writer.h"

namespace bulkhead {
namespace {

std::string_view mark_of(PromiseState state) {
  switch (state) {
    case PromiseState::kept: return "✅ kept";
    case PromiseState::broken: return "❌ broken";
    case PromiseState::unproven: return "❔ unproven";
  }
  return "";
}

// All modules below each other.
MarkdownSection make_overview(const Scorecard& scorecard) {
  MarkdownSection section{.head = "\n| module |", .rows = {}, .tail = ""};
  std::string rule = "|---|";
  for (const Promise promise : promises) {
    section.head += fmt::format(" {} |", to_string(promise));
    rule += "---|";
  }
  section.head += "\n" + rule + "\n";
  for (const ModuleScore& module : scorecard.modules) {
    std::string row = fmt::format("| {} |", markdown_plain(module.proof.module));
    for (const PromiseProof& proof : module.proof.promises) row += fmt::format(" {} |", mark_of(proof.state));
    section.rows.push_back(row + "\n");
  }
  return section;
}

// The promises of one module.
MarkdownSection section_of(const ModuleScore& module) {
  MarkdownSection section{
      .head = fmt::format("\n### {}\n\n{}, {} is {}\n\n| promise | | evidence | more |\n|---|---|---|---|\n",
                          markdown_plain(module.proof.module),
                          module.proof.stage.empty() ? "No stage" : "Stage " + markdown_plain(module.proof.stage),
                          markdown_code(module.toggle), module.on ? "on" : "off"),
      .tail = ""};
  for (const PromiseProof& proof : module.proof.promises) {
    section.rows.push_back(fmt::format("| {} | {} | {} | {} |\n", to_string(proof.promise), mark_of(proof.state),
                                       markdown_prose(proof.evidence), markdown_code(proof.command)));
  }
  return section;
}

// In a list, since what a finding says may be long.
void add_findings(const std::vector<Finding>& findings, const char* verb, std::vector<std::string>& rows) {
  for (const Finding& finding : findings) {
    const std::string place = say_place(finding);
    rows.push_back(fmt::format("- {}: {}{}\n", verb, markdown_prose(say_finding(finding)),
                               place.empty() ? "" : " at " + markdown_code(place)));
  }
}

// A block of preformatted text, which no line of it can end.
std::string write_block(const std::vector<std::string>& lines) {
  std::string text = "\n<pre>\n";
  for (const std::string& line : lines) text += markdown_prose(line) + "\n";
  return text + "</pre>\n";
}

MarkdownSection section_of(const StagePreview& preview) {
  MarkdownSection section{.head = fmt::format("\n<details><summary>{}: {} finding{} come, {} go</summary>\n\n",
                                              markdown_plain(say_stages(preview)), preview.come.size(),
                                              preview.come.size() == 1 ? "" : "s", preview.go.size()),
                          .tail = "\n</details>\n"};
  section.rows.push_back(fmt::format("- at {}, <code>check</code> tells {} new error{} of the module\n",
                                     markdown_plain(preview.to), preview.errors, preview.errors == 1 ? "" : "s"));
  add_findings(preview.come, "comes", section.rows);
  add_findings(preview.go, "goes", section.rows);
  for (const std::string& sentence : say_unseen(preview))
    section.rows.push_back(fmt::format("- {}\n", markdown_prose(sentence)));
  if (preview.policy.empty()) return section;
  const std::string place = say_place(preview);
  section.rows.push_back(fmt::format("\n{} would need these entries{}:\n{}", markdown_plain(say_stages(preview)),
                                     place.empty() ? "" : " at " + markdown_code(place), write_block(preview.policy)));
  return section;
}

}  // namespace

Result<std::string> write_scorecard_markdown(const Scorecard& scorecard, const WriteOptions&) {
  std::string text = fmt::format("**Scorecard:** {}\n", markdown_plain(say_summary(scorecard)));
  std::vector<MarkdownSection> sections;
  if (scorecard.modules.size() > 1) sections.push_back(make_overview(scorecard));
  for (const ModuleScore& module : scorecard.modules) {
    sections.push_back(section_of(module));
    if (module.next) sections.push_back(section_of(*module.next));
  }
  const MarkdownCut cut = append_sections(text, sections);
  if (cut.rows != 0) {
    text += fmt::format("\n**Cut:** {} line{} of {} part{} do not fit here; `--format text` or `json` has them all.\n",
                        cut.rows, cut.rows == 1 ? "" : "s", cut.sections, cut.sections == 1 ? "" : "s");
  }
  return text;
}

}  // namespace bulkhead
