// Text from the outside in GitHub's Markdown, which GitLab reads, too.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

/// Any name, to be read as it is, on one line: a character reference is never markup, neither of Markdown nor of HTML.
/// A long one loses its middle.
[[nodiscard]] std::string markdown_plain(std::string_view text);
/// The same in full.
[[nodiscard]] std::string markdown_prose(std::string_view text);
/// Such a name in the font of code; empty for an empty text.
[[nodiscard]] std::string markdown_code(std::string_view text);

/// Rows under a heading, which is closed behind them.
struct MarkdownSection {
  std::string head{};
  std::vector<std::string> rows{};  ///< At least one.
  std::string tail{};
};

/// What did not fit.
struct MarkdownCut {
  std::size_t rows = 0;
  std::size_t sections = 0;  ///< That lack rows.
};

/// Appends them as far as `most_markdown` allows, with room for a thousand bytes behind them. Once something is cut,
/// all that follows is: what is left out is the end, and no one has to guess.
[[nodiscard]] MarkdownCut append_sections(std::string& text, const std::vector<MarkdownSection>& sections);

}  // namespace bulkhead
