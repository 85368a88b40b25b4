// The project's CMake files, read on demand to point into them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/cmake_call.h"
#include "graph/source_paths.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// Parses each CMake file once, when it is first asked for. A file that cannot be read has no calls: a reply can be
/// audited without its sources. Not synchronised.
class CMakeSources {
 public:
  CMakeSources(std::string source_root, std::string build_root)
      : paths_(std::move(source_root), std::move(build_root)) {}

  [[nodiscard]] const SourcePaths& paths() const { return paths_; }
  /// The calls of a file; `path` is canonical, see SourcePaths. Valid for the life of this object.
  [[nodiscard]] const std::vector<CMakeCall>& calls(std::string_view path);
  /// The call that begins at that line of that file, or null.
  [[nodiscard]] const CMakeCall* call_at(std::string_view path, std::uint32_t line);

 private:
  SourcePaths paths_;
  std::map<std::string, std::vector<CMakeCall>, std::less<>> files_;
};

/// The CMake files of the project that the last configure read, the top one first; see SourcePaths. Borrowed from the
/// graph.
[[nodiscard]] std::vector<std::string_view> project_files(const TargetGraph& graph);

/// The calls in `reader` that enter, include or find `file` (both canonical, see SourcePaths): add_subdirectory() or
/// include() with its path, configure_file() with its input, find_package() with its name, relative to the reader's
/// directory or to a variable that means a directory of the project. In their order; none when the path is made of
/// other variables. Those are left out that stand under an if() or elseif() of the very words of `false_condition`, a
/// condition that is known to be false, or behind one of its negation. Borrowed from `sources`.
[[nodiscard]] std::vector<const CMakeCall*> find_reading_calls(CMakeSources& sources, std::string_view reader,
                                                               std::string_view file, std::string_view false_condition);

}  // namespace bulkhead
