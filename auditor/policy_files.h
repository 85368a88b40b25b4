// What a glob of the policy matches on disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/glob.h"

namespace bulkhead {

/// True when a file or directory below `source_root` (or beside it, for `../…`) matches; none when the source tree is
/// not there, or is too large to be searched.
[[nodiscard]] std::optional<bool> matches_on_disk(const Glob& glob, const std::string& source_root);

/// The files below `source_root`, or beside it, that match, relative to it and in any order; none when it is not there.
[[nodiscard]] std::vector<std::string> files_on_disk(const Glob& glob, const std::string& source_root);

}  // namespace bulkhead
