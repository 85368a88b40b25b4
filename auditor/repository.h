// The repository that a source tree lies in.
#pragma once

#include <string>

namespace bulkhead {

/// The top of it: the nearest directory, from `directory` (absolute) upward, that has a `.git`. A project may be a
/// folder of its repository, as LLVM's top source directory is. Empty when there is none.
[[nodiscard]] std::string find_repository(const std::string& directory);

}  // namespace bulkhead
