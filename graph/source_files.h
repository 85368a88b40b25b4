// The sources and headers that a scan meets: which there are, and the directives of each, lexed once.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/file_io.h"
#include "graph/id.h"
#include "graph/lexed_cache.h"
#include "graph/lexed_source.h"
#include "graph/macro_table.h"
#include "graph/source_lexer.h"

namespace bulkhead {

using FileId = Id<struct FileTag>;  ///< Of a file that is there; as SourceId of its directives, too.
using OptionalFileId = OptionalId<struct FileTag>;
using DirectoryId = Id<struct DirectoryTag>;  ///< Of a directory, whether it is there or not.

/// A file that was looked for in several directories.
struct FoundFile {
  FileId file;
  std::size_t directory;  ///< Its index; 0 for an absolute path.
};

/// Looks files up as a compiler does, by directory and name, without a system call for each: a directory is listed when
/// it is first asked for, and what is on disk is taken to stay as it is. Synchronised, so that threads can share it.
class SourceFiles {
 public:
  /// Lexes with trigraphs where `options` say so.
  explicit SourceFiles(const LexOptions& options = {}) : options_(options) {}
  /// Takes what has not changed from a cache, and keeps there what it lexes, before the first source is lexed.
  void use(LexedCache& cache) { cache_ = &cache; }

  /// The directory at an absolute path, taken as it is written but for `.`, `..` and empty segments.
  DirectoryId directory(std::string_view path);
  /// The file of that name, which may have folders in it, in that directory. None when there is none.
  OptionalFileId find(DirectoryId directory, std::string_view name);
  /// The same in the first of these directories that has it, and the index of that.
  std::optional<FoundFile> find(std::span<const DirectoryId> directories, std::string_view name);
  /// The file at an absolute path.
  OptionalFileId find(std::string_view path);
  /// A source that is nowhere on disk, such as what a command line defines. It is not found by any path.
  FileId add_text(const std::string& name, std::string_view text);

  /// Absolute. Valid for the life of this object, as all that follows.
  [[nodiscard]] const std::string& path(FileId file) const { return entry(file).path; }
  /// Absolute, of a directory.
  [[nodiscard]] std::string path(DirectoryId directory) const;
  /// Where symbolic links lead; the same as path() where there are none.
  [[nodiscard]] const std::string& real_path(FileId file) const { return entry(file).real_path; }
  [[nodiscard]] DirectoryId directory_of(FileId file) const { return entry(file).directory; }
  /// Read and lexed when it is first asked for; empty when the file cannot be read, see unreadable().
  const LexedSource& lexed(FileId file);
  /// The same for a walk of its directives.
  SourceEntry entry_of(FileId file) { return {SourceId(file.value()), &lexed(file)}; }

  /// The files that could not be read or lexed, sorted.
  [[nodiscard]] std::vector<std::string> unreadable() const;
  /// How many files were lexed, and how many bytes they have.
  [[nodiscard]] std::size_t lexed_count() const { return lexed_count_; }
  [[nodiscard]] std::size_t lexed_bytes() const { return lexed_bytes_; }
  /// The number of files that have an id.
  [[nodiscard]] std::size_t size() const;

 private:
  struct Entry {
    Entry(std::string as_found, std::string real, DirectoryId in)
        : path(std::move(as_found)), real_path(std::move(real)), directory(in) {}

    std::string path;
    std::string real_path;
    DirectoryId directory;
    std::once_flag once{};
    LexedSource source{};
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  struct Name {
    bool is_directory = false;
    bool is_link = false;
    OptionalFileId file{};
    std::optional<DirectoryId> below{};
  };
  struct Directory {
    std::string path;
    std::string real_path{};
    bool is_listed = false;
    std::unordered_map<std::string, Name, TextHash, std::equal_to<>> names{};
  };

  [[nodiscard]] const Entry& entry(FileId file) const;
  [[nodiscard]] Entry& entry(FileId file);
  DirectoryId directory_at(const std::string& path);
  OptionalFileId find_name(DirectoryId directory, std::string_view name);
  void list(Directory& directory);

  /// Reads and lexes; false when it cannot.
  bool read(Entry& entry);

  LexOptions options_;
  LexedCache* cache_ = nullptr;
  mutable std::mutex mutex_;
  std::deque<Entry> entries_;  // stay where they are
  std::deque<Directory> directories_;
  std::unordered_map<std::string, DirectoryId> by_path_;
  std::vector<std::string> unreadable_;
  std::atomic<std::size_t> lexed_count_ = 0;
  std::atomic<std::size_t> lexed_bytes_ = 0;
};

}  // namespace bulkhead
