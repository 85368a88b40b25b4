// What `--format` says: which formats go where, and how they get there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/commands/command.h"
#include "graph/result.h"
#include "reports/report.h"
#include "reports/writer.h"

namespace bulkhead {

/// One `--format FMT[=FILE]`, of some list of formats.
struct ChosenFormat {
  std::size_t index = 0;  ///< In that list.
  std::string file{};     ///< Empty for stdout.
};

/// What the values of --format mean; none when there are none. `command` is who has these formats, "diff"; empty for
/// the commands that audit.
[[nodiscard]] Result<std::vector<ChosenFormat>> choose_formats(const std::vector<std::string>& arguments,
                                                               const std::vector<std::string_view>& names,
                                                               std::string_view command);

/// "text, json, svg".
[[nodiscard]] std::string list_names(const std::vector<std::string_view>& names);

/// What goes to stdout when nobody has chosen: text, and in the log of a CI system that reads commands there, as its
/// variables in the environment tell, the findings in its own format, too.
[[nodiscard]] std::vector<Output> default_outputs();

/// Writes a text where it is to go: to the file, or to stdout when that is empty. A note says that a file was written.
[[nodiscard]] Result<void> deliver(std::string_view format, const std::string& file, std::string_view text,
                                   const CommonOptions& common);

/// The text with a blank inside whatever a CI system could take for one of its commands. A report quotes names and
/// sources, which whoever sends a change may have written.
[[nodiscard]] std::string defuse(std::string_view text);

/// Appends the report in Markdown to the job's summary: the file that GITHUB_STEP_SUMMARY names; nothing when that is
/// not set. GitHub takes 1 MiB for each step: what would not fit is left out, and a note says so.
[[nodiscard]] Result<void> append_job_summary(const Report& report, const WriteOptions& options,
                                              const CommonOptions& common);

}  // namespace bulkhead
