// The syntax of a toggle: arguments as in a CMake file, and the keywords of if() that a toggle knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// What a keyword does. In if() these are the unquoted arguments of that very text.
enum class KeywordKind : std::uint8_t {
  open,              ///< (
  close,             ///< )
  negation,          ///< NOT
  conjunction,       ///< AND
  disjunction,       ///< OR
  defined,           ///< DEFINED
  in_list,           ///< IN_LIST
  matches,           ///< MATCHES
  compare_numbers,   ///< EQUAL and its kind
  compare_strings,   ///< STREQUAL and its kind
  compare_versions,  ///< VERSION_EQUAL and its kind
  foreign_test,      ///< A test of one argument that needs a running CMake: TARGET, EXISTS.
  foreign_relation,  ///< Likewise of two arguments: IS_NEWER_THAN.
};

/// What a comparison asks for.
enum class Comparison : std::uint8_t { less, less_equal, greater, greater_equal, equal };

/// A keyword of if().
struct Keyword {
  std::string_view text;
  KeywordKind kind;
  Comparison comparison = Comparison::equal;  ///< Means something for the compare_ kinds only.
};

/// The keyword of that exact text.
[[nodiscard]] const Keyword* find_keyword(std::string_view text);

/// True for IN_LIST, MATCHES and the comparisons: a value on either side.
[[nodiscard]] bool is_relation(KeywordKind kind);

/// A piece of an argument: text with its escapes resolved, or one end of a ${reference}; the pieces between the two
/// ends make the variable's name.
struct ArgumentPiece {
  enum class Kind : std::uint8_t { text, open_reference, close_reference };
  Kind kind;
  std::string text{};  ///< Empty for the ends of a reference.
};

/// One argument of a condition.
struct ToggleArgument {
  std::vector<ArgumentPiece> pieces;
  bool quoted = false;       ///< Quoted or in brackets: no keyword, and no name of a variable.
  std::uint32_t offset = 0;  ///< In the toggle's text.

  /// The argument's text if it does not depend on a variable.
  [[nodiscard]] std::optional<std::string> constant() const;
  /// The keyword that the argument is, or nullptr.
  [[nodiscard]] const Keyword* keyword() const;
};

/// Splits `text` into arguments; parentheses are unquoted arguments of their own. An Error tells the place.
[[nodiscard]] Result<std::vector<ToggleArgument>> read_arguments(std::string_view text, const Location& where);

/// Checks that the arguments make a condition, as far as the values of variables do not matter. Returns the variables
/// that Toggle::variables() promises. `text` and `where` are for the places of Errors.
[[nodiscard]] Result<std::vector<std::string>> check_condition(const std::vector<ToggleArgument>& arguments,
                                                               std::string_view text, const Location& where);

}  // namespace bulkhead
