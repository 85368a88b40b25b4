// The cache with which a scratch tree begins, so that it need not find out again what the user's tree knows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bulkhead {

/// What of a cache goes into another tree.
enum class Seed : std::uint8_t {
  with_checks,  ///< Values that a user may set, CMake's own entries, and the results of checks.
  values,       ///< Values that a user may set, and the generator: the compilers and all checks are looked at again.
};

/// The text of a CMakeCache.txt for another tree. Entries of type INTERNAL that the project made are left out, for they
/// may have come of the very toggle that is to be turned; so are STATIC ones, which the next configure writes anew.
/// Results of checks are told by the text that CMake's modules put above them: "Have include x.h", "Test X", "Result of
/// try_compile". `roots` are directories and what each becomes, the deepest first.
[[nodiscard]] std::string seed_cache(std::string_view cache, Seed seed,
                                     const std::vector<std::pair<std::string, std::string>>& roots);

}  // namespace bulkhead
