// Which includes lead from the sources of some targets to the files of some parts of the project.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
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
#include "graph/part_set.h"
#include "graph/result.h"
#include "graph/source_paths.h"
#include "graph/toolchains.h"

namespace bulkhead {

/// A file on disk that is inside parts.
struct PartFile {
  PartSet parts;
  std::string path;   ///< Canonical.
  PartSet unfound{};  ///< Of these parts, those of which it may be meant by a header that is not found.
};

/// What a file is to the parts.
struct FileRole {
  PartSet inside;    ///< Includes of it matter to these.
  PartSet silent{};  ///< Its own includes do not matter to these, nor to those that it is inside.

  auto operator<=>(const FileRole&) const = default;
};

/// What a scan found for some of its parts.
struct IncludeScan {
  std::vector<IncludeEdge> edges;     ///< Sorted by part, place and file.
  std::vector<IncludeGapCount> gaps;  ///< In the order of IncludeGap.
  std::size_t source_count = 0;       ///< Sources that were looked at, one way or the other.
  std::size_t recorded_count = 0;     ///< Of these, by what the last build wrote down.
};

/// How many sources were looked at for some parts.
struct SourceTally {
  std::size_t sources = 0;   ///< One way or the other.
  std::size_t recorded = 0;  ///< Of these, by what the last build wrote down.
};

/// The result of one walk for all parts.
struct IncludeSurvey {
  /// What concerns the parts that have a number in `numbers`, by part; in the result, IncludeEdge::part is that number.
  [[nodiscard]] IncludeScan extract(std::span<const std::optional<std::size_t>> numbers) const;

  std::vector<IncludeEdge> edges;        ///< Their `part` is the number of a set in `sets`.
  std::map<PartSet, SourceTally> tally;  ///< By the parts that asked for a source.
  std::shared_ptr<const PartSetPool> sets;
  std::shared_ptr<const IncludeGaps> gaps;
  std::size_t file_count = 0;            ///< Files that were lexed.
  std::size_t byte_count = 0;            ///< Their size.
  std::optional<Error> cache_failure{};  ///< Why the cache could not be written.
};

/// What to scan, and for what. A part is a question: which includes lead from the sources that it asks for to the files
/// that are inside it. Parts may overlap.
struct IncludeScanInput {
  std::span<const CompileGroup> groups;  ///< Whose sources are walked.
  std::span<const Toolchain> toolchains;
  const SourcePaths& paths;
  std::size_t part_count = 1;
  /// What a file is to the parts, by its canonical path. Called from several threads, about once for each file.
  std::function<FileRole(std::string_view path)> role_of;
  /// The parts that ask for the sources of a target; all when empty. A source that is silent to a part is not looked at
  /// for it: its being inside is an edge of its own.
  std::function<PartSet(TargetId target)> asking{};
  std::function<std::string_view(TargetId)> name_of;  ///< The name of a target.
  std::vector<PartFile> files{};   ///< What may be meant by a header that is not found, or declare modules of C++20.
  std::set<std::string> unmade{};  ///< Names, without directories, of files that the build makes and has not made.
  const BuildRecord* record = nullptr;  ///< Of the last build; null when there is none.
  std::filesystem::path cache{};        ///< A directory for a LexedCache; empty for none.
  std::size_t thread_count = 1;
  /// Told of sources that are done, and of all; from several threads. May be empty.
  std::function<void(std::size_t done, std::size_t total)> progress{};
};

/// Walks each source as its compiler's preprocessor would, see Preprocessor, unless no include on its way could lead to
/// a part that asks for it whatever the conditions are, or the last build says what it has included. What is found for
/// a part does not depend on what the other parts are.
[[nodiscard]] IncludeSurvey survey_includes(const IncludeScanInput& input);

}  // namespace bulkhead
