// Under which conditions the calls of a CMake file are made, by its if() blocks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/cmake_call.h"

namespace bulkhead {

/// A condition that decides whether a call is made.
struct Guard {
  std::string condition;   ///< As if() has it, parentheses and quotes included, with one blank between words.
  bool negated = false;    ///< It must not hold: the call stands in else(), in a later branch, or behind a return().
  std::uint32_t line = 0;  ///< 1-based, of the if() or elseif().

  bool operator==(const Guard&) const = default;
};

/// A call, and what has to hold for CMake to make it.
struct GuardedCall {
  const CMakeCall* call;      ///< Borrowed from the calls of the file.
  std::vector<Guard> guards;  ///< All of them have to hold; outermost first.
  bool in_body = false;       ///< In a function() or macro(): made when, and where, that is called.
};

/// The text of a call's arguments, as a condition that if() and toggles read alike.
[[nodiscard]] std::string condition_text(const CMakeCall& call);

/// The calls of a file, in order, without those of if() blocks and of function() and macro() themselves. A branch that
/// ends in return() guards what follows the block. Blocks that are never closed, or never opened, guard nothing that
/// they should not: what is malformed makes no guard.
[[nodiscard]] std::vector<GuardedCall> guard_calls(const std::vector<CMakeCall>& calls);

}  // namespace bulkhead
