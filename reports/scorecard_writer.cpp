#include "reports/scorecard_writer.h"

#include <array>

namespace bulkhead {

std::span<const ScorecardFormat> scorecard_formats() {
  static constexpr std::array all = {
      ScorecardFormat{"text", "for people", write_scorecard_text},
      ScorecardFormat{"json", "for programs", write_scorecard_json},
      ScorecardFormat{"markdown", "for the pull request that brings a module in", write_scorecard_markdown},
  };
  return all;
}

}  // namespace bulkhead
