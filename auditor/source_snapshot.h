// What a source tree looks like from outside: which files there are, how large, and when they changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bulkhead {

/// The outside of a file.
struct SnapshotStamp {
  std::uintmax_t size = 0;  ///< Bytes.
  std::int64_t time = 0;    ///< Of the last change; ticks of the file system's clock.

  bool operator==(const SnapshotStamp&) const = default;
};

/// By path below the source tree.
using SourceSnapshot = std::map<std::string, SnapshotStamp>;

/// True for a directory that is no source: of version control, or a build tree.
[[nodiscard]] bool is_no_source(const std::filesystem::path& directory);

/// Looks at every file below `source`, but for directories that are no source, and for `build`. Symbolic links are not
/// followed. What cannot be read is left out.
[[nodiscard]] SourceSnapshot take_snapshot(const std::filesystem::path& source, const std::filesystem::path& build);

/// The files that came, went or changed; sorted.
[[nodiscard]] std::vector<std::string> find_changes(const SourceSnapshot& before, const SourceSnapshot& after);

}  // namespace bulkhead
