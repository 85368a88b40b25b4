#include "graph/generator_expression.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "graph/constant.h"

namespace bulkhead {
namespace {

// Deeper ones than this no person writes; the functions below call themselves.
constexpr int deepest = 64;

// The position behind the `>` that closes the expression whose `$<` begins at `begin`; npos when nothing does.
std::size_t end_of_expression(std::string_view text, std::size_t begin) {
  int depth = 0;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text.substr(at).starts_with("$<")) {
      ++depth;
      ++at;
    } else if (text[at] == '>' && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

// Where `separator` stands outside of nested expressions; npos when nowhere.
std::size_t find_outside(std::string_view text, char separator) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("$<")) {
      ++depth;
      ++at;
    } else if (text[at] == '>' && depth > 0) {
      --depth;
    } else if (text[at] == separator && depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

template <class Visit>
void for_each_argument(std::string_view text, char separator, Visit&& visit) {
  for (;;) {
    const std::size_t end = find_outside(text, separator);
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> split_arguments(std::string_view text) {
  std::vector<std::string_view> arguments;
  for_each_argument(text, ',', [&](std::string_view argument) { arguments.push_back(argument); });
  return arguments;
}

ExpressionValue opposite(ExpressionValue truth) {
  if (truth == ExpressionValue::unknown) return truth;
  return truth == ExpressionValue::yes ? ExpressionValue::no : ExpressionValue::yes;
}

ExpressionValue both(ExpressionValue a, ExpressionValue b) {
  if (a == ExpressionValue::no || b == ExpressionValue::no) return ExpressionValue::no;
  return a == ExpressionValue::yes && b == ExpressionValue::yes ? ExpressionValue::yes : ExpressionValue::unknown;
}

ExpressionValue to_truth(bool value) {
  return value ? ExpressionValue::yes : ExpressionValue::no;
}

bool holds_expression(std::string_view text) {
  return text.find("$<") != std::string_view::npos;
}

// `$<NAME:rest>` in its parts; `rest` has no value where there is no colon.
struct Expression {
  std::string_view head;
  std::optional<std::string_view> rest;
};

// The whole of `text` as one expression.
std::optional<Expression> parse(std::string_view text) {
  if (!text.starts_with("$<") || end_of_expression(text, 0) != text.size()) return std::nullopt;
  const std::string_view inside = text.substr(2, text.size() - 3);
  const std::size_t colon = find_outside(inside, ':');
  if (colon == std::string_view::npos) return Expression{inside, std::nullopt};
  return Expression{inside.substr(0, colon), inside.substr(colon + 1)};
}

class Evaluator {
 public:
  Evaluator(const GenexContext& context, std::vector<LinkItem>& items) : context_(context), items_(items) {}

  void evaluate_entry(std::string_view entry) {
    entry_ = entry;
    visit(entry, ExpressionValue::yes, LinkUse::link, 0);
  }

 private:
  void emit(std::string_view text, ExpressionValue condition, LinkUse use) {
    // CMake marks the directory that a name was written in: `::@(0x1234)` as an entry, `::@<id>` behind a name.
    text = text.substr(0, text.find("::@"));
    if (!text.empty()) items_.push_back({text, condition, use, entry_});
  }

  // `text` may be a list, or several arguments, by the expression that it stood in.
  void visit_all(std::string_view text, char separator, ExpressionValue condition, LinkUse use, int depth) {
    for_each_argument(text, separator, [&](std::string_view part) {
      if (separator == ';') {
        visit(part, condition, use, depth);
      } else {
        visit_all(part, ';', condition, use, depth);
      }
    });
  }

  void visit(std::string_view text, ExpressionValue condition, LinkUse use, int depth) {
    if (!holds_expression(text)) {
      emit(text, condition, use);
      return;
    }
    const auto expression = depth < deepest ? parse(text) : std::nullopt;
    if (!expression || !expression->rest) {
      name_all(text, condition, use);
      return;
    }
    const auto [head, rest] = *expression;
    ++depth;
    if (head == "0" || head == "1" || head.starts_with("$<")) {
      visit_all(*rest, ';', both(condition, truth_of(head, depth)), use, depth);
    } else if (head == "LINK_ONLY" || head == "BUILD_INTERFACE" || head == "BUILD_LOCAL_INTERFACE" ||
               head == "TARGET_NAME" || head == "HOST_LINK" || head == "GENEX_EVAL" || head == "REMOVE_DUPLICATES") {
      visit_all(*rest, ';', condition, use, depth);
    } else if (head == "INSTALL_INTERFACE") {
      visit_all(*rest, ';', ExpressionValue::no, use, depth);
    } else if (head == "COMPILE_ONLY") {
      visit_all(*rest, ';', condition, LinkUse::compile, depth);
    } else if (head == "DEVICE_LINK") {
      visit_all(*rest, ';', both(condition, ExpressionValue::unknown), use, depth);
    } else if (head == "TARGET_NAME_IF_EXISTS") {
      visit_all(*rest, ';', both(condition, exists(*rest)), use, depth);
    } else if (head == "TARGET_OBJECTS") {
      visit_all(*rest, ',', condition, LinkUse::objects, depth);
    } else if (head.starts_with("TARGET_") && (head.ends_with("FILE") || head.find("_FILE_") != head.npos)) {
      visit(split_arguments(*rest).front(), condition, LinkUse::file, depth);
    } else if (head == "LINK_LIBRARY" || head == "LINK_GROUP") {
      const std::size_t comma = find_outside(*rest, ',');  // behind the name of the feature
      if (comma != std::string_view::npos) visit_all(rest->substr(comma + 1), ',', condition, use, depth);
    } else if (head == "IF") {
      const auto arguments = split_arguments(*rest);
      const ExpressionValue holds = arguments.empty() ? ExpressionValue::unknown : truth_of(arguments[0], depth);
      if (arguments.size() > 1) visit_all(arguments[1], ';', both(condition, holds), use, depth);
      if (arguments.size() > 2) visit_all(arguments[2], ';', both(condition, opposite(holds)), use, depth);
    } else {
      name_all(text, condition, use);
    }
  }

  // An expression whose value cannot be told: whatever stands in it may be a name.
  void name_all(std::string_view text, ExpressionValue condition, LinkUse use) {
    const ExpressionValue uncertain = both(condition, ExpressionValue::unknown);
    constexpr std::string_view ends = "$<>,:; ";
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = text.find_first_not_of(ends, at);
      if (begin == std::string_view::npos) return;
      std::size_t end = begin;
      // "Opt::opt" is one name
      while (end < text.size() &&
             (ends.find(text[end]) == std::string_view::npos || text.substr(end).starts_with("::")))
        end += text.substr(end).starts_with("::") ? 2 : 1;
      emit(text.substr(begin, end - begin), uncertain, use);
      at = end;
    }
  }

  ExpressionValue exists(std::string_view name) const {
    if (holds_expression(name) || !context_.target_exists) return ExpressionValue::unknown;
    return to_truth(context_.target_exists(name));
  }

  // What a condition comes out as: "0", "1", or an expression.
  ExpressionValue truth_of(std::string_view condition, int depth) const {
    if (condition == "1") return ExpressionValue::yes;
    if (condition == "0" || condition.empty()) return ExpressionValue::no;
    const auto expression = depth < deepest ? parse(condition) : std::nullopt;
    if (!expression || !expression->rest) return ExpressionValue::unknown;
    const auto [head, rest] = *expression;
    ++depth;
    if (head == "BOOL") return holds_expression(*rest) ? truth_of(*rest, depth) : to_truth(!is_false_constant(*rest));
    if (head == "NOT") return opposite(truth_of(*rest, depth));
    if (head == "TARGET_EXISTS") return exists(*rest);
    if (head == "BUILD_INTERFACE" || head == "LINK_ONLY") return truth_of(*rest, depth);
    const auto arguments = split_arguments(*rest);
    if (head == "AND" || head == "OR") {
      ExpressionValue result = to_truth(head == "AND");
      for (const std::string_view argument : arguments) {
        const ExpressionValue one = truth_of(argument, depth);
        result = head == "AND" ? both(result, one) : opposite(both(opposite(result), opposite(one)));
      }
      return result;
    }
    if (head.starts_with("$<") || head == "0" || head == "1") {  // `$<$<a>:b>` is b, or nothing
      const ExpressionValue guard = truth_of(head, depth);
      if (guard != ExpressionValue::yes) return guard;
      return truth_of(*rest, depth);
    }
    if (head == "CONFIG") {
      return to_truth(std::any_of(arguments.begin(), arguments.end(), [this](std::string_view name) {
        return same_ignoring_case(name, context_.configuration);
      }));
    }
    if (head == "IF" && arguments.size() == 3) {
      const ExpressionValue holds = truth_of(arguments[0], depth);
      if (holds == ExpressionValue::unknown) return holds;
      return truth_of(arguments[holds == ExpressionValue::yes ? 1 : 2], depth);
    }
    if (head == "STREQUAL" && arguments.size() == 2 && !holds_expression(*rest)) {
      return to_truth(arguments[0] == arguments[1]);
    }
    return ExpressionValue::unknown;
  }

  const GenexContext& context_;
  std::vector<LinkItem>& items_;
  std::string_view entry_;
};

}  // namespace

void for_each_entry(std::string_view list, const std::function<void(std::string_view entry)>& visit) {
  int depth = 0;
  int brackets = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= list.size(); ++at) {
    const bool at_end = at == list.size();
    if (!at_end && list[at] == '\\' && at + 1 < list.size()) {
      ++at;
    } else if (!at_end && list.substr(at).starts_with("$<")) {
      ++depth;
      ++at;
    } else if (!at_end && list[at] == '>' && depth > 0) {
      --depth;
    } else if (!at_end && list[at] == '[') {
      ++brackets;
    } else if (!at_end && list[at] == ']' && brackets > 0) {
      --brackets;
    } else if (at_end || (list[at] == ';' && depth == 0 && brackets == 0)) {
      const std::size_t end = std::min(at, list.size());
      if (end > begin) visit(list.substr(begin, end - begin));
      begin = at + 1;
    }
  }
  if (begin < list.size()) visit(list.substr(begin));  // it ended behind a backslash or inside an expression
}

std::vector<LinkItem> evaluate_link_list(std::string_view list, const GenexContext& context) {
  std::vector<LinkItem> items;
  Evaluator evaluator(context, items);
  for_each_entry(list, [&](std::string_view entry) {
    // nearly all entries are plain names
    if (!holds_expression(entry) && !entry.starts_with("::@")) {
      items.push_back({entry.substr(0, entry.find("::@")), ExpressionValue::yes, LinkUse::link, entry});
    } else {
      evaluator.evaluate_entry(entry);
    }
  });
  return items;
}

}  // namespace bulkhead
