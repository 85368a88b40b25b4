#include "auditor/toggle.h"

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "auditor/cmake_regex.h"
#include "auditor/located.h"
#include "auditor/toggle_parser.h"
#include "auditor/toggle_value.h"
#include "graph/constant.h"

namespace bulkhead {

struct Toggle::Expression {
  std::vector<ToggleArgument> arguments;
};

namespace {

// An argument after its references are expanded, or the outcome of a part of the condition: "0" or "1", quoted.
struct Word {
  std::string value;
  bool quoted = false;
  std::uint32_t offset = 0;
  const Keyword* keyword = nullptr;
};

Word outcome(bool value, std::uint32_t offset) {
  return {value ? "1" : "0", true, offset, nullptr};
}

bool is(const Word& word, KeywordKind kind) {
  return word.keyword != nullptr && word.keyword->kind == kind;
}

bool holds(Comparison comparison, std::partial_ordering order) {
  switch (comparison) {
    case Comparison::less: return order < 0;
    case Comparison::less_equal: return order <= 0;
    case Comparison::greater: return order > 0;
    case Comparison::greater_equal: return order >= 0;
    case Comparison::equal: return order == 0;
  }
  return false;
}

// CMake does not parse a condition, it rewrites the list of arguments: for each level of precedence it goes from left
// to right and replaces what it can by "0" or "1", and again until nothing is left to replace. We do the same, since it
// shows: AND and OR are of one level, and `a OR b OR c AND d` comes out as `(a OR b) OR (c AND d)`, because a pass does
// not look again at what it has just replaced. There is no short-circuit. Nothing here recurses.
//
// Methods that return nothing have set error_.
class Evaluation {
 public:
  Evaluation(const LookUpVariable& look_up, std::string_view text, const Location& where)
      : look_up_(look_up), text_(text), where_(where) {}

  Result<bool> run(const std::vector<ToggleArgument>& arguments) {
    std::vector<Word> words;
    for (const ToggleArgument& argument : arguments) expand(argument, words);
    const std::optional<Word> result = reduce_groups(std::move(words));
    if (!result) return tl::unexpected<Error>(std::move(error_));
    return truth(*result);
  }

 private:
  std::nullopt_t refuse(std::uint32_t offset, std::string message, std::string hint = {}) {
    error_ = Error{locate(where_, text_, offset), std::move(message), std::move(hint)};
    return std::nullopt;
  }

  // Appends what the argument becomes: one word when quoted, else one for each element of the list, or none.
  void expand(const ToggleArgument& argument, std::vector<Word>& words) const {
    std::vector<std::string> open(1);  // the text so far, and of each reference that is not closed yet the name so far
    for (const ArgumentPiece& piece : argument.pieces) {
      switch (piece.kind) {
        case ArgumentPiece::Kind::text: open.back() += piece.text; break;
        case ArgumentPiece::Kind::open_reference: open.emplace_back(); break;
        case ArgumentPiece::Kind::close_reference: {
          const std::string name = std::move(open.back());
          open.pop_back();
          open.back() += look_up_(name).value_or("");
          break;
        }
      }
    }
    if (argument.quoted) {
      words.push_back({std::move(open.front()), true, argument.offset, nullptr});
      return;
    }
    for (std::string& element : split_list(open.front())) {
      if (element.empty()) continue;
      const Keyword* keyword = find_keyword(element);
      words.push_back({std::move(element), false, argument.offset, keyword});
    }
  }

  // Innermost parentheses first. An empty condition is false.
  std::optional<Word> reduce_groups(std::vector<Word> words) {
    struct Group {
      std::uint32_t offset;
      std::vector<Word> words;
    };
    std::vector<Group> open(1);
    for (Word& word : words) {
      if (is(word, KeywordKind::open)) {
        open.push_back({word.offset, {}});
      } else if (is(word, KeywordKind::close)) {
        if (open.size() == 1) return refuse(word.offset, "this `)` closes nothing");
        const std::uint32_t offset = open.back().offset;
        const std::optional<Word> group = reduce(std::move(open.back().words), offset);
        if (!group) return std::nullopt;
        open.pop_back();
        open.back().words.push_back(outcome(truth(*group), offset));
      } else {
        open.back().words.push_back(std::move(word));
      }
    }
    if (open.size() > 1) return refuse(open.back().offset, "this `(` is never closed");
    return reduce(std::move(open.front().words), 0);
  }

  std::optional<Word> reduce(std::vector<Word> words, std::uint32_t offset) {
    if (words.empty()) return outcome(false, offset);
    if (!reduce_level(words, &Evaluation::try_test) || !reduce_level(words, &Evaluation::try_relation) ||
        !reduce_level(words, &Evaluation::try_negation) || !reduce_level(words, &Evaluation::try_connective)) {
      return std::nullopt;
    }
    if (words.size() == 1) return std::move(words.front());
    // The toggle itself has been checked, so that a value that was put in for a reference must be at fault.
    return refuse(words[1].offset, fmt::format("`{}` is not expected after `{}`", words[1].value, words[0].value),
                  "quote the reference whose value has more or fewer than one word");
  }

  // What the first of these words, with those after it, is replaced by.
  struct Replacement {
    std::size_t size;  // the number of words replaced; 0 when there is nothing to replace
    bool value;
  };
  using Words = const Word*;  // [0] is there always, the others if `count` says so
  using Step = std::optional<Replacement> (Evaluation::*)(Words words, std::size_t count);
  static constexpr Replacement nothing{0, false};

  // False on error.
  bool reduce_level(std::vector<Word>& words, Step step) {
    for (std::size_t size_before = words.size() + 1; words.size() < size_before;) {
      size_before = words.size();
      std::size_t kept = 0;
      for (std::size_t i = 0; i < size_before; ++kept) {
        const std::optional<Replacement> replacement = (this->*step)(&words[i], size_before - i);
        if (!replacement) return false;
        if (replacement->size != 0) {
          words[kept] = outcome(replacement->value, words[i].offset);
          i += replacement->size;
        } else {
          if (kept != i) words[kept] = std::move(words[i]);
          ++i;
        }
      }
      words.resize(kept);
    }
    return true;
  }

  std::optional<Replacement> try_test(Words words, std::size_t count) {
    if (count < 2) return nothing;
    if (is(words[0], KeywordKind::foreign_test)) return refuse_foreign(words[0]);
    if (!is(words[0], KeywordKind::defined)) return nothing;
    std::string_view name = words[1].value;
    if (name.ends_with('}') && name.starts_with("ENV{")) {
      return refuse(words[1].offset, "a toggle only knows variables, not the environment");
    }
    if (name.size() > 7 && name.ends_with('}') && name.starts_with("CACHE{")) name = name.substr(6, name.size() - 7);
    return Replacement{2, look_up_(name).has_value()};
  }

  std::optional<Replacement> try_relation(Words words, std::size_t count) {
    // `${EMPTY} MATCHES x` has lost its left side, and is false.
    if (count >= 2 && is(words[0], KeywordKind::matches)) return Replacement{2, false};
    if (count < 3 || words[1].keyword == nullptr) return nothing;
    const Keyword& keyword = *words[1].keyword;
    switch (keyword.kind) {
      case KeywordKind::in_list: {
        const std::optional<std::string_view> list = look_up_(words[2].value);
        if (!list) return Replacement{3, false};
        const std::vector<std::string> elements = split_list(*list);
        return Replacement{3, std::find(elements.begin(), elements.end(), value_of(words[0])) != elements.end()};
      }
      case KeywordKind::matches: {
        const auto regex = CMakeRegex::compile(words[2].value, locate(where_, text_, words[2].offset));
        if (regex) return Replacement{3, regex->matches(value_of(words[0]))};
        error_ = regex.error();
        return std::nullopt;
      }
      case KeywordKind::compare_numbers: {
        const std::optional<double> left = read_leading_number(std::string(value_of(words[0])));
        const std::optional<double> right = read_leading_number(std::string(value_of(words[2])));
        return Replacement{3, left && right && holds(keyword.comparison, *left <=> *right)};
      }
      case KeywordKind::compare_strings:
        return Replacement{3, holds(keyword.comparison, value_of(words[0]) <=> value_of(words[2]))};
      case KeywordKind::compare_versions:
        return Replacement{3, holds(keyword.comparison, compare_versions(value_of(words[0]), value_of(words[2])))};
      case KeywordKind::foreign_relation: return refuse_foreign(words[1]);
      default: return nothing;
    }
  }

  std::optional<Replacement> try_negation(Words words, std::size_t count) {
    if (count < 2 || !is(words[0], KeywordKind::negation)) return nothing;
    return Replacement{2, !truth(words[1])};
  }

  std::optional<Replacement> try_connective(Words words, std::size_t count) {
    if (count < 3) return nothing;
    if (is(words[1], KeywordKind::conjunction)) return Replacement{3, truth(words[0]) && truth(words[2])};
    if (is(words[1], KeywordKind::disjunction)) return Replacement{3, truth(words[0]) || truth(words[2])};
    return nothing;
  }

  std::nullopt_t refuse_foreign(const Word& word) {
    return refuse(word.offset, fmt::format("a toggle only knows variables, so it cannot ask for `{}`", word.value),
                  "quote the reference to mean the text");
  }

  // The value of the variable that the word names, or else the word itself.
  [[nodiscard]] std::string_view value_of(const Word& word) const {
    if (word.quoted) return word.value;
    return look_up_(word.value).value_or(word.value);
  }

  // Constants and numbers first; then a variable is true unless its value is a false constant. A variable whose value
  // is "0.0" is therefore true, though the constant is false.
  [[nodiscard]] bool truth(const Word& word) const {
    if (is_true_constant(word.value)) return true;
    if (word.quoted || is_false_constant(word.value) || read_number(word.value)) return false;
    const std::optional<std::string_view> value = look_up_(word.value);
    return value && !is_false_constant(*value);
  }

  const LookUpVariable& look_up_;
  std::string_view text_;
  const Location& where_;
  Error error_;
};

}  // namespace

Toggle::Toggle(std::string text, Location where, std::shared_ptr<const Expression> expression,
               std::vector<std::string> variables)
    : text_(std::move(text)),
      where_(std::move(where)),
      expression_(std::move(expression)),
      variables_(std::move(variables)) {}

Result<Toggle> Toggle::parse(std::string_view text, const Location& where) {
  auto arguments = read_arguments(text, where);
  if (!arguments) return tl::unexpected<Error>(std::move(arguments).error());
  auto variables = check_condition(*arguments, text, where);
  if (!variables) return tl::unexpected<Error>(std::move(variables).error());
  auto expression = std::make_shared<const Expression>(Expression{std::move(*arguments)});
  return Toggle(std::string(text), where, std::move(expression), std::move(*variables));
}

Result<bool> Toggle::evaluate(const LookUpVariable& look_up) const {
  return Evaluation(look_up, text_, where_).run(expression_->arguments);
}

}  // namespace bulkhead
