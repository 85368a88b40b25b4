// The formats that a scorecard can be written in.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "graph/result.h"
#include "reports/scorecard.h"
#include "reports/writer.h"

namespace bulkhead {

/// Renders the whole scorecard. Deterministic: the same scorecard gives the same bytes.
using WriteScorecard = Result<std::string> (*)(const Scorecard& scorecard, const WriteOptions& options);

/// A format's name on the command line, and what writes it.
struct ScorecardFormat {
  std::string_view name;
  std::string_view summary;  ///< One line for --help.
  WriteScorecard write;
};

/// All formats, in the order of --help.
[[nodiscard]] std::span<const ScorecardFormat> scorecard_formats();

Result<std::string> write_scorecard_text(const Scorecard& scorecard, const WriteOptions& options);
Result<std::string> write_scorecard_json(const Scorecard& scorecard, const WriteOptions& options);
Result<std::string> write_scorecard_markdown(const Scorecard& scorecard, const WriteOptions& options);

}  // namespace bulkhead
