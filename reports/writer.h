// The formats that a report can be written in. To add one: a writer file, and a line in writer.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "graph/result.h"
#include "reports/report.h"

namespace bulkhead {

/// Choices of the user that some formats heed.
struct WriteOptions {
  bool colour = false;                   ///< ANSI escapes; text only.
  bool verbose = false;                  ///< Say also what is well; text only.
  Severity threshold = Severity::error;  ///< The least severity that makes the check fail.
  std::string category = "bulkhead";     ///< Tells this analysis of a commit from others; sarif only.
};

/// Markdown is cut behind so many bytes; forges refuse comments of more than 65,536 characters.
inline constexpr std::size_t most_markdown = 60'000;

/// Renders the whole report. Deterministic: the same report gives the same bytes.
using WriteReport = Result<std::string> (*)(const Report& report, const WriteOptions& options);

/// A format's name on the command line, and what writes it.
struct Format {
  std::string_view name;
  std::string_view summary;  ///< One line for --help.
  WriteReport write;
};

/// All formats, in the order of --help.
[[nodiscard]] std::span<const Format> formats();
/// The format of that name, or null.
[[nodiscard]] const Format* find_format(std::string_view name);

Result<std::string> write_text(const Report& report, const WriteOptions& options);
Result<std::string> write_json(const Report& report, const WriteOptions& options);
Result<std::string> write_dot(const Report& report, const WriteOptions& options);
Result<std::string> write_svg(const Report& report, const WriteOptions& options);
Result<std::string> write_jsonl(const Report& report, const WriteOptions& options);
Result<std::string> write_sarif(const Report& report, const WriteOptions& options);
Result<std::string> write_junit(const Report& report, const WriteOptions& options);
Result<std::string> write_github(const Report& report, const WriteOptions& options);
Result<std::string> write_gitlab(const Report& report, const WriteOptions& options);
Result<std::string> write_azure(const Report& report, const WriteOptions& options);
Result<std::string> write_teamcity(const Report& report, const WriteOptions& options);
Result<std::string> write_markdown(const Report& report, const WriteOptions& options);
Result<std::string> write_csv(const Report& report, const WriteOptions& options);
Result<std::string> write_mermaid(const Report& report, const WriteOptions& options);
Result<std::string> write_graphml(const Report& report, const WriteOptions& options);

}  // namespace bulkhead
