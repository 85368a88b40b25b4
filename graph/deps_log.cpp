#include "graph/deps_log.h"

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

#include "graph/file_io.h"

// A log is `# ninjadeps`, a version, and records, all in words of 32 bits in the byte order of the machine. The first
// word of a record is its size in bytes, with the top bit set where it lists dependencies:
//
//     size          path, up to three NULs, ~id       ids count up from 0
//     size | top    output id, mtime, id…             mtime: one word in version 3; two, the low one first, in version
//     4
//
// A later record of the same output replaces the earlier one.

namespace bulkhead {
namespace {

using Word = std::uint32_t;

constexpr std::string_view signature = "# ninjadeps\n";
constexpr Word seconds_version = 3;
constexpr Word nanoseconds_version = 4;
constexpr Word lists_dependencies = 0x8000'0000U;
constexpr std::size_t largest_record = (std::size_t{1} << 19) - 1;
constexpr std::int64_t nanoseconds = 1'000'000'000;  // of a second

class DepsLogDecoder {
 public:
  explicit DepsLogDecoder(std::string_view bytes) : bytes_(bytes) {}

  DepsLog decode();

 private:
  // Where an output's last record is; none where the size is 0.
  struct Place {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };

  [[nodiscard]] Word word_at(std::size_t at) const {
    Word word = 0;
    std::memcpy(&word, bytes_.data() + at, sizeof word);
    return word;
  }
  [[nodiscard]] std::size_t list_offset() const { return (version_ == seconds_version ? 2 : 3) * sizeof(Word); }
  [[nodiscard]] bool read_header();
  DepsLogEnd read_records();
  [[nodiscard]] bool read_path(std::size_t begin, std::size_t size);
  [[nodiscard]] bool read_list(std::size_t begin, std::size_t size);
  [[nodiscard]] std::int64_t mtime_at(std::size_t at) const;
  void collect();

  std::string_view bytes_;
  std::size_t at_ = 0;
  Word version_ = 0;
  std::vector<Place> last_;  // by path
  DepsLog log_;
};

bool DepsLogDecoder::read_header() {
  if (!bytes_.starts_with(signature) || bytes_.size() < signature.size() + sizeof(Word)) return false;
  version_ = word_at(signature.size());
  at_ = signature.size() + sizeof(Word);
  return version_ == seconds_version || version_ == nanoseconds_version;
}

DepsLogEnd DepsLogDecoder::read_records() {
  while (at_ < bytes_.size()) {
    if (bytes_.size() - at_ < sizeof(Word)) return DepsLogEnd::truncated;
    const Word head = word_at(at_);
    const std::size_t size = head & ~lists_dependencies;
    const std::size_t begin = at_ + sizeof(Word);
    if (size > largest_record) return DepsLogEnd::corrupt;
    if (size > bytes_.size() - begin) return DepsLogEnd::truncated;
    const bool good = (head & lists_dependencies) != 0 ? read_list(begin, size) : read_path(begin, size);
    if (!good) return DepsLogEnd::corrupt;
    at_ = begin + size;
  }
  return DepsLogEnd::complete;
}

// Ninja does not look for NULs within a path; but no file has one in its name.
bool DepsLogDecoder::read_path(std::size_t begin, std::size_t size) {
  if (size <= sizeof(Word)) return false;
  std::string_view path = bytes_.substr(begin, size - sizeof(Word));
  for (int padding = 0; padding < 3 && path.ends_with('\0'); ++padding) path.remove_suffix(1);
  if (path.empty() || path.find('\0') != std::string_view::npos) return false;
  // Two ninjas that write at once give an id twice, and a path twice.
  const std::size_t expected = log_.paths.size();
  if (~word_at(begin + size - sizeof(Word)) != expected) return false;
  if (log_.paths.intern(path).value() != expected) return false;
  last_.emplace_back();
  return true;
}

bool DepsLogDecoder::read_list(std::size_t begin, std::size_t size) {
  if (size < list_offset() || size % sizeof(Word) != 0) return false;
  // The largest id tells whether all of them are defined, and a loop without branches finds it fast.
  Word largest = word_at(begin);
  const Word output = largest;
  for (std::size_t at = begin + list_offset(); at < begin + size; at += sizeof(Word)) {
    largest = std::max(largest, word_at(at));
  }
  if (largest >= last_.size()) return false;
  last_[output] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size)};
  return true;
}

std::int64_t DepsLogDecoder::mtime_at(std::size_t at) const {
  if (version_ == seconds_version) {
    return std::int64_t{static_cast<std::int32_t>(word_at(at))} * nanoseconds + (nanoseconds - 1);
  }
  const std::uint64_t high = word_at(at + sizeof(Word));
  return static_cast<std::int64_t>(high << 32 | word_at(at));
}

// Takes the last record of each output, and leaves those that it replaced.
void DepsLogDecoder::collect() {
  std::size_t records = 0;
  std::size_t dependencies = 0;
  for (const Place& place : last_) {
    if (place.size == 0) continue;
    ++records;
    dependencies += (place.size - list_offset()) / sizeof(Word);
  }
  log_.records.reserve(records);
  log_.dependencies.reserve(dependencies);
  for (std::size_t output = 0; output < last_.size(); ++output) {
    const auto [begin, size] = last_[output];
    if (size == 0) continue;
    const auto first = static_cast<std::uint32_t>(log_.dependencies.size());
    for (std::size_t at = begin + list_offset(); at < std::size_t{begin} + size; at += sizeof(Word)) {
      log_.dependencies.emplace_back(word_at(at));
    }
    log_.records.push_back({.output = StringId(output),
                            .dependencies = {first, static_cast<std::uint32_t>(log_.dependencies.size())},
                            .mtime = mtime_at(begin + sizeof(Word))});
  }
}

DepsLog DepsLogDecoder::decode() {
  if (!read_header()) {
    log_.end = DepsLogEnd::discarded;
    return std::move(log_);
  }
  log_.end = read_records();
  collect();
  return std::move(log_);
}

}  // namespace

const DepsLogRecord* DepsLog::find(std::string_view output) const {
  const auto id = paths.find(output);
  if (!id) return nullptr;
  const auto found =
      std::lower_bound(records.begin(), records.end(), *id,
                       [](const DepsLogRecord& record, StringId wanted) { return record.output < wanted; });
  return found != records.end() && found->output == *id ? &*found : nullptr;
}

DepsLog decode_deps_log(std::string_view bytes) {
  return DepsLogDecoder(bytes).decode();
}

Result<std::optional<DepsLog>> read_deps_log(const std::filesystem::path& build) {
  constexpr const char* name = ".ninja_deps";
  std::error_code error;
  if (!std::filesystem::exists(build / name, error)) return std::nullopt;
  const auto directory = ReadDirectory::open(build);
  if (!directory) return tl::unexpected(directory.error());
  FileBuffer buffer;
  const auto bytes = buffer.read(*directory, name);
  if (!bytes) return tl::unexpected(bytes.error());
  return decode_deps_log(*bytes);
}

}  // namespace bulkhead
