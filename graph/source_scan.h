// Finds the few places of a source where a lexer of directives has to look; the one file with vector instructions.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bulkhead {

/// The zero bytes, at least, that have to follow a text that is scanned; FileBuffer has as many.
inline constexpr std::size_t scan_padding = 64;

/// Finds the first byte in [at, end) where one of these begins, or `end`:
///   `#`, `%:`                a directive, if it is the first of its line
///   `/*`, `R"`               a comment or raw string, which may hide what looks like one
///   `im…`, `mo…`, `_Pr`      import, module and _Pragma
/// each of the pairs also with a backslash after the first character, which may be a spliced line. Some hits are none
/// of these: the caller looks at each. Reads up to `scan_padding` bytes behind `end`.
using FindMark = const char* (*)(const char* at, const char* end);

/// The fastest one for this processor.
[[nodiscard]] FindMark choose_find_mark();
/// The one that needs no vector instructions.
[[nodiscard]] const char* find_mark_plainly(const char* at, const char* end);

/// The line feeds in [begin, end).
[[nodiscard]] std::uint32_t count_line_feeds(const char* begin, const char* end);

}  // namespace bulkhead
