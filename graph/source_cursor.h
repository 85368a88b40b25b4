// The characters of a source as translation phase 2 leaves them: spliced lines are one. For the lexer only.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace bulkhead {

/// What a character can begin or belong to, as bits.
enum CharacterClass : std::uint8_t {
  identifier_start = 1,
  digit = 2,
  blank = 4,  ///< Not the ends of lines. NUL is one, as for GCC.
  line_end = 8,
  remarkable = 16,  ///< Not to be passed over in the middle of a line.
};

inline constexpr std::array<std::uint8_t, 256> character_classes = [] {
  std::array<std::uint8_t, 256> classes{};
  const auto add = [&classes](std::string_view characters, CharacterClass added) {
    for (const char c : characters) classes[static_cast<unsigned char>(c)] |= added;
  };
  add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$", identifier_start);
  for (std::size_t c = 0x80; c < classes.size(); ++c) classes[c] |= identifier_start;  // letters of UTF-8
  add("0123456789", digit);
  add({" \t\f\v\0", 5}, blank);
  add("\n\r", line_end);
  add({"\n\r\0/\"'\\", 7}, remarkable);
  for (auto& of : classes) {
    if ((of & (identifier_start | digit)) != 0) of |= remarkable;
  }
  return classes;
}();

[[nodiscard]] inline std::uint8_t classes_of(char c) {
  return character_classes[static_cast<unsigned char>(c)];
}
[[nodiscard]] inline bool is_blank(char c) {
  return (classes_of(c) & blank) != 0;
}
[[nodiscard]] inline bool is_line_end(char c) {
  return (classes_of(c) & line_end) != 0;
}
[[nodiscard]] inline bool is_name_character(char c) {
  return (classes_of(c) & (identifier_start | digit)) != 0;
}

/// Behind the line end at `at`: `\n`, `\r\n` or `\r`.
[[nodiscard]] inline const char* after_line_end(const char* at) {
  return at + (at[0] == '\r' && at[1] == '\n' ? 2 : 1);
}

/// Behind the spliced line ends that begin at `at`. As in GCC, blanks may stand behind the backslash. The text ends
/// with a zero byte.
[[nodiscard]] inline const char* skip_splices(const char* at) {
  while (*at == '\\') {
    const char* end = at + 1;
    while (*end != '\0' && (classes_of(*end) & blank) != 0) ++end;
    if ((classes_of(*end) & line_end) == 0) break;
    at = after_line_end(end);
  }
  return at;
}

/// Whether the line end at `at` is spliced; looks back as far as `begin`.
[[nodiscard]] inline bool is_spliced(const char* at, const char* begin) {
  if (at > begin && at[0] == '\n' && at[-1] == '\r') --at;
  while (at > begin && at[-1] != '\0' && (classes_of(at[-1]) & blank) != 0) --at;
  return at > begin && at[-1] == '\\';
}

/// Where the comment `//` or a directive that nobody reads ends: at the line end that is not spliced, or at `end`.
[[nodiscard]] const char* find_line_end(const char* at, const char* end);
/// Behind the `*/` of a comment, or `end`. `at` is behind its `/*`.
[[nodiscard]] const char* skip_block_comment(const char* at, const char* end);
/// Behind a string or character literal, whose first quote is at `at`; one that is not closed ends with the line.
[[nodiscard]] const char* skip_literal(const char* at, const char* end);
/// Behind a raw string, whose first quote is at `at`; `end` when it is not closed.
[[nodiscard]] const char* skip_raw_string(const char* at, const char* end);
/// Behind a preprocessing number.
[[nodiscard]] const char* skip_number(const char* at);
/// Behind an identifier of one line, less what follows a splice in it.
[[nodiscard]] inline const char* skip_name(const char* at) {
  while (is_name_character(*at)) ++at;
  return at;
}
/// Behind blanks, comments and splices; not behind a line end, except one in a comment.
[[nodiscard]] const char* skip_blanks(const char* at, const char* end);
inline constexpr std::size_t longest_word = 16;  ///< Of those that name a directive, in bytes.

/// The word at `at`, which may be spliced, as far as it is short enough to matter. `word` holds it; `at` moves behind
/// it and the splices that follow.
[[nodiscard]] inline std::string_view read_word(const char*& at, std::array<char, longest_word>& word) {
  std::size_t size = 0;
  at = skip_splices(at);
  for (; is_name_character(*at); at = skip_splices(at + 1)) {
    if (size < word.size()) word[size] = *at;
    ++size;
  }
  return {word.data(), std::min(size, word.size())};
}

/// Whether an identifier makes a raw string of the literal that follows it.
[[nodiscard]] inline bool is_raw_prefix(std::string_view word) {
  return word == "R" || word == "LR" || word == "uR" || word == "UR" || word == "u8R";
}

}  // namespace bulkhead
