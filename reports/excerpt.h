// A line of a file with a caret below the word that matters, as compilers show it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/style.h"

namespace bulkhead {

/// The lines of text files, each read once. A file that cannot be read has none.
class TextFiles {
 public:
  /// The lines of the file at an absolute path, or relative to the working directory.
  [[nodiscard]] const std::vector<std::string>& lines(const std::string& path);

 private:
  std::map<std::string, std::vector<std::string>> files_;
};

/// What to show of a file.
struct ExcerptRequest {
  std::string path;          ///< To read.
  std::uint32_t line = 0;    ///< 1-based: the line to begin at.
  std::uint32_t column = 0;  ///< 1-based, in bytes; 0: look for `mark`.
  std::string_view mark{};   ///< A word on that line, or within the next lines of the same call.
};

/// Excerpt lines such as
///
///        |
///     12 | target_link_libraries(core PRIVATE cuda_rt)
///        |                                    ^~~~~~~
///
/// each ended by a newline; empty when the file or the line is not there. A long line is cut around the mark.
[[nodiscard]] std::string write_excerpt(TextFiles& files, const ExcerptRequest& request, const Style& style);

}  // namespace bulkhead
