#include "graph/string_pool.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>

namespace bulkhead {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 16;
constexpr std::size_t first_slot_count = 64;

void prefetch(const void* address) {
#if defined(__GNUC__)
  __builtin_prefetch(address);
#else
  static_cast<void>(address);
#endif
}

// The half of the hash that does not choose the slot.
std::uint32_t tag_of(std::size_t hash) {
  return static_cast<std::uint32_t>(std::uint64_t{hash} >> 32);
}

}  // namespace

StringPool::StringPool() : slots_(first_slot_count) {}

StringId StringPool::intern(std::string_view text) {
  const std::size_t hash = std::hash<std::string_view>{}(text);
  std::size_t slot = slot_of(text, hash);
  if (slots_[slot].position != 0) return StringId(slots_[slot].position - 1);
  if (texts_.size() * 2 >= slots_.size()) {
    grow(slots_.size() * 2);
    slot = slot_of(text, hash);
  }
  texts_.push_back(store(text));
  slots_[slot] = {tag_of(hash), static_cast<std::uint32_t>(texts_.size())};
  return StringId(texts_.size() - 1);
}

std::optional<StringId> StringPool::find(std::string_view text) const {
  const Slot slot = slots_[slot_of(text, std::hash<std::string_view>{}(text))];
  if (slot.position == 0) return std::nullopt;
  return StringId(slot.position - 1);
}

void StringPool::find_all(std::span<const std::string_view> texts, std::vector<std::optional<StringId>>& ids) const {
  constexpr std::size_t group = 16;
  std::array<std::size_t, group> hashes{};
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t begin = 0; begin < texts.size(); begin += group) {
    const std::size_t count = std::min(group, texts.size() - begin);
    for (std::size_t i = 0; i < count; ++i) {
      hashes[i] = std::hash<std::string_view>{}(texts[begin + i]);
      prefetch(&slots_[hashes[i] & mask]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t position = slots_[hashes[i] & mask].position;
      if (position != 0) prefetch(texts_[position - 1].data());
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Slot slot = slots_[slot_of(texts[begin + i], hashes[i])];
      ids.push_back(slot.position == 0 ? std::nullopt : std::optional(StringId(slot.position - 1)));
    }
  }
}

void StringPool::reserve(std::size_t count) {
  texts_.reserve(count);
  const std::size_t wanted = std::bit_ceil(count * 2 + 1);
  if (wanted > slots_.size()) grow(wanted);
}

// The slot that holds `text`, or the free one where it belongs.
std::size_t StringPool::slot_of(std::string_view text, std::size_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  const std::uint32_t tag = tag_of(hash);
  std::size_t slot = hash & mask;
  while (slots_[slot].position != 0) {
    if (slots_[slot].tag == tag && texts_[slots_[slot].position - 1] == text) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

void StringPool::grow(std::size_t slot_count) {
  slots_.assign(slot_count, {});
  const std::size_t mask = slot_count - 1;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const std::size_t hash = std::hash<std::string_view>{}(texts_[i]);
    std::size_t slot = hash & mask;
    while (slots_[slot].position != 0) slot = (slot + 1) & mask;
    slots_[slot] = {tag_of(hash), static_cast<std::uint32_t>(i + 1)};
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
