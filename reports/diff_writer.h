// The formats that a diff can be written in.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "graph/result.h"
#include "reports/diff_report.h"
#include "reports/writer.h"

namespace bulkhead {

/// Renders the whole diff. Deterministic: the same diff gives the same bytes.
using WriteDiff = Result<std::string> (*)(const DiffReport& report, const WriteOptions& options);

/// A format's name on the command line, and what writes it.
struct DiffFormat {
  std::string_view name;
  std::string_view summary;  ///< One line for --help.
  WriteDiff write;
};

/// All formats, in the order of --help.
[[nodiscard]] std::span<const DiffFormat> diff_formats();

Result<std::string> write_diff_text(const DiffReport& report, const WriteOptions& options);
Result<std::string> write_diff_json(const DiffReport& report, const WriteOptions& options);
Result<std::string> write_diff_markdown(const DiffReport& report, const WriteOptions& options);
Result<std::string> write_diff_dot(const DiffReport& report, const WriteOptions& options);
Result<std::string> write_diff_svg(const DiffReport& report, const WriteOptions& options);

}  // namespace bulkhead
