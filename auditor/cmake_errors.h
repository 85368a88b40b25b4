// The errors that CMake prints, as places in CMake files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/finding.h"

namespace bulkhead {

/// One "CMake Error at FILE:LINE (command)".
struct CMakeError {
  Evidence place;  ///< As CMake names the file: relative to the top source directory, or absolute. Empty without one.
  std::string message;  ///< In one line.

  bool operator==(const CMakeError&) const = default;
};

/// The errors in what CMake printed to stderr, in its order, each once. `source_root` is cut off from absolute paths in
/// places and in messages. Errors without a place that only say that others came before are left out. Follows
/// cmMessenger of CMake 3.20 to 4.2: a heading, an indented text, then "Call Stack (most recent call first):".
[[nodiscard]] std::vector<CMakeError> parse_cmake_errors(std::string_view output, const std::string& source_root);

}  // namespace bulkhead
