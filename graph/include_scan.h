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
#include "graph/include_edge.h"
#include "graph/include_gap.h"
#include "graph/result.h"
#include "graph/source_paths.h"
#include "graph/toolchains.h"

namespace bulkhead {

/// A file that belongs to a part.
struct PartFile {
  std::size_t part = 0;
  std::string path;  ///< Canonical.
};

/// The result.
struct IncludeScan {
  std::vector<IncludeEdge> edges;        ///< Sorted by part, place and file.
  std::vector<IncludeGapCount> gaps;     ///< In the order of IncludeGap.
  std::size_t source_count = 0;          ///< Sources that were looked at, one way or the other.
  std::size_t recorded_count = 0;        ///< Of these, by what the last build wrote down.
  std::size_t file_count = 0;            ///< Files that were lexed.
  std::size_t byte_count = 0;            ///< Their size.
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
  std::vector<bool> wanted;                           ///< By part: whether includes of its files matter.
  std::vector<PartFile> files{};        ///< Of wanted parts on disk: what may be meant by a header that is not found.
  std::set<std::string> unmade{};       ///< Names, without directories, of files that the build makes and has not made.
  const BuildRecord* record = nullptr;  ///< Of the last build; null when there is none.
  std::filesystem::path cache{};        ///< A directory for a LexedCache; empty for none.
  std::size_t thread_count = 1;
  /// Told of sources that are done, and of all; from several threads. May be empty.
  std::function<void(std::size_t done, std::size_t total)> progress{};
};

/// Walks each source as its compiler's preprocessor would, see Preprocessor, unless no include on its way could lead to
/// a wanted part whatever the conditions are, or the last build says what it has included.
[[nodiscard]] IncludeScan scan_includes(const IncludeScanInput& input);

}  // namespace bulkhead
