// The files with which a run of cmake answers Bulkhead, see cmake/BulkheadInject.cmake.
#pragma once

#include <filesystem>

#include "graph/result.h"

namespace bulkhead {

/// Writes the query, the capture and the script that puts both into the build tree into `directory`, which has to be
/// there and to stay for as long as cmake runs. Returns the script: what `cmake -C` is to read behind all other
/// arguments.
[[nodiscard]] Result<std::filesystem::path> write_injection(const std::filesystem::path& directory);

}  // namespace bulkhead
