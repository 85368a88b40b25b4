// Lexed sources that are kept from one run to the next, for those that have not changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "graph/lexed_source.h"
#include "graph/result.h"

namespace bulkhead {

/// What tells one state of a file from another, as git does it. A file that has just been written has none: it may
/// change again without a trace.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified = 0;  ///< In nanoseconds since the epoch, as the next.
  std::int64_t changed = 0;   ///< Of the inode: also a time stamp that somebody has set leaves its trace.

  bool operator==(const FileStamp&) const = default;
};

/// The stamp of a file; none when it is not there, or too young.
[[nodiscard]] std::optional<FileStamp> stamp_of(const std::string& path);

/// A file with the lexed sources of one build tree. Its format is that of the machine and of this version of Bulkhead;
/// what does not fit, or is damaged, counts as empty. Synchronised.
class LexedCache {
 public:
  /// Reads the cache of a build tree in `directory`. `key` tells apart what is lexed differently.
  LexedCache(const std::filesystem::path& directory, const std::string& build_root, const std::string& key);

  /// The directives of the file, if it is the one that was lexed. Takes them out.
  [[nodiscard]] std::optional<LexedSource> take(const std::string& path, const FileStamp& stamp);
  /// Remembers a source for save(), which must stay where it is until then. `is_new` when take() did not have it.
  void keep(const std::string& path, const FileStamp& stamp, const LexedSource& source, bool is_new);
  /// Writes what was kept, if anything is new, and nothing else: what this run had no use for is forgotten. Fails when
  /// it cannot.
  [[nodiscard]] Result<void> save();

 private:
  struct Stored {
    FileStamp stamp;
    LexedSource source;
  };
  struct Kept {
    FileStamp stamp;
    const LexedSource* source;
  };

  void read(std::string_view bytes);

  std::filesystem::path file_;
  std::uint64_t key_;
  std::mutex mutex_;
  std::map<std::string, Stored, std::less<>> stored_;
  std::map<std::string, Kept, std::less<>> kept_;
  bool has_new_ = false;
};

}  // namespace bulkhead
