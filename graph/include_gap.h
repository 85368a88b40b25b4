// What an include scan could not look at.
#pragma once

#include <array>
#include <cstdint>

namespace bulkhead {

/// What a scan could not look at.
enum class IncludeGap : std::uint8_t {
  no_sources,       ///< The source tree is not at hand.
  compiler,         ///< A compiler does not tell its macros and directories.
  language,         ///< Sources of a language whose includes are not known here.
  missing_source,   ///< Sources that are not there yet.
  missing_header,   ///< Headers that are not there yet, and are included.
  unreadable,       ///< Files that cannot be read.
  unknown_name,     ///< Includes whose name is made of macros that nobody can know.
  too_much_work,    ///< Sources whose includes take too long.
};

inline constexpr std::array include_gaps = {
    IncludeGap::no_sources,     IncludeGap::compiler,   IncludeGap::language,     IncludeGap::missing_source,
    IncludeGap::missing_header, IncludeGap::unreadable, IncludeGap::unknown_name, IncludeGap::too_much_work,
};

}  // namespace bulkhead
