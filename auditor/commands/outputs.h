// What `--format` says: which formats go where, and how they get there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/commands/command.h"
#include "graph/result.h"

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

/// Writes a text where it is to go: to the file, or to stdout when that is empty. A note says that a file was written.
[[nodiscard]] Result<void> deliver(std::string_view format, const std::string& file, std::string_view text,
                                   const CommonOptions& common);

}  // namespace bulkhead
