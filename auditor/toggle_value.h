// How CMake's if() reads a value: as a number, a version, a list. Its truth is in toggle.h.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

/// The number that all of `value` spells ("1.5", "0x10", "inf"; white space may come first), as in if(<constant>).
[[nodiscard]] std::optional<double> read_number(const std::string& value);
/// The number that `value` begins with ("3rd" is 3), as EQUAL, LESS and their kind read it.
[[nodiscard]] std::optional<double> read_leading_number(const std::string& value);

/// Compares "1.2.3"-like versions by component; a missing component is zero, and a version ends at the first thing that
/// is neither a digit nor the dot after digits. Follows CMake 4; 3.25 still reads a sign or white space before the
/// digits of a component, and takes all components beyond 2^64 for equal.
[[nodiscard]] std::strong_ordering compare_versions(std::string_view left, std::string_view right);

/// The elements of a list: split at ';', but not at "\;", which becomes ';', nor inside '[]'. Empty elements are kept;
/// the empty string is one empty element, as IN_LIST has it.
[[nodiscard]] std::vector<std::string> split_list(std::string_view list);

}  // namespace bulkhead
