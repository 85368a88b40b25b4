#include "graph/lexed_cache.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <span>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "bulkhead lexed sources 1\n";
constexpr std::int64_t second = 1'000'000'000;

// FNV-1a (64 bit, Fowler/Noll/Vo), over eight bytes at a time: it is to notice damage, not an enemy.
std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto mix = [&hash](std::uint64_t word) { hash = (hash ^ word) * 1099511628211ULL; };
  while (bytes.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof(word));
    mix(word);
    bytes.remove_prefix(sizeof(word));
  }
  for (const char c : bytes) mix(static_cast<unsigned char>(c));
  return hash;
}

// Reads values one after the other; once there is not enough, nothing more comes.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class Value>
  bool read(Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    if (bytes_.size() < sizeof(Value)) return false;
    std::memcpy(&value, bytes_.data(), sizeof(Value));
    bytes_.remove_prefix(sizeof(Value));
    return true;
  }
  bool read(std::string_view& text) {
    std::uint32_t size = 0;
    if (!read(size) || bytes_.size() < size) return false;
    text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return true;
  }
  template <class Element>
  bool read(std::vector<Element>& elements) {
    std::string_view bytes;
    if (!read(bytes) || bytes.size() % sizeof(Element) != 0) return false;
    elements.resize(bytes.size() / sizeof(Element));
    if (!elements.empty()) std::memcpy(elements.data(), bytes.data(), bytes.size());
    return true;
  }
  [[nodiscard]] bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

class Writer {
 public:
  template <class Value>
  void write(const Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(Value));
  }
  void write(std::string_view text) {
    write(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  template <class Element>
  void write(std::span<const Element> elements) {
    write(std::string_view(reinterpret_cast<const char*>(elements.data()), elements.size_bytes()));
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace

std::optional<FileStamp> stamp_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  const auto nanoseconds = [](const timespec& time) { return std::int64_t{time.tv_sec} * second + time.tv_nsec; };
  const FileStamp stamp{static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
                        static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim),
                        nanoseconds(status.st_ctim)};
  timespec now = {};
  ::clock_gettime(CLOCK_REALTIME, &now);
  constexpr std::int64_t coarsest_clock = 2 * second;  // of file systems
  if (std::max(stamp.modified, stamp.changed) > nanoseconds(now) - coarsest_clock) return std::nullopt;
  return stamp;
}

LexedCache::LexedCache(const fs::path& directory, const std::string& build_root, const std::string& key)
    : key_(hash_of(key)) {
  char name[32];
  std::snprintf(name, sizeof(name), "%016llx.lexed", static_cast<unsigned long long>(hash_of(build_root)));
  file_ = directory / name;
  FileBuffer buffer;
  std::error_code ignored;
  if (!fs::is_regular_file(file_, ignored)) return;
  if (const auto bytes = buffer.read(file_)) read(*bytes);
}

void LexedCache::read(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return;
  bytes.remove_prefix(magic.size());
  Reader reader(bytes);
  std::uint64_t hash = 0;
  std::uint64_t key = 0;
  if (!reader.read(hash) || bytes.size() < sizeof(hash) || hash != hash_of(bytes.substr(sizeof(hash)))) return;
  if (!reader.read(key) || key != key_) return;
  std::vector<Directive> directives;
  std::vector<Token> tokens;
  std::vector<LexedSource::Name> names;
  while (!reader.at_end()) {
    std::string_view path;
    std::string_view text;
    FileStamp stamp;
    OptionalSourceNameId guard;
    if (!reader.read(path) || !reader.read(stamp) || !reader.read(guard) || !reader.read(directives) ||
        !reader.read(tokens) || !reader.read(names) || !reader.read(text)) {
      return;
    }
    stored_.emplace(path, Stored{stamp, LexedSource(directives, tokens, names, text, guard)});
  }
}

std::optional<LexedSource> LexedCache::take(const std::string& path, const FileStamp& stamp) {
  const std::lock_guard lock(mutex_);
  const auto found = stored_.find(path);
  if (found == stored_.end() || !(found->second.stamp == stamp)) return std::nullopt;
  std::optional<LexedSource> source(std::move(found->second.source));
  stored_.erase(found);
  return source;
}

void LexedCache::keep(const std::string& path, const FileStamp& stamp, const LexedSource& source, bool is_new) {
  const std::lock_guard lock(mutex_);
  has_new_ = has_new_ || is_new;
  kept_.insert_or_assign(path, Kept{stamp, &source});
}

Result<void> LexedCache::save() {
  const std::lock_guard lock(mutex_);
  if (!has_new_ && stored_.empty()) return {};
  Writer writer;
  writer.write(key_);
  for (const auto& [path, kept] : kept_) {
    const LexedSource& source = *kept.source;
    writer.write(std::string_view(path));
    writer.write(kept.stamp);
    writer.write(source.guard());
    writer.write(source.directives());
    writer.write(source.tokens());
    writer.write(source.names());
    writer.write(source.text());
  }
  const std::string body = writer.take();
  Writer head;
  head.write(hash_of(body));
  std::error_code error;
  fs::create_directories(file_.parent_path(), error);
  // In one step, for other runs may read it.
  const fs::path unfinished = file_.string() + '.' + std::to_string(::getpid());
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  out << magic << head.take() << body;
  out.close();
  if (!out) {
    fs::remove(unfinished, error);
    return fail({unfinished.string()}, "cannot write this file");
  }
  fs::rename(unfinished, file_, error);
  if (error) return fail({file_.string()}, "cannot write this file: " + error.message());
  return {};
}

}  // namespace bulkhead
