// The modules that a configure declared with bulkhead_module().
#pragma once

#include <filesystem>

#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"

namespace bulkhead {

/// What cmake/Bulkhead.cmake left in the build tree at `build`; nothing when the configure that wrote the reply of
/// `tree` did not read that file, so that the declarations are of an older one.
[[nodiscard]] Result<DeclaredModules> read_declared_modules(const std::filesystem::path& build, const BuildTree& tree);

}  // namespace bulkhead
