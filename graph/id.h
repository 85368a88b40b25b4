// Strong 32-bit indices: a TargetId cannot be mistaken for an EdgeId.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace bulkhead {

/// An index into one particular array. Which one is said by Tag.
template <class Tag>
class Id {
 public:
  constexpr explicit Id(std::size_t value) : value_(static_cast<std::uint32_t>(value)) {}
  /// The position in the array that the id belongs to.
  [[nodiscard]] constexpr std::uint32_t value() const { return value_; }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  std::uint32_t value_;
};

using StringId = Id<struct StringTag>;  ///< Into a StringPool.
using TargetId = Id<struct TargetTag>;  ///< Into TargetGraph::targets().
using EdgeId = Id<struct EdgeTag>;      ///< Into TargetGraph::edges().
using FrameId = Id<struct FrameTag>;    ///< Into the call frames of a TargetGraph.

/// A half-open range [begin, end) of positions in some array.
struct IndexRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  bool operator==(const IndexRange&) const = default;
};

}  // namespace bulkhead
