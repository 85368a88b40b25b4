// The toolchains object of a reply: the compilers that the build uses.
#pragma once

#include <string>
#include <vector>

#include "graph/reply.h"
#include "graph/result.h"

namespace bulkhead {

/// The compiler of one language.
struct Toolchain {
  std::string language;                                   ///< "CXX"
  std::string compiler_path;                              ///< Absolute; empty when CMake does not say.
  std::string compiler_id;                                ///< "GNU"
  std::string compiler_version;                           ///< "12.2.0"; may be empty.
  std::vector<std::string> implicit_include_directories;  ///< Absolute, in the compiler's order.
};

/// Reads the toolchains object (version 1), which exists since CMake 3.20; empty when the reply has none.
[[nodiscard]] Result<std::vector<Toolchain>> read_toolchains(const Reply& reply);

}  // namespace bulkhead
