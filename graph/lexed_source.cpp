#include "graph/lexed_source.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 19> spellings = {"#include",
                                                        "#include_next",
                                                        "#import",
                                                        "import",
                                                        "import",
                                                        "module",
                                                        "#if",
                                                        "#ifdef",
                                                        "#ifndef",
                                                        "#elif",
                                                        "#elifdef",
                                                        "#elifndef",
                                                        "#else",
                                                        "#endif",
                                                        "#define",
                                                        "#undef",
                                                        "#pragma once",
                                                        "#pragma push_macro",
                                                        "#pragma pop_macro"};

// Copies `part` to `at`, and moves `at` behind it.
template <class Element>
std::span<const Element> place(std::span<const Element> part, std::byte*& at) {
  if (part.empty()) return {};
  std::memcpy(at, part.data(), part.size_bytes());
  const auto* const placed = reinterpret_cast<const Element*>(at);
  at += part.size_bytes();
  return {placed, part.size()};
}

}  // namespace

LexedSource::LexedSource(std::span<const Directive> directives, std::span<const Token> tokens,
                         std::span<const Name> names, std::string_view text, OptionalSourceNameId guard)
    : guard_(guard) {
  static_assert(sizeof(Directive) % alignof(Token) == 0 && sizeof(Token) % alignof(Name) == 0);
  if (directives.empty()) return;
  storage_ = std::make_unique_for_overwrite<std::byte[]>(directives.size_bytes() + tokens.size_bytes() +
                                                         names.size_bytes() + text.size());
  std::byte* at = storage_.get();
  directives_ = place(directives, at);
  tokens_ = place(tokens, at);
  names_ = place(names, at);
  const std::span<const char> characters = place(std::span<const char>(text), at);
  text_ = {characters.data(), characters.size()};
}

std::string directive_text(const LexedSource& source, const Directive& directive) {
  std::string text(spellings[static_cast<std::size_t>(directive.kind)]);
  const std::string_view operand = source.operand(directive);
  if (operand.empty()) return text;
  if (directive.kind == DirectiveKind::push_macro || directive.kind == DirectiveKind::pop_macro) {
    return text.append("(\"").append(operand).append("\")");
  }
  text += ' ';
  if (directive.form == IncludeForm::quote) return text.append("\"").append(operand).append("\"");
  if (directive.form == IncludeForm::angle) return text.append("<").append(operand).append(">");
  return text.append(operand);
}

std::vector<std::string_view> mentioned_names(const LexedSource& source, const Directive& directive) {
  std::vector<std::string_view> names;
  const auto add = [&names](std::string_view name) {
    const bool is_question = name == "defined" || name.starts_with("__has_") || name == "__is_identifier";
    if (!is_question && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  if (directive.name) add(source.name(*directive.name));
  for (const Token& token : source.tokens(directive)) {
    if (token.kind == TokenKind::identifier) add(source.name(SourceNameId(token.at)));
  }
  return names;
}

}  // namespace bulkhead
