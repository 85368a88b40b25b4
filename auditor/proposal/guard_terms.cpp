#include "auditor/proposal/guard_terms.h"

#include <algorithm>

#include "auditor/toggle.h"

namespace bulkhead {
namespace {

// The words of a condition that stand in no parentheses of it: begin and end of each.
struct Word {
  std::size_t begin;
  std::size_t end;
};

std::vector<Word> outer_words(std::string_view text) {
  std::vector<Word> words;
  int depth = 0;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && quoted) {
      if (text[i] == '\\')
        ++i;
      else if (text[i] == '"')
        quoted = false;
      continue;
    }
    if (i == text.size() || (text[i] == ' ' && depth == 0)) {
      if (i > begin) words.push_back({begin, i});
      begin = i + 1;
    } else if (text[i] == '"') {
      quoted = true;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')') {
      --depth;
    }
  }
  return words;
}

bool is_one_in_parentheses(std::string_view text) {
  return text.size() > 2 && text.front() == '(' && text.back() == ')' && outer_words(text).size() == 1;
}

// The parts between a word at the outermost level; none when the other of AND and OR is there.
std::vector<std::string> parts_between(std::string_view text, std::string_view word, std::string_view other) {
  while (is_one_in_parentheses(text)) text = text.substr(1, text.size() - 2);
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (const Word& at : outer_words(text)) {
    const std::string_view here = text.substr(at.begin, at.end - at.begin);
    if (here == other) return {};
    if (here != word) continue;
    if (at.begin <= begin) return {};
    parts.emplace_back(text.substr(begin, at.begin - 1 - begin));
    begin = std::min(at.end + 1, text.size());
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

// `${X}` alone, which old code writes for X.
std::string without_reference(std::string term) {
  const std::size_t begin = term.starts_with("NOT ") ? 4 : 0;
  const bool is_reference = term.compare(begin, 2, "${") == 0 && term.find('}', begin) == term.size() - 1;
  if (!is_reference) return term;
  term.pop_back();
  term.erase(begin, 2);
  return term;
}

// What one condition is about, added to `terms`.
void add_term(std::string term, const CallPlace& place, const CMakeOptions& options, GuardTerms& terms) {
  term = without_reference(std::move(term));
  const auto toggle = Toggle::parse(term, {});
  bool known = toggle && !toggle->variables().empty();
  bool aside = false;
  bool supplied = false;
  if (toggle) {
    for (const std::string& variable : toggle->variables()) {
      const auto option = options.find(variable);
      known = known && option != options.end() && option->second.kind != OptionKind::setting;
      if (option == options.end()) continue;
      aside = aside || option->second.kind == OptionKind::aside;
      supplied = supplied || option->second.kind == OptionKind::supplier;
    }
  }
  if (aside) {
    terms.aside = true;
  } else if (!known) {
    terms.is_partial = true;
  } else {
    terms.supplied = terms.supplied || supplied;
    terms.terms.push_back(std::move(term));
    terms.place = place;
  }
}

}  // namespace

std::vector<std::string> conjuncts_of(std::string_view condition) {
  std::vector<std::string> parts = parts_between(condition, "AND", "OR");
  if (parts.size() == 1 && parts[0] != condition) return conjuncts_of(parts[0]);  // parentheses have gone
  if (parts.empty()) return {std::string(condition)};
  std::vector<std::string> all;
  for (std::string& part : parts) {
    if (!is_one_in_parentheses(part)) {
      all.push_back(std::move(part));
      continue;
    }
    for (std::string& inner : conjuncts_of(part)) all.push_back(std::move(inner));
  }
  return all;
}

std::string negation_of(std::string_view condition) {
  while (is_one_in_parentheses(condition)) condition = condition.substr(1, condition.size() - 2);
  const std::vector<Word> words = outer_words(condition);
  const auto word = [&](std::size_t i) { return condition.substr(words[i].begin, words[i].end - words[i].begin); };
  const bool joined = std::any_of(words.begin(), words.end(), [condition](const Word& at) {
    const std::string_view here = condition.substr(at.begin, at.end - at.begin);
    return here == "AND" || here == "OR";
  });
  if (!joined && words.size() > 1 && word(0) == "NOT") return std::string(condition.substr(words[1].begin));
  return joined ? "NOT (" + std::string(condition) + ")" : "NOT " + std::string(condition);
}

GuardTerms terms_of(const GuardedFile& file, const GuardedCall& call, const CMakeOptions& options) {
  GuardTerms terms;
  const auto add = [&](const Guard& guard, const std::string& in) {
    const CallPlace place{in, guard.line};
    if (terms.place.file.empty()) terms.place = place;
    if (!guard.negated) {
      for (std::string& term : conjuncts_of(guard.condition)) add_term(std::move(term), place, options, terms);
      return;
    }
    // None of what OR joins holds.
    const std::vector<std::string> choices = parts_between(guard.condition, "OR", "AND");
    if (choices.empty()) {
      add_term(negation_of(guard.condition), place, options, terms);
      return;
    }
    for (const std::string& choice : choices) add_term(negation_of(choice), place, options, terms);
  };
  for (const PlacedGuard& one : file.guards) add(one.guard, one.file);
  for (const Guard& guard : call.guards) add(guard, file.path);
  std::sort(terms.terms.begin(), terms.terms.end());
  terms.terms.erase(std::unique(terms.terms.begin(), terms.terms.end()), terms.terms.end());
  return terms;
}

std::string toggle_of(const std::vector<std::string>& terms) {
  std::string toggle;
  for (const std::string& term : terms) {
    const auto words = outer_words(term);
    const bool joined = std::any_of(words.begin(), words.end(), [&term](const Word& at) {
      return std::string_view(term).substr(at.begin, at.end - at.begin) == "OR";
    });
    if (!toggle.empty()) toggle += " AND ";
    toggle += joined && terms.size() > 1 ? "(" + term + ")" : term;
  }
  return toggle;
}

}  // namespace bulkhead
