// Whole files in few system calls.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// A directory that files are read from by name, one `openat` each instead of a walk of the whole path.
class ReadDirectory {
 public:
  /// Fails when `path` is no readable directory.
  static Result<ReadDirectory> open(const std::filesystem::path& path);

  ReadDirectory(ReadDirectory&& other) noexcept;
  ReadDirectory& operator=(ReadDirectory&& other) noexcept;
  ~ReadDirectory();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// The largest name that begins with each of `prefixes` and ends with `suffix`; empty where there is none. One walk
  /// of the directory, which may hold thousands of names.
  [[nodiscard]] std::vector<std::string> largest_names(std::span<const std::string_view> prefixes,
                                                       std::string_view suffix) const;

 private:
  friend class FileBuffer;
  ReadDirectory(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

  std::filesystem::path path_;
  int descriptor_;
};

/// A buffer that is used for one file after the other, so that the memory stays in the cache. The text is followed by
/// `padding` zero bytes. One per thread.
class FileBuffer {
 public:
  static constexpr std::size_t padding = 64;

  FileBuffer();

  /// Reads a regular file; the view is valid until the next read.
  Result<std::string_view> read(const ReadDirectory& directory, const std::string& name);
  /// The same for a path of its own, which may also be a pipe, such as /dev/stdin.
  Result<std::string_view> read(const std::filesystem::path& path);

 private:
  /// A short read means that a regular file has ended, and spares a second one; of a pipe it means nothing.
  enum class End : std::uint8_t { at_short_read, at_empty_read };
  Result<std::string_view> read_descriptor(int descriptor, const std::string& shown_path, End end);

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_;
};

}  // namespace bulkhead
