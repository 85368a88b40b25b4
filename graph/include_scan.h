// Which includes lead from the sources of some targets to the files of some parts of the project.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/build_record.h"
#include "graph/compile_group.h"
#include "graph/compiler.h"
#include "graph/include_gap.h"
#include "graph/result.h"
#include "graph/source_paths.h"
#include "graph/toolchains.h"

namespace bulkhead {

/// A line of a file. Paths are canonical, see SourcePaths.
struct IncludeStep {
  std::string file;
  std::uint32_t line = 0;  ///< 1-based; 0 when the last build says that there is one, and no line is known.

  auto operator<=>(const IncludeStep&) const = default;
};

/// A condition around an include.
struct IncludeCondition {
  IncludeStep place;
  std::string text;                ///< "#if defined(USE_CUDA) && X"
  std::vector<std::string> names;  ///< That it mentions.
  bool is_known = true;            ///< Otherwise nobody can tell whether it holds.

  bool operator==(const IncludeCondition&) const = default;
};

/// An include of a file that belongs to a part, from one that does not: a line, however many sources reach it.
struct IncludeEdge {
  std::size_t part = 0;
  IncludeStep place;
  std::string name;                            ///< The header, as the include has it.
  std::string file;                            ///< What it means, canonical.
  bool is_certain = false;                     ///< For at least one source; else a condition on the way is not known.
  std::vector<IncludeCondition> conditions{};  ///< In the file of `place`, outermost first.
  std::vector<IncludeStep> chain{};            ///< From a source to `place`, the shortest that was met.
  std::vector<TargetId> targets{};             ///< Whose sources reach it. Sorted.
  std::uint32_t source_count = 0;              ///< How many of their sources do.
};

/// How often something was not looked at, and where for the first time.
struct IncludeGapCount {
  IncludeGap gap;
  std::size_t count = 0;
  std::string example;  ///< A path, `file:line`, or a name.
};

/// The result.
struct IncludeScan {
  std::vector<IncludeEdge> edges;     ///< Sorted by part, place and file.
  std::vector<IncludeGapCount> gaps;  ///< In the order of IncludeGap.
  std::size_t source_count = 0;       ///< Sources that were looked at, one way or the other.
  std::size_t recorded_count = 0;     ///< Of these, by what the last build wrote down.
  std::size_t file_count = 0;         ///< Files that were lexed.
  std::size_t byte_count = 0;         ///< Their size.
  std::optional<Error> cache_failure{};  ///< Why the cache could not be written.
};

/// What to scan, and for what.
struct IncludeScanInput {
  std::span<const CompileGroup> groups;  ///< Whose sources are walked.
  std::span<const Toolchain> toolchains;
  const SourcePaths& paths;
  /// The part that a file belongs to, by its canonical path. Called from several threads.
  std::function<std::optional<std::size_t>(std::string_view path)> part_of;
  std::function<std::string_view(TargetId)> name_of;  ///< The name of a target.
  std::vector<bool> wanted;             ///< By part: whether includes of its files matter.
  std::set<std::string> unmade{};       ///< Names, without directories, of files that the build makes and has not made.
  const BuildRecord* record = nullptr;  ///< Of the last build; null when there is none.
  std::filesystem::path cache{};        ///< A directory for a LexedCache; empty for none.
  std::size_t thread_count = 1;
};

/// Walks each source as its compiler's preprocessor would, see Preprocessor, unless no include on its way could lead to
/// a wanted part whatever the conditions are, or the last build says what it has included.
[[nodiscard]] IncludeScan scan_includes(const IncludeScanInput& input);

}  // namespace bulkhead
