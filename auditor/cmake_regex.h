// Regular expressions in the flavour of CMake: if(MATCHES), string(REGEX).
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// A compiled regular expression: `^ $ . [] [^] * + ? | ()` and `\` before any character to mean itself. No standard
/// grammar reads these alike (in CMake `\d` is a `d`, `{2}` is text, `a$b` an anchor in the middle, and a backslash in
/// `[]` is itself), hence our own. It is an automaton: time is linear in the text, and no input can exhaust the stack.
/// Differs from CMake in one point: it does not mind more than nine groups. Immutable.
class CMakeRegex {
 public:
  /// Compiles `pattern`. Every Error is at `where`.
  static Result<CMakeRegex> compile(std::string_view pattern, const Location& where);

  /// True when the expression matches somewhere in `text`. `^` and `$` are the ends of `text`, not of a line in it;
  /// `.` is any byte.
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  enum class StateKind : std::uint8_t {
    byte,    // this byte, then `next`
    any,     // any byte, then `next`
    one_of,  // a byte of sets_[operand], then `next`
    begin,   // at the start of the text, `next`
    end,     // at the end of the text, `next`
    fork,    // `next` and `other`, without reading anything
    accept,
  };
  struct State {
    StateKind kind;
    std::uint32_t operand = 0;
    std::uint32_t next = 0;
    std::uint32_t other = 0;
  };
  class Compiler;
  class Run;

  CMakeRegex() = default;
  [[nodiscard]] bool reads(const State& state, unsigned char byte) const;

  std::vector<State> states_;
  std::vector<std::bitset<256>> sets_;
  std::uint32_t start_ = 0;
};

}  // namespace bulkhead
