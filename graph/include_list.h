// All files that sources include, for comparisons with what a compiler says.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "graph/compile_group.h"
#include "graph/include_scan.h"
#include "graph/source_paths.h"
#include "graph/toolchains.h"

namespace bulkhead {

/// A file that a source includes, directly or not.
struct ListedInclude {
  std::string path;         ///< Absolute.
  bool is_certain = false;  ///< Else a condition on the way is not known.

  auto operator<=>(const ListedInclude&) const = default;
};

/// The includes of one source of one target.
struct IncludeList {
  TargetId target;
  std::string source;                  ///< Absolute.
  std::vector<ListedInclude> files{};  ///< Sorted; each once.
  std::vector<std::string> unknown{};  ///< `file:line` of includes whose name cannot be known.
  std::vector<std::string>
      missing{};  ///< `file:line: name` of includes that are certain, and of no file that is there.
};

/// Walks every source of the compile groups; see scan_includes(), which walks only where it has to. `gaps` gets what
/// could not be looked at.
[[nodiscard]] std::vector<IncludeList> list_includes(std::span<const CompileGroup> groups,
                                                     std::span<const Toolchain> toolchains, const SourcePaths& paths,
                                                     std::vector<IncludeGapCount>& gaps);

}  // namespace bulkhead
