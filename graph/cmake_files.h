// The cmakeFiles object of a reply: what CMake read at configure time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/reply.h"
#include "graph/result.h"
#include "graph/source_paths.h"

namespace bulkhead {

/// Reads the cmakeFiles object (version 1): the CMake files of the project that the last configure read, as the reply
/// writes them (relative to the source root, or absolute), in the reply's order. CMake's own modules are left
/// out. Empty when the reply has no such object: `present` says which.
struct CMakeFiles {
  std::vector<std::string> inputs{};     ///< Without those of `generated`.
  std::vector<std::string> generated{};  ///< In the build tree, such as our copy of the capture's script.
  bool present = false;
};

[[nodiscard]] Result<CMakeFiles> read_cmake_files(const Reply& reply);

/// True when the configure read the CMake file at `path`, absolute or relative to the source root.
[[nodiscard]] bool was_read(const CMakeFiles& files, std::string_view path, const SourcePaths& paths);

}  // namespace bulkhead
