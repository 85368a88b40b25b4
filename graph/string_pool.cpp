#include "graph/string_pool.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>

namespace bulkhead {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 16;
constexpr std::size_t first_slot_count = 64;

}  // namespace

StringPool::StringPool() : slots_(first_slot_count, 0) {}

StringId StringPool::intern(std::string_view text) {
  const std::size_t hash = std::hash<std::string_view>{}(text);
  std::size_t slot = slot_of(text, hash);
  if (slots_[slot] != 0) return StringId(slots_[slot] - 1);
  if (entries_.size() * 2 >= slots_.size()) {
    grow(slots_.size() * 2);
    slot = slot_of(text, hash);
  }
  entries_.push_back({store(text), hash});
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  return StringId(entries_.size() - 1);
}

std::optional<StringId> StringPool::find(std::string_view text) const {
  const std::size_t slot = slot_of(text, std::hash<std::string_view>{}(text));
  if (slots_[slot] == 0) return std::nullopt;
  return StringId(slots_[slot] - 1);
}

void StringPool::reserve(std::size_t count) {
  entries_.reserve(count);
  const std::size_t wanted = std::bit_ceil(count * 2 + 1);
  if (wanted > slots_.size()) grow(wanted);
}

std::size_t StringPool::slot_of(std::string_view text, std::size_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0) {
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.hash == hash && entry.text == text) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

void StringPool::grow(std::size_t slot_count) {
  slots_.assign(slot_count, 0);
  const std::size_t mask = slot_count - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t slot = entries_[i].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
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
