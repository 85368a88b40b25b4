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
  [[nodiscard]] std::string_view operator[](StringId id) const { return texts_[id.value()]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  // A slot tells most strings apart without a look at them. `position` is the string's id plus 1; 0 is a free slot.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t position = 0;
  };

  [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow(std::size_t slot_count);
  [[nodiscard]] std::string_view store(std::string_view text);

  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;  // open addressing with linear probing, at most half full; a power of two
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_size_ = 0;
};

}  // namespace bulkhead
