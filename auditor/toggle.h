// Toggles: conditions in the syntax of CMake's if(), evaluated without CMake.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// The value of a variable, or nothing when it is not set.
using LookUpVariable = std::function<std::optional<std::string_view>(std::string_view name)>;

/// A parsed condition: variables and constants, NOT, AND, OR, parentheses, DEFINED, IN_LIST, STREQUAL and its kind,
/// EQUAL and its kind, MATCHES, VERSION_EQUAL and its kind. Follows cmake-commands(7), if(), with policies CMP0012,
/// CMP0054 and CMP0057 set to NEW. Immutable; copies share the parsed form.
class Toggle {
 public:
  /// Parses `text`; an Error's column counts from `where.column` on, which is where `text` begins.
  static Result<Toggle> parse(std::string_view text, const Location& where);

  /// As it was written.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// The variables that must be set for the value to mean anything, in order of first appearance, without repetition:
  /// a variable that stands alone, the unquoted left side of a comparison, the list of IN_LIST. What DEFINED asks for,
  /// and the element before IN_LIST, may well be unset.
  [[nodiscard]] const std::vector<std::string>& variables() const { return variables_; }
  /// True when the condition holds. Fails on a MATCHES whose regular expression comes from a variable and is wrong.
  [[nodiscard]] Result<bool> evaluate(const LookUpVariable& look_up) const;

  struct Expression;

 private:
  Toggle(std::string text, Location where, std::shared_ptr<const Expression> root, std::vector<std::string> variables);

  std::string text_;
  Location where_;
  std::shared_ptr<const Expression> root_;
  std::vector<std::string> variables_;
};

/// CMake's idea of a true constant: 1, ON, YES, TRUE, Y, or a non-zero number, in any case.
[[nodiscard]] bool is_true_constant(std::string_view value);
/// CMake's idea of a false constant: 0, OFF, NO, FALSE, N, IGNORE, NOTFOUND, empty, or ending in -NOTFOUND.
[[nodiscard]] bool is_false_constant(std::string_view value);

}  // namespace bulkhead
