// The text in a picture: any bytes in, short lines of valid text out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bulkhead {

/// The text with every byte that is no UTF-8, and every control character, shown as U+FFFD; tab and line breaks become
/// a space. What comes out may stand in XML, which knows no control characters, and in one line.
[[nodiscard]] std::string displayable(std::string_view text);

/// The number of characters (code points) of valid UTF-8.
[[nodiscard]] std::size_t length_of(std::string_view text);

/// Breaks one line of displayable() text into lines of at most `width` characters (at least 1), separated by '\n'.
/// Breaks behind a space, '/', '_', '-', ',', ';' or "::", and inside a word only when it is longer than a line.
/// What does not fit into `lines` lines (at least 1) is cut, and an ellipsis says so.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width, std::size_t lines);

/// The text as Graphviz's labels and tooltips want it: a backslash begins an escape there, and an ampersand an entity.
/// `line_end` stands for '\n': "\\n" centres the line before it; "\\l" moves it to the left, and ends the last line
/// too.
[[nodiscard]] std::string escape_label(std::string_view text, std::string_view line_end = "\\n");

/// The width of one line of displayable() text, in units of the font size. As wide as in DejaVu Sans or Verdana, the
/// widest of the common sans-serif fonts, so that the text fits whichever of them the reader has.
[[nodiscard]] double width_of(std::string_view text);

}  // namespace bulkhead
