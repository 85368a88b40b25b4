#include "graph/constant.h"

#include <algorithm>
#include <array>

namespace bulkhead {

bool same_ignoring_case(std::string_view a, std::string_view b) {
  const auto to_upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&to_upper](char x, char y) { return to_upper(x) == to_upper(y); });
}

bool is_false_constant(std::string_view value) {
  // The suffix counts in upper case only, and NOTFOUND alone too; the others in any case.
  constexpr std::array<std::string_view, 6> names = {"0", "OFF", "NO", "FALSE", "N", "IGNORE"};
  return value.empty() || value == "NOTFOUND" || value.ends_with("-NOTFOUND") ||
         std::any_of(names.begin(), names.end(),
                     [value](std::string_view name) { return same_ignoring_case(value, name); });
}

}  // namespace bulkhead
