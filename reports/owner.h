// Whose a part of a graph is.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bulkhead {

/// The owner of a target, a file, or whatever else stands at an end of an edge.
class Owner {
 public:
  static constexpr Owner core() { return Owner(-1); }
  static constexpr Owner set_aside() { return Owner(-2); }
  static constexpr Owner module(std::size_t index) { return Owner(static_cast<std::int32_t>(index)); }

  [[nodiscard]] constexpr bool is_core() const { return value_ == -1; }
  [[nodiscard]] constexpr bool is_module() const { return value_ >= 0; }
  /// Position in the list of modules. Precondition: is_module().
  [[nodiscard]] constexpr std::size_t module_index() const { return static_cast<std::size_t>(value_); }
  constexpr bool operator==(const Owner&) const = default;

 private:
  constexpr explicit Owner(std::int32_t value) : value_(value) {}
  std::int32_t value_;
};

}  // namespace bulkhead
