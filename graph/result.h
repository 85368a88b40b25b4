// What a function returns that can fail: a value or a located Error.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace bulkhead {

/// A place in a text file.
struct Location {
  std::string file;          ///< As the user would type it; empty when there is no file.
  std::uint32_t line = 0;    ///< 1-based; 0 when unknown.
  std::uint32_t column = 0;  ///< 1-based, in bytes; 0 when unknown.

  bool operator==(const Location&) const = default;
};

/// Why Bulkhead could not do what it was asked: "could not audit", never "the audit failed".
struct Error {
  Location location;
  std::string message;  ///< What is wrong, one line, no full stop.
  std::string hint{};   ///< The usual repair, one line; may be empty.

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for the unhappy end of a function that returns a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(Location location, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{std::move(location), std::move(message), std::move(hint)});
}

}  // namespace bulkhead
