// Whether the arguments of a toggle make a condition, and what to say when they do not.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "auditor/cmake_regex.h"
#include "auditor/located.h"
#include "auditor/nearest.h"
#include "auditor/toggle.h"
#include "auditor/toggle_parser.h"
#include "auditor/toggle_value.h"
#include "graph/constant.h"

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 19> infix_keywords = {
    "AND",
    "EQUAL",
    "GREATER",
    "GREATER_EQUAL",
    "IN_LIST",
    "LESS",
    "LESS_EQUAL",
    "MATCHES",
    "OR",
    "STREQUAL",
    "STRGREATER",
    "STRLESS",
    "STRGREATER_EQUAL",
    "STRLESS_EQUAL",
    "VERSION_EQUAL",
    "VERSION_LESS",
    "VERSION_GREATER",
    "VERSION_LESS_EQUAL",
    "VERSION_GREATER_EQUAL",
};
constexpr std::array<std::string_view, 2> prefix_keywords = {"DEFINED", "NOT"};

// True for what nobody names a variable, though CMake would let them: "3.5" in `3.5 VERSION_LESS VER`.
bool looks_like_value(const std::string& text) {
  const bool is_version =
      std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
  return is_version || is_true_constant(text) || is_false_constant(text) || read_number(text).has_value();
}

std::string shown(const ToggleArgument& argument) {
  std::string text;
  for (const ArgumentPiece& piece : argument.pieces) {
    switch (piece.kind) {
      case ArgumentPiece::Kind::text: text += piece.text; break;
      case ArgumentPiece::Kind::open_reference: text += "${"; break;
      case ArgumentPiece::Kind::close_reference: text += '}'; break;
    }
  }
  return argument.quoted ? fmt::format("`\"{}\"`", text) : fmt::format("`{}`", text);
}

// Walks over the arguments once, and knows at each what may come there. Methods that return false have set error_.
class ConditionChecker {
 public:
  ConditionChecker(const std::vector<ToggleArgument>& arguments, std::string_view text, const Location& where)
      : arguments_(arguments), text_(text), where_(where) {}

  Result<std::vector<std::string>> check() {
    if (check_all()) return std::move(variables_);
    return tl::unexpected<Error>(std::move(error_));
  }

 private:
  enum class Expected : std::uint8_t {
    condition,   // at the start, after '(', NOT, AND, OR
    name,        // after DEFINED
    value,       // on the right of a relation
    connective,  // after a condition or a value
  };

  bool refuse(const ToggleArgument& at, std::string message, std::string hint = {}) {
    error_ = Error{locate(where_, text_, at.offset), std::move(message), std::move(hint)};
    return false;
  }

  bool check_all() {
    if (arguments_.empty()) {
      error_ = Error{where_, "the toggle is empty", "write a condition, such as `USE_CUDA` or `NOT MINIMAL`"};
      return false;
    }
    for (const ToggleArgument& argument : arguments_) {
      if (!check_argument(argument)) return false;
      previous_ = &argument;
    }
    if (expected_ != Expected::connective) return refuse_missing_right_side(nullptr);
    if (!settle_condition()) return false;
    if (open_.empty()) return true;
    return refuse(*open_.back(), "this `(` is never closed");
  }

  bool check_argument(const ToggleArgument& argument) {
    add_references(argument);
    switch (expected_) {
      case Expected::condition: return check_condition_start(argument);
      case Expected::name: return check_defined_name(argument);
      case Expected::value: return check_right_value(argument);
      case Expected::connective: return check_connective(argument);
    }
    return false;
  }

  bool check_condition_start(const ToggleArgument& argument) {
    const Keyword* keyword = argument.keyword();
    if (keyword == nullptr) {
      if (const auto word = argument.quoted ? std::nullopt : argument.constant(); word && word->starts_with('!')) {
        return refuse(argument, fmt::format("{} is no condition of if()", shown(argument)),
                      fmt::format("write `NOT {}`", word->substr(1)));
      }
      left_ = &argument;
      expected_ = Expected::connective;
      return true;
    }
    switch (keyword->kind) {
      case KeywordKind::open: open_.push_back(&argument); return true;
      case KeywordKind::negation:
        if (!follows(KeywordKind::negation)) return true;
        return refuse(argument, "`NOT` cannot follow `NOT`", "CMake refuses it: write `NOT (NOT X)`, or neither");
      case KeywordKind::defined: expected_ = Expected::name; return true;
      case KeywordKind::foreign_test:
      case KeywordKind::foreign_relation: return refuse_foreign(argument);
      case KeywordKind::close:
        if (open_.empty()) return refuse(argument, "this `)` closes nothing");
        if (follows(KeywordKind::open)) return refuse(argument, "nothing is between the parentheses");
        return refuse_missing_right_side(&argument);
      default:
        if (previous_ != nullptr && !follows(KeywordKind::open)) return refuse_missing_right_side(&argument);
        return refuse(argument, fmt::format("{} needs {} on its left", shown(argument),
                                            is_relation(keyword->kind) ? "a value" : "a condition"));
    }
  }

  bool check_defined_name(const ToggleArgument& argument) {
    if (argument.keyword() != nullptr) return refuse_missing_right_side(&argument);
    const std::optional<std::string> name = argument.constant();
    if (name && name->starts_with("ENV{")) {
      return refuse(argument, "a toggle only knows variables, not the environment",
                    "let CMake put it in a cache variable");
    }
    left_ = nullptr;
    expected_ = Expected::connective;
    return true;
  }

  bool check_right_value(const ToggleArgument& argument) {
    const Keyword* relation = previous_->keyword();
    const Keyword* keyword = argument.keyword();
    const bool takes_group =
        relation->kind == KeywordKind::compare_numbers || relation->kind == KeywordKind::compare_strings;
    if (keyword != nullptr && keyword->kind == KeywordKind::open && takes_group) {
      open_.push_back(&argument);
      expected_ = Expected::condition;
      return true;
    }
    if (keyword != nullptr) return refuse_missing_right_side(&argument);

    const std::optional<std::string> constant = argument.constant();
    if (relation->kind == KeywordKind::matches && constant) {
      const auto regex = CMakeRegex::compile(*constant, locate(where_, text_, argument.offset));
      if (!regex) {
        error_ = regex.error();
        return false;
      }
    }
    if (relation->kind == KeywordKind::in_list && constant) {
      if (constant->empty() || constant->find(';') != std::string::npos) {
        return refuse(argument, "`IN_LIST` needs the name of a list variable on its right, not a list",
                      "compare with STREQUAL, or with MATCHES \"^(a|b)$\"");
      }
      add_variable(*constant);
    }
    left_ = nullptr;
    expected_ = Expected::connective;
    return true;
  }

  bool check_connective(const ToggleArgument& argument) {
    const Keyword* keyword = argument.keyword();
    if (keyword == nullptr) return refuse_unexpected(argument);
    if (is_relation(keyword->kind)) {
      settle_left_value(keyword->kind);
      expected_ = Expected::value;
      return true;
    }
    switch (keyword->kind) {
      case KeywordKind::conjunction:
      case KeywordKind::disjunction:
        if (!settle_condition()) return false;
        expected_ = Expected::condition;
        return true;
      case KeywordKind::close:
        if (open_.empty()) return refuse(argument, "this `)` closes nothing");
        open_.pop_back();
        return settle_condition();
      case KeywordKind::foreign_relation: return refuse_foreign(argument);
      default: return refuse_unexpected(argument);
    }
  }

  [[nodiscard]] bool follows(KeywordKind kind) const {
    const Keyword* keyword = previous_ == nullptr ? nullptr : previous_->keyword();
    return keyword != nullptr && keyword->kind == kind;
  }

  bool refuse_foreign(const ToggleArgument& argument) {
    return refuse(argument, fmt::format("a toggle only knows variables, so it cannot ask for {}", shown(argument)),
                  "let CMake put the answer in a cache variable, or quote the word to mean the text");
  }

  // The keyword before lacks what must follow it. `found` is the keyword in its place, if any.
  bool refuse_missing_right_side(const ToggleArgument* found) {
    const Keyword* keyword = previous_->keyword();
    if (keyword->kind == KeywordKind::open) return refuse(*previous_, "this `(` is never closed");
    std::string_view what = "a condition";
    if (expected_ == Expected::name) what = "the name of a variable";
    if (expected_ == Expected::value) what = "a value";
    std::string message = fmt::format("`{}` needs {} on its right", keyword->text, what);
    if (found == nullptr) return refuse(*previous_, std::move(message));
    const Keyword* found_keyword = found->keyword();
    const bool is_word = found_keyword->kind != KeywordKind::open && found_keyword->kind != KeywordKind::close;
    std::string hint;
    if (is_word) hint = fmt::format("to mean the text, quote it: `\"{}\"`", found_keyword->text);
    return refuse(*found, fmt::format("{}, not {}", message, shown(*found)), std::move(hint));
  }

  // Two values side by side: a mistyped keyword, or a missing one.
  bool refuse_unexpected(const ToggleArgument& argument) {
    const std::optional<std::string> word = argument.quoted ? std::nullopt : argument.constant();
    if (const auto meant = word ? nearest(*word, infix_keywords) : std::nullopt; meant && *meant != *word) {
      return refuse(argument, fmt::format("{} is no keyword of if()", shown(argument)),
                    fmt::format("did you mean `{}`?", *meant));
    }
    if (const auto other = word ? keyword_for(*word) : std::nullopt) {
      return refuse(argument, fmt::format("{} is no keyword of if()", shown(argument)),
                    fmt::format("write {}", *other));
    }
    const std::optional<std::string> before = left_ == nullptr || left_->quoted ? std::nullopt : left_->constant();
    if (const auto meant = before ? nearest(*before, prefix_keywords) : std::nullopt) {
      return refuse(*left_, fmt::format("{} is no keyword of if()", shown(*left_)),
                    fmt::format("did you mean `{}`?", *meant));
    }
    return refuse(argument, fmt::format("{} is not expected after {}", shown(argument), shown(*previous_)),
                  "join conditions with AND or OR");
  }

  // What people write who think of another language.
  static std::optional<std::string_view> keyword_for(std::string_view word) {
    if (word == "==" || word == "=") return "`STREQUAL`, or `EQUAL` for numbers";
    if (word == "!=") return "`NOT ... STREQUAL ...`";
    if (word == "&&") return "`AND`";
    if (word == "||") return "`OR`";
    return std::nullopt;
  }

  void add_variable(const std::string& name) {
    if (std::find(variables_.begin(), variables_.end(), name) == variables_.end()) variables_.push_back(name);
  }

  // Names that contain references themselves are only known when the toggle is evaluated.
  void add_references(const ToggleArgument& argument) {
    using Kind = ArgumentPiece::Kind;
    const std::vector<ArgumentPiece>& pieces = argument.pieces;
    for (std::size_t i = 0; i + 2 < pieces.size(); ++i) {
      const bool is_plain = pieces[i].kind == Kind::open_reference && pieces[i + 1].kind == Kind::text &&
                            pieces[i + 2].kind == Kind::close_reference;
      if (is_plain) add_variable(pieces[i + 1].text);
    }
  }

  // The condition has ended; if it was a value alone, that is a variable.
  bool settle_condition() {
    const ToggleArgument* alone = std::exchange(left_, nullptr);
    const std::optional<std::string> name = alone == nullptr || alone->quoted ? std::nullopt : alone->constant();
    if (!name || looks_like_value(*name)) return true;
    if (name->ends_with('}') && (name->starts_with("CACHE{") || name->starts_with("ENV{"))) {
      return refuse(*alone, fmt::format("CMake understands {} only after DEFINED", shown(*alone)),
                    "write the name of the variable alone");
    }
    add_variable(*name);
    return true;
  }

  void settle_left_value(KeywordKind relation) {
    const ToggleArgument* left = std::exchange(left_, nullptr);
    if (relation == KeywordKind::in_list || left == nullptr || left->quoted) return;
    const std::optional<std::string> name = left->constant();
    if (name && !looks_like_value(*name)) add_variable(*name);
  }

  const std::vector<ToggleArgument>& arguments_;
  std::string_view text_;
  const Location& where_;
  Expected expected_ = Expected::condition;
  const ToggleArgument* previous_ = nullptr;
  const ToggleArgument* left_ = nullptr;  // a value of which only what follows tells whether it stands alone
  std::vector<const ToggleArgument*> open_;
  std::vector<std::string> variables_;
  Error error_;
};

}  // namespace

Result<std::vector<std::string>> check_condition(const std::vector<ToggleArgument>& arguments, std::string_view text,
                                                 const Location& where) {
  return ConditionChecker(arguments, text, where).check();
}

}  // namespace bulkhead
