// CMake's idea of false, which conditions and generator expressions share.
#pragma once

#include <string_view>

namespace bulkhead {

/// True for what CMake calls a false constant: 0, OFF, NO, FALSE, N, IGNORE in any case, NOTFOUND, empty, or ending in
/// -NOTFOUND.
[[nodiscard]] bool is_false_constant(std::string_view value);

/// Equal but for the case of ASCII letters, as CMake compares constants and names of configurations.
[[nodiscard]] bool same_ignoring_case(std::string_view a, std::string_view b);

}  // namespace bulkhead
