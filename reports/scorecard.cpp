#include "reports/scorecard.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/finding_text.h"

namespace bulkhead {

ScorecardSummary summarise(const Scorecard& scorecard) {
  ScorecardSummary summary;
  for (const ModuleScore& module : scorecard.modules) {
    for (const PromiseProof& proof : module.proof.promises) {
      switch (proof.state) {
        case PromiseState::kept: ++summary.kept; break;
        case PromiseState::broken: ++summary.broken; break;
        case PromiseState::unproven: ++summary.unproven; break;
      }
    }
  }
  return summary;
}

std::string say_summary(const Scorecard& scorecard) {
  const ScorecardSummary summary = summarise(scorecard);
  const std::size_t count = scorecard.modules.size();
  return fmt::format("{} module{}: {} promise{} kept, {} broken, {} unproven", count, count == 1 ? "" : "s",
                     summary.kept, summary.kept == 1 ? "" : "s", summary.broken, summary.unproven);
}

std::string say_stages(const StagePreview& preview) {
  return fmt::format("{} -> {}", preview.from.empty() ? "no stage" : preview.from, preview.to);
}

std::string say_finding(const Finding& finding) {
  const std::string_view head =
      finding.status == Status::fresh ? to_string(finding.severity) : to_string(finding.status);
  return fmt::format("{}[{}]: {}", head, finding.rule, finding.message);
}

std::string say_place(const Finding& finding) {
  return finding.evidence.empty() ? std::string() : say_site(finding.evidence.front());
}

std::string say_place(const StagePreview& preview) {
  return say_site({.file = preview.file, .line = preview.line});
}

std::vector<std::string> say_unseen(const StagePreview& preview) {
  std::vector<std::string> sentences;
  if (!preview.unseen.empty()) {
    sentences.push_back(fmt::format("{} {} at a module that is on: configure with it on to see what {}",
                                    fmt::join(preview.unseen, ", "), preview.unseen.size() == 1 ? "looks" : "look",
                                    preview.unseen.size() == 1 ? "it says" : "they say"));
  }
  if (!preview.blind.empty()) sentences.push_back("not all visible here: " + say_kinds(preview.blind));
  return sentences;
}

}  // namespace bulkhead
