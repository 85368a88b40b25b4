#include "graph/file_io.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace bulkhead {
namespace {

// Larger than all but a few of LLVM's 9,895 reply files, and small enough for a second-level cache.
constexpr std::size_t first_capacity = std::size_t{128} << 10;

constexpr std::size_t largest_file = std::size_t{2} << 30;

tl::unexpected<Error> system_failure(const std::string& path, const char* what) {
  return fail({path}, std::string(what) + ": " + std::strerror(errno));
}

}  // namespace

Result<ReadDirectory> ReadDirectory::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return system_failure(path.string(), "cannot open this directory");
  return ReadDirectory(path, descriptor);
}

ReadDirectory::ReadDirectory(ReadDirectory&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

ReadDirectory& ReadDirectory::operator=(ReadDirectory&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

ReadDirectory::~ReadDirectory() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::vector<std::string> ReadDirectory::largest_names(std::span<const std::string_view> prefixes,
                                                      std::string_view suffix) const {
  std::vector<std::string> largest(prefixes.size());
  // A fresh descriptor: fdopendir takes its own over, and reading moves its offset.
  const int descriptor = ::openat(descriptor_, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return largest;
  DIR* const stream = ::fdopendir(descriptor);
  if (stream == nullptr) {
    ::close(descriptor);
    return largest;
  }
  while (const dirent* const entry = ::readdir(stream)) {
    const std::string_view name = entry->d_name;
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
      if (name.starts_with(prefixes[i]) && name.ends_with(suffix) && name > largest[i]) largest[i] = name;
    }
  }
  ::closedir(stream);
  return largest;
}

FileBuffer::FileBuffer() : bytes_(std::make_unique_for_overwrite<char[]>(first_capacity)), capacity_(first_capacity) {}

Result<std::string_view> FileBuffer::read(const ReadDirectory& directory, const std::string& name) {
  // Not to wait for whoever might write into a pipe that stands where a file should; of no effect on files.
  const int descriptor = ::openat(directory.descriptor_, name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return system_failure((directory.path() / name).string(), "cannot open this file");
  auto text = read_descriptor(descriptor, name, End::at_short_read);
  if (!text) text.error().location.file = (directory.path() / name).string();
  return text;
}

Result<std::string_view> FileBuffer::read(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_failure(path.string(), "cannot open this file");
  return read_descriptor(descriptor, path.string(), End::at_empty_read);
}

Result<std::string_view> FileBuffer::read_descriptor(int descriptor, const std::string& shown_path, End end) {
  std::size_t size = 0;
  for (;;) {
    const ssize_t count = ::read(descriptor, bytes_.get() + size, capacity_ - padding - size);
    if (count < 0) {
      if (errno == EINTR) continue;
      const auto failure = system_failure(shown_path, "cannot read this file");
      ::close(descriptor);
      return failure;
    }
    size += static_cast<std::size_t>(count);
    if (count == 0 || (end == End::at_short_read && size < capacity_ - padding)) break;
    if (size < capacity_ - padding) continue;

    struct stat status {};
    const std::size_t known_size = ::fstat(descriptor, &status) == 0 ? static_cast<std::size_t>(status.st_size) : 0;
    const std::size_t wanted = std::max(capacity_ * 2, known_size + padding + 1);
    if (wanted > largest_file) {
      ::close(descriptor);
      return fail({shown_path}, "this file is larger than 2 GiB");
    }
    auto larger = std::make_unique_for_overwrite<char[]>(wanted);
    std::memcpy(larger.get(), bytes_.get(), size);
    bytes_ = std::move(larger);
    capacity_ = wanted;
  }
  ::close(descriptor);
  std::memset(bytes_.get() + size, 0, padding);
  return std::string_view(bytes_.get(), size);
}

}  // namespace bulkhead
