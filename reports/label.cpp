#include "reports/label.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace bulkhead {
namespace {

constexpr std::string_view replacement = "\uFFFD";
constexpr std::string_view ellipsis = "\u2026";

/// Hundredths of the font size, for the printable characters of ASCII.
constexpr std::array<std::uint8_t, 95> widths = {
    32, 40, 46, 84, 64, 95, 78, 27, 39,  39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69,  61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63,  63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84};

constexpr bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The length of the well-formed UTF-8 sequence at the front, or 0: no overlong form, surrogate or noncharacter that
/// XML forbids, nothing above U+10FFFF.
std::size_t sequence_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  std::uint32_t code = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const std::uint32_t smallest = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  const bool noncharacter = code == 0xFFFE || code == 0xFFFF;
  const bool control = code < 0xA0;  // U+0080 to U+009F
  return code < smallest || code > 0x10FFFF || surrogate || noncharacter || control ? 0 : length;
}

/// The text in pieces that must not be broken: each ends behind a separator.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const bool colons = text[i] == ':' && i > 0 && text[i - 1] == ':';
    if (!colons && std::string_view(" /_-,;").find(text[i]) == std::string_view::npos) continue;
    if (i == begin && text[i] != ' ') continue;  // no lone ".", "/" or "-" at the end of a line
    pieces.push_back(text.substr(begin, i + 1 - begin));
    begin = i + 1;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

/// The first `count` characters of valid UTF-8.
std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size() && count > 0) {
    ++end;
    while (end < text.size() && is_continuation(text[end])) ++end;
    --count;
  }
  return text.substr(0, end);
}

}  // namespace

std::string displayable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text.front());
    const std::size_t length = sequence_length(text);
    if (c == '\n' || c == '\t' || c == '\r') {
      shown += ' ';
    } else if (length == 0 || c < 0x20 || c == 0x7F) {
      shown += replacement;
    } else {
      shown += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return shown;
}

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string escape_label(std::string_view text, std::string_view line_end) {
  std::string label;
  for (const char c : text) {
    switch (c) {
      case '\\': label += "\\\\"; break;
      case '&': label += "&amp;"; break;
      case '\n': label += line_end; break;
      default: label += c;
    }
  }
  if (line_end == "\\l") label += line_end;
  return label;
}

double width_of(std::string_view text) {
  std::size_t sum = 0;
  for (const char c : text) {
    if (is_continuation(c)) continue;
    const std::size_t index = static_cast<unsigned char>(c) - 0x20U;
    sum += index < widths.size() ? widths[index] : 100;  // beyond ASCII a character is as wide as it is high
  }
  return static_cast<double>(sum) / 100;
}

std::string wrap(std::string_view text, std::size_t width, std::size_t lines) {
  std::vector<std::string> done(1);
  for (std::string_view piece : pieces_of(text)) {
    // A space at the end of a line may hang over the edge: nobody sees it.
    const std::size_t visible = length_of(piece) - (piece.ends_with(' ') ? 1 : 0);
    if (!done.back().empty() && length_of(done.back()) + visible > width) done.emplace_back();
    while (length_of(done.back()) + length_of(piece) > width + (piece.ends_with(' ') ? 1 : 0)) {
      const std::string_view head = first_characters(piece, width);
      done.back() += head;
      done.emplace_back();
      piece.remove_prefix(head.size());
    }
    done.back() += piece;
  }
  if (done.size() > lines) {
    done.resize(lines);
    done.back() += ellipsis;
  }
  std::string joined;
  for (std::string& line : done) {
    while (line.ends_with(' ')) line.pop_back();
    if (!joined.empty()) joined += '\n';
    joined += line;
  }
  return joined;
}

}  // namespace bulkhead
