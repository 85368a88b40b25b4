// Files for the duration of a test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bulkhead::test {

/// A fresh, empty directory that is removed with everything in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// The path of something in it.
  [[nodiscard]] std::string operator/(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// All bytes of a file; empty when it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);
/// Writes a file, and the directories above it.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace bulkhead::test
