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

/// The value of a variable, or nothing when it is not set. The view must stay valid until evaluate() returns.
using LookUpVariable = std::function<std::optional<std::string_view>(std::string_view name)>;

/// A parsed condition: variables and constants, NOT, AND, OR, parentheses, DEFINED, IN_LIST, STREQUAL and its kind,
/// EQUAL and its kind, MATCHES, VERSION_EQUAL and its kind, with quoted and bracket arguments and ${references}. Means
/// what cmake-commands(7), if(), says with policies CMP0012, CMP0054 and CMP0057 set to NEW. In particular AND and OR
/// are of one level and go from left to right, so mix them with parentheses only.
///
/// Where CMake would shrug, parse() is strict: operators are written out, not put in by a reference; a keyword must be
/// quoted to be a value; words may not hold quotes, ';' or '#'; IN_LIST needs a name rather than a list; and there must
/// be a condition at all. CMake's other tests (TARGET, EXISTS, ...), the environment and generator expressions are
/// refused, since a toggle only knows variables.
/// DEFINED CACHE{X} and $CACHE{X} ask for X like any other variable.
///
/// Immutable; copies share the parsed form.
class Toggle {
 public:
  /// Parses `text`, at most 64 KiB; an Error's column counts from `where.column` on, which is where `text` begins.
  static Result<Toggle> parse(std::string_view text, const Location& where);

  /// As it was written.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// The variables that must be set for the value to mean anything, in order of first appearance, without repetition:
  /// a variable that stands alone, the unquoted left side of a comparison, the list of IN_LIST, and what a ${reference}
  /// names, wherever it is. What DEFINED asks for, the element before IN_LIST, and the right side of a comparison may
  /// well be unset. Constants, numbers and versions are not taken for variables.
  [[nodiscard]] const std::vector<std::string>& variables() const { return variables_; }
  /// True when the condition holds. Fails when the value of a ${reference} is a wrong regular expression, or makes an
  /// unquoted argument into something that is no condition; the Error is at that argument.
  [[nodiscard]] Result<bool> evaluate(const LookUpVariable& look_up) const;

  struct Expression;

 private:
  Toggle(std::string text, Location where, std::shared_ptr<const Expression> expression,
         std::vector<std::string> variables);

  std::string text_;
  Location where_;
  std::shared_ptr<const Expression> expression_;
  std::vector<std::string> variables_;
};

/// CMake's idea of a true constant: 1, ON, YES, TRUE, Y, in any case, or a number that is not zero.
[[nodiscard]] bool is_true_constant(std::string_view value);

}  // namespace bulkhead
