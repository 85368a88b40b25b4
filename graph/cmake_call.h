// The text of a CMake call, where the sources are at hand: what it names, and on which line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

/// An argument of a call, as it is written; quotes are taken off, variables are not expanded.
struct CallArgument {
  std::string text;
  std::uint32_t line = 0;    ///< 1-based.
  std::uint32_t column = 0;  ///< 1-based, in bytes.
  std::uint32_t depth = 1;   ///< How many parentheses it stands in: those of the call alone are one.
  bool quoted = false;       ///< In quotes or brackets: a text, even where if() takes words for variables.
};

/// A call `command(argument…)` in a CMake file.
struct CMakeCall {
  std::string command;  ///< In lower case, as CMake takes it.
  std::uint32_t line = 0;
  std::vector<CallArgument> arguments;
};

/// The calls of a CMake file's text, in order; control flow (if, foreach, …) counts as calls as well. Follows
/// cmake-language(7): comments, quoted and bracket arguments, parentheses within arguments. What is malformed ends the
/// list.
[[nodiscard]] std::vector<CMakeCall> parse_cmake_calls(std::string_view text);

/// The call that begins at `line`, or the last one that begins before it.
[[nodiscard]] const CMakeCall* find_call(const std::vector<CMakeCall>& calls, std::uint32_t line);

/// The first argument that names `word`: equal to it, or with it as a whole word, as in `$<TARGET_OBJECTS:word>`,
/// `Opt::word`, `opt/word.cpp`.
[[nodiscard]] const CallArgument* find_argument(const CMakeCall& call, std::string_view word);

}  // namespace bulkhead
