// The scorecard for people: a block for each module.
#include <fmt/format.h>

#include <algorithm>

#include "reports/label.h"
#include "reports/scorecard_writer.h"
#include "reports/style.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_findings = 4;  // of one list of a preview; -v shows all
constexpr std::size_t most_lines = 24;    // of text for the policy; -v shows all

Colour colour_of(PromiseState state) {
  switch (state) {
    case PromiseState::kept: return Colour::green;
    case PromiseState::broken: return Colour::red;
    case PromiseState::unproven: return Colour::yellow;
  }
  return Colour::none;
}

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

class ScorecardText {
 public:
  ScorecardText(const Scorecard& scorecard, const WriteOptions& options)
      : scorecard_(scorecard), options_(options), style_(options.colour) {}

  std::string write() {
    for (const ModuleScore& module : scorecard_.modules) {
      write_module(module);
      if (module.next) write_preview(*module.next, module);
      out_ += '\n';
    }
    if (scorecard_.modules.size() > 1) write_overview();
    out_ += fmt::format("{} (CMake {}, {})\n", say_summary(scorecard_), scorecard_.cmake_version, scorecard_.generator);
    return std::move(out_);
  }

 private:
  // All modules below each other, since the blocks fill more than a screen.
  void write_overview() {
    constexpr std::size_t column = std::string_view("no disruption").size();
    std::size_t width = 0;
    for (const ModuleScore& module : scorecard_.modules)
      width = std::max(width, length_of(displayable(module.proof.module)));
    out_ += std::string(width, ' ');
    for (const Promise promise : promises) out_ += fmt::format("  {:<{}}", to_string(promise), column);
    end_line();
    for (const ModuleScore& module : scorecard_.modules) {
      const std::string name = displayable(module.proof.module);
      out_ += name + std::string(width - length_of(name), ' ');
      for (const PromiseProof& proof : module.proof.promises)
        out_ += "  " + style_(colour_of(proof.state), fmt::format("{:<{}}", to_string(proof.state), column));
      end_line();
    }
    out_ += '\n';
  }

  // Without blanks at the end.
  void end_line() {
    out_.erase(out_.find_last_not_of(' ') + 1);
    out_ += '\n';
  }

  void write_module(const ModuleScore& module) {
    out_ += fmt::format("{}  {}  {}  {}\n", style_(Colour::bold, displayable(module.proof.module)),
                        module.proof.stage.empty() ? "no stage" : module.proof.stage, displayable(module.toggle),
                        module.on ? "on" : "off");
    std::size_t name_width = 0;
    std::size_t state_width = 0;
    for (const PromiseProof& proof : module.proof.promises) {
      name_width = std::max(name_width, to_string(proof.promise).size());
      state_width = std::max(state_width, to_string(proof.state).size());
    }
    const std::string margin(2 + name_width + 2 + state_width + 2, ' ');
    for (const PromiseProof& proof : module.proof.promises) {
      out_ += fmt::format("  {:<{}}  ", to_string(proof.promise), name_width);
      out_ += style_(colour_of(proof.state), fmt::format("{:<{}}", to_string(proof.state), state_width));
      out_ += fmt::format("  {}\n", displayable(proof.evidence));
      if (!proof.command.empty()) out_ += margin + style_(Colour::blue, displayable(proof.command)) + "\n";
    }
  }

  void write_preview(const StagePreview& preview, const ModuleScore& module) {
    out_ += fmt::format("  {}\n", style_(Colour::bold, say_stages(preview)));
    write_findings("come", preview.come);
    write_findings("go", preview.go);
    if (preview.come.empty() && preview.go.empty()) out_ += "    no finding comes or goes\n";
    out_ += fmt::format("    at {}, check tells {} of the module\n", preview.to, plural(preview.errors, "new error"));
    for (const std::string& sentence : say_unseen(preview)) out_ += fmt::format("    {}\n", displayable(sentence));
    if (preview.policy.empty()) return;
    const std::string place = say_place(preview);
    out_ += fmt::format("    would need these entries of module {}{}:\n", displayable(module.proof.module),
                        place.empty() ? "" : ", at " + displayable(place));
    const std::size_t shown = options_.verbose ? preview.policy.size() : std::min(preview.policy.size(), most_lines);
    for (std::size_t i = 0; i < shown; ++i) out_ += fmt::format("      {}\n", displayable(preview.policy[i]));
    if (shown < preview.policy.size())
      out_ += fmt::format("      ... {}; -v shows all\n", plural(preview.policy.size() - shown, "more line"));
  }

  void write_findings(std::string_view verb, const std::vector<Finding>& findings) {
    if (findings.empty()) return;
    out_ += fmt::format("    {} {}{}:\n", plural(findings.size(), "finding"), verb,
                        findings.size() != 1 ? ""
                        : verb == "go"       ? "es"
                                             : "s");
    const std::size_t shown = options_.verbose ? findings.size() : std::min(findings.size(), most_findings);
    for (std::size_t i = 0; i < shown; ++i) {
      const std::string place = say_place(findings[i]);
      out_ += fmt::format("      {}{}\n", displayable(say_finding(findings[i])),
                          place.empty() ? "" : "  " + style_(Colour::blue, displayable(place)));
    }
    if (shown < findings.size()) out_ += fmt::format("      and {} more; -v shows all\n", findings.size() - shown);
  }

  const Scorecard& scorecard_;
  const WriteOptions& options_;
  Style style_;
  std::string out_;
};

}  // namespace

Result<std::string> write_scorecard_text(const Scorecard& scorecard, const WriteOptions& options) {
  return ScorecardText(scorecard, options).write();
}

}  // namespace bulkhead
