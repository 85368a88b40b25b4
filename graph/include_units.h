// The sources that a scan looks at, each with what its compiler would know.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "graph/compile_environment.h"
#include "graph/compile_group.h"
#include "graph/include_gap.h"
#include "graph/part_set.h"
#include "graph/source_files.h"
#include "graph/source_paths.h"
#include "graph/toolchains.h"

namespace bulkhead {

/// A source that a target compiles.
struct IncludeUnit {
  TargetId target;
  FileId file;
  std::uint32_t environment;  ///< Into IncludeUnits::environments.
  std::size_t parts = 0;      ///< The parts that ask for it, a number of the scan's pool; set by the scan.
};

/// A source that cannot be looked at.
struct UnreadSource {
  TargetId target;
  std::string path;  ///< Absolute.
  IncludeGap gap;    ///< Why.
};

/// What to look at.
struct IncludeUnits {
  std::vector<CompileEnvironment> environments;
  std::vector<IncludeUnit> units;  ///< By environment, target and file.
  std::vector<UnreadSource> unread;
  std::vector<UnreadSource> missing;  ///< Sources that are not there.
};

/// Finds the sources of the compile groups, and asks their compilers, on up to `thread_count` threads.
[[nodiscard]] IncludeUnits find_include_units(std::span<const CompileGroup> groups,
                                              std::span<const Toolchain> toolchains, const SourcePaths& paths,
                                              SourceFiles& files, std::size_t thread_count);

}  // namespace bulkhead
