// Strong 32-bit indices: a TargetId cannot be mistaken for an EdgeId.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>

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

/// An Id or none, in the 32 bits of one: arrays of edges hold a million of them.
template <class Tag>
class OptionalId {
 public:
  constexpr OptionalId() = default;
  constexpr explicit(false) OptionalId(std::nullopt_t) {}
  constexpr explicit(false) OptionalId(Id<Tag> id) : value_(id.value()) {}

  [[nodiscard]] constexpr bool has_value() const { return value_ != none; }
  constexpr explicit operator bool() const { return has_value(); }
  /// Precondition: has_value().
  constexpr Id<Tag> operator*() const { return Id<Tag>(value_); }
  constexpr bool operator==(const OptionalId&) const = default;

 private:
  static constexpr std::uint32_t none = 0xffff'ffffU;
  std::uint32_t value_ = none;
};

using StringId = Id<struct StringTag>;  ///< Into a StringPool.
using TargetId = Id<struct TargetTag>;  ///< Into TargetGraph::targets().
using EdgeId = Id<struct EdgeTag>;      ///< Into TargetGraph::edges().
using FrameId = Id<struct FrameTag>;    ///< Into the call frames of a TargetGraph.
using OptionalTargetId = OptionalId<struct TargetTag>;
using OptionalFrameId = OptionalId<struct FrameTag>;

/// A half-open range [begin, end) of positions in some array.
struct IndexRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  bool operator==(const IndexRange&) const = default;
};

}  // namespace bulkhead
