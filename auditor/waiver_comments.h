// Waivers that stand at the line itself: `# bulkhead: waive off-edge cuda -- reason, until 2027-03-31`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/waivers.h"
#include "graph/result.h"

namespace bulkhead {

/// The waivers of a file, and what was meant to be one.
struct WaiverComments {
  std::vector<Waiver> waivers{};  ///< By line.
  std::vector<Error> mistakes{};  ///< By line; each is located.
};

/// Reads the comments of a CMake file, or of a source in C's family, that begin with `bulkhead:`. `file` is how they
/// are located. What stands behind that word is
///
///     waive RULE [MODULE] -- REASON[, owner NAME][, until YYYY-MM-DD]
///
/// A comment behind code speaks of its line; one with a line of its own also of the next line that is no such comment.
/// Bracket comments of CMake, and comments of C that go over several lines, are not read. Whether there is such a rule
/// or module is not looked up. Fast where there is none: the text is only searched for the word.
[[nodiscard]] WaiverComments read_waiver_comments(std::string_view text, const std::string& file, CommentStyle style);

}  // namespace bulkhead
