// A source tree without some of its files, made of links.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "graph/result.h"

namespace bulkhead {

/// How much a shadow tree holds.
struct ShadowTree {
  std::size_t linked = 0;
  std::size_t left_out = 0;
};

/// Makes `shadow`, a directory that must not be there, look like `source` without the files that `is_left_out` says, by
/// their path below it. Directories are made anew, since file(GLOB_RECURSE) does not enter linked ones; a directory in
/// which no file is left is not made. Files are symbolic links, but CMakeLists.txt and *.cmake are copied, so that what
/// a CMake file finds out about its own real path stays in the shadow. Relative links are made again as they are.
/// Version control's and build trees' directories are left out, and so is `build`. The source tree is only read.
[[nodiscard]] Result<ShadowTree> make_shadow_tree(const std::filesystem::path& source,
                                                  const std::filesystem::path& build,
                                                  const std::filesystem::path& shadow,
                                                  const std::function<bool(const std::string&)>& is_left_out);

}  // namespace bulkhead
