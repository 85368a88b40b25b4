// The files that a configure writes for the project, compared between two build trees.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bulkhead {

/// A line that only one of two files has.
struct LineChange {
  bool added = false;      ///< The file of the second tree has it.
  std::uint32_t line = 0;  ///< 1-based, in its own file.
  std::string text;        ///< Without white space at its ends.

  bool operator==(const LineChange&) const = default;
};

/// A file that differs.
struct GeneratedChange {
  std::string path;        ///< Below `<build>`, see SourcePaths.
  bool is_binary = false;  ///< Then there are no lines.
  std::vector<LineChange>
      lines{};  ///< In the order of the files, removed ones first. Those of a file that only one has: none.
  bool only_before = false;  ///< Only the first tree has the file.
  bool only_after = false;   ///< Only the second tree has it.

  bool operator==(const GeneratedChange&) const = default;
};

/// Compares what configures wrote into two build trees, by path. What CMake writes for itself and for the build tool is
/// left out: CMakeFiles, the cache, build files, replies, the target files of export(). A path of either tree counts as
/// the same in the other, so that where the trees lie makes no difference; nor does the order of lines. Files above 4
/// MiB are compared by their size. Symbolic links are not followed.
[[nodiscard]] std::vector<GeneratedChange> compare_generated_files(const std::filesystem::path& before,
                                                                   const std::filesystem::path& after);

}  // namespace bulkhead
