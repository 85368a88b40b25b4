// What ninja remembers of finished builds: the files that each output was made of, as its compiler said.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "graph/result.h"
#include "graph/string_pool.h"

namespace bulkhead {

/// The last record of an output.
struct DepsLogRecord {
  StringId output;          ///< Into DepsLog::paths.
  IndexRange dependencies;  ///< Into DepsLog::dependencies, in the order of the compiler.
  std::int64_t mtime = 0;  ///< The output's, when its command had ended; in nanoseconds since 1970. Version 3 has whole
                           ///< seconds, and ninja compared whole seconds then: this is the last nanosecond of it.
};

/// How the reading of a log ended. Ninja goes on with what it read before, and so may others; what is lost is as if it
/// had never been built.
enum class DepsLogEnd : std::uint8_t {
  complete,   ///< At the end of the file, or at a place where no record had begun.
  truncated,  ///< In the middle of the last record: ninja is writing it, or has been stopped.
  corrupt,    ///< At a record that ninja cannot have written. It drops this one and all that follow.
  discarded,  ///< At the beginning: no deps log, or another version. Ninja starts over, and there are no records.
};

/// Paths are as ninja has them: without `.` and `..` where they could be resolved; absolute, or relative to the top of
/// the build tree. Records of what is no longer in build.ninja may be among the others.
struct DepsLog {
  StringPool paths;
  std::vector<DepsLogRecord> records;  ///< One for each output, sorted by `output`.
  std::vector<StringId> dependencies;
  DepsLogEnd end = DepsLogEnd::complete;

  /// What an output was made of; borrows from the log.
  [[nodiscard]] std::span<const StringId> dependencies_of(const DepsLogRecord& record) const {
    return std::span(dependencies).subspan(record.dependencies.begin, record.dependencies.size());
  }
  /// The record of an output, written as ninja has it; none when there is none. Borrows from the log.
  [[nodiscard]] const DepsLogRecord* find(std::string_view output) const;
};

/// Decodes the bytes of a `.ninja_deps`, of fewer than 4 GiB. Versions 3 (ninja 1.5 to 1.8) and 4 (since 1.9) are read;
/// versions 1 and 2 are discarded, as every ninja since 1.5 does. The format is described in ninja's src/deps_log.h.
[[nodiscard]] DepsLog decode_deps_log(std::string_view bytes);

/// Reads the `.ninja_deps` of a build tree. None when there is none. Fails when it cannot be read, or has 2 GiB; what
/// is wrong with its contents is in DepsLog::end.
[[nodiscard]] Result<std::optional<DepsLog>> read_deps_log(const std::filesystem::path& build);

}  // namespace bulkhead
