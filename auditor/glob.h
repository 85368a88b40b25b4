// Globs: patterns over paths relative to the top source directory, and over target names.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// A parsed pattern, matched against the whole of a path or name:
///
///     *        any run of characters but '/'
///     ?        one character but '/'
///     [a-z]    one of these ASCII characters; [!a-z] and [^a-z]: one character that is neither of these nor '/'
///     **       any run of characters, '/' included; as a whole folder ("a/**/b") also no folder at all
///     dir/**   everything below dir, and dir itself
///     {a,b}    either; may be nested
///     \*       the character itself
///
/// A path has '/' between its folders and no "." or "//"; ".." can only come first. "?" takes a whole UTF-8 sequence.
/// Immutable.
class Glob {
 public:
  /// Parses `pattern`; an Error's column counts from `where.column` on, which is where `pattern` begins.
  static Result<Glob> parse(std::string_view pattern, const Location& where);

  /// True when all of `path` fits. Time is linear in `path` for ordinary patterns and at worst quadratic.
  [[nodiscard]] bool matches(std::string_view path) const {
    return path.starts_with(literal_prefix_) && path.ends_with(literal_suffix_) && matches_any_alternative(path);
  }
  /// As it was written.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// What everything that matches begins with; may be empty. Borrows from the glob.
  [[nodiscard]] std::string_view literal_prefix() const { return literal_prefix_; }

 private:
  enum class TokenKind : std::uint8_t {
    literal,    // characters [begin, end) of literals_
    character,  // ?
    one_of,     // classes_[begin]
    star,       // *
    globstar,   // ** in the middle of a name, or at the end
    folders,    // **/ at the start of a name: any number of folders, each with its '/'
    below,      // /** at the end: nothing, or '/' and anything
  };
  struct Token {
    TokenKind kind;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct CharacterClass {
    std::bitset<128> ascii;
    bool beyond_ascii = false;
  };
  using Alternative = std::vector<Token>;
  class Compiler;

  explicit Glob(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] bool matches_any_alternative(std::string_view path) const;
  [[nodiscard]] bool matches_alternative(const Alternative& tokens, std::string_view path) const;
  [[nodiscard]] std::size_t match_token(const Token& token, std::string_view path, std::size_t position) const;
  [[nodiscard]] std::string_view literal(const Token& token) const;

  std::string text_;
  std::string literals_;
  std::vector<CharacterClass> classes_;
  std::vector<Alternative> alternatives_;
  std::string literal_prefix_;
  std::string literal_suffix_;
};

}  // namespace bulkhead
