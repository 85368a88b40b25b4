// What a compiler writes beside an object, in the syntax of Makefiles: the files that the object was made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "graph/result.h"

namespace bulkhead {

/// `target: dependency…`, with escapes resolved. Paths are as the compiler had them: absolute, or relative to the
/// directory that it ran in, with `.` and `..` in them.
struct Depfile {
  std::string characters;                ///< All paths, one behind the other.
  std::vector<IndexRange> targets;       ///< Into `characters`.
  std::vector<IndexRange> dependencies;  ///< Into `characters`, in order; a path may be there twice.

  /// A path; borrows from this.
  [[nodiscard]] std::string_view path(IndexRange range) const {
    return std::string_view(characters).substr(range.begin, range.size());
  }
};

/// Parses what GCC and Clang write with `-MD` and its kin; `name` is the file's, as errors have it. Follows ninja's
/// reader (its src/depfile_parser.in.cc) where Makefiles are ambiguous:
///
///   - A line ends at a break, `\n` or `\r\n`, unless a backslash stands before it. A line that begins with `#` is a
///     comment; elsewhere `#` is a character.
///   - 2N+1 backslashes before a blank are N backslashes and a blank within a path; 2N are N, and the path ends.
///   - `\#` is `#`, `\:` is `:`, `$$` is `$`. Any other backslash or `$` is itself.
///   - A colon ends the targets when a blank, a break or the end follows; elsewhere it is a character, as in `C:\a.o`.
///   - Lines without dependencies behind the first, which `-MP` writes, are left out.
///
/// Clang writes `/` for a backslash, and does not escape tabs; what it wrote of such names cannot be told from others.
///
/// Fails, with a place, at a line without such a colon, at a NUL, and when the last line does not end: then the file
/// has been cut off, and what it would have listed is unknown. An empty file has neither targets nor dependencies.
[[nodiscard]] Result<Depfile> parse_depfile(std::string_view text, std::string name);

}  // namespace bulkhead
