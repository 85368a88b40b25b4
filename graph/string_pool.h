// Strings that are stored once and compared by a 32-bit id.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/id.h"

namespace bulkhead {

/// An append-only set of strings. Ids count up from 0 in order of first appearance, so that a pool doubles as a dense
/// map from a name to its rank. Views stay valid for the life of the pool, moves included. Not synchronised.
class StringPool {
 public:
  StringPool();
  StringPool(StringPool&&) noexcept = default;
  StringPool& operator=(StringPool&&) noexcept = default;

  /// The id of `text`, which is added when it is new.
  StringId intern(std::string_view text);
  /// The id of `text` if it is there.
  [[nodiscard]] std::optional<StringId> find(std::string_view text) const;
  /// The text of an id of this pool.
  [[nodiscard]] std::string_view operator[](StringId id) const { return entries_[id.value()].text; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// Makes room for `count` strings without rehashing.
  void reserve(std::size_t count);

 private:
  struct Entry {
    std::string_view text;
    std::size_t hash;
  };

  [[nodiscard]] std::size_t slot_of(std::string_view text, std::size_t hash) const;
  void grow(std::size_t slot_count);
  [[nodiscard]] std::string_view store(std::string_view text);

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // open addressing, linear probing; position in entries_ plus 1, 0 is free
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_size_ = 0;
};

}  // namespace bulkhead
