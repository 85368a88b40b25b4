// Yes, no, or not to be known: Kleene's three values.
#pragma once

#include <algorithm>
#include <cstdint>

namespace bulkhead {

/// What a condition comes out as. In the order of Kleene's strong logic, so that "and" is the lesser of two, and "or"
/// the greater.
enum class Truth : std::uint8_t { no, unknown, yes };

[[nodiscard]] constexpr Truth both(Truth a, Truth b) {
  return std::min(a, b);
}
[[nodiscard]] constexpr Truth either(Truth a, Truth b) {
  return std::max(a, b);
}
[[nodiscard]] constexpr Truth negation(Truth a) {
  return static_cast<Truth>(static_cast<std::uint8_t>(Truth::yes) - static_cast<std::uint8_t>(a));
}
[[nodiscard]] constexpr Truth truth_of(bool value) {
  return value ? Truth::yes : Truth::no;
}

}  // namespace bulkhead
