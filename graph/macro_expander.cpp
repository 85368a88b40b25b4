#include "graph/macro_expander.h"

#include <array>
#include <utility>

#include "graph/source_cursor.h"

namespace bulkhead {
namespace {

// Far above what conditions need, which is some hundred tokens and a depth of ten.
constexpr std::size_t most_tokens = 20'000;
constexpr std::size_t most_contexts = 200;
constexpr std::size_t most_nested = 40;
constexpr std::size_t longest_text = 4096;  // of a token that is made

// The operators that two others can be pasted to.
constexpr std::array<std::pair<std::string_view, TokenKind>, 8> pasted_operators = {{
    {"||", TokenKind::or_or},
    {"&&", TokenKind::and_and},
    {"==", TokenKind::equal},
    {"!=", TokenKind::not_equal},
    {"<=", TokenKind::less_equal},
    {">=", TokenKind::greater_equal},
    {"<<", TokenKind::shift_left},
    {">>", TokenKind::shift_right},
}};

}  // namespace

bool MacroExpander::spend(std::size_t tokens) {
  spent_ += tokens;
  if (spent_ > most_tokens) has_failed_ = true;
  return !has_failed_;
}

MacroExpander::Context& MacroExpander::push(OptionalMacroId macro, bool is_barrier) {
  if (depth_ == contexts_.size()) contexts_.emplace_back();
  Context& context = contexts_[depth_++];
  context.tokens.clear();
  context.at = 0;
  context.macro = macro;
  context.is_barrier = is_barrier;
  return context;
}

void MacroExpander::begin(const BoundSource& source, std::span<const Token> tokens) {
  depth_ = 0;
  nested_ = 0;
  spent_ = 0;
  has_failed_ = false;
  if (!made_.empty()) made_.clear();
  append(source, tokens, push(std::nullopt, true).tokens);
}

void MacroExpander::append(const BoundSource& source, std::span<const Token> tokens, Tokens& result) const {
  const std::string_view text = source.source->text();
  for (const Token& token : tokens) {
    ExpandedToken& added = result.emplace_back();
    added.kind = token.kind;
    added.after_blank = token.after_blank;
    if (token.kind == TokenKind::identifier) {
      added.name = source.names[token.at];
      added.text = source.source->name(SourceNameId(token.at));
    } else if (token.kind == TokenKind::parameter) {
      added.parameter = token.at;
    } else {
      added.text = text.substr(token.at, token.size);
    }
  }
}

bool MacroExpander::is_being_replaced(MacroId macro) const {
  for (std::size_t i = depth_; i > 0; --i) {
    if (contexts_[i - 1].macro == OptionalMacroId(macro)) return true;
  }
  return false;
}

std::optional<ExpandedToken> MacroExpander::next_unexpanded() {
  if (has_failed_) return std::nullopt;
  for (;;) {
    Context& context = contexts_[depth_ - 1];
    if (context.at < context.tokens.size()) {
      ExpandedToken& token = context.tokens[context.at++];
      if (depth_ > 1 && token.name && is_being_replaced(*token.name)) token.is_blocked = true;
      return token;
    }
    if (context.is_barrier) return std::nullopt;
    --depth_;
  }
}

// Whether arguments follow; takes their parenthesis.
bool MacroExpander::take_parenthesis() {
  for (;;) {
    Context& context = contexts_[depth_ - 1];
    if (context.at < context.tokens.size()) {
      if (context.tokens[context.at].kind != TokenKind::left_parenthesis) return false;
      ++context.at;
      return true;
    }
    if (context.is_barrier) return false;
    --depth_;
  }
}

void MacroExpander::skip_arguments() {
  if (!take_parenthesis()) return;
  for (std::size_t open = 1; open > 0;) {
    const auto token = next_unexpanded();
    if (!token || !spend(1)) {
      has_failed_ = true;
      return;
    }
    if (token->kind == TokenKind::left_parenthesis) ++open;
    if (token->kind == TokenKind::right_parenthesis) --open;
  }
}

// False when they do not fit the parameters.
bool MacroExpander::collect_arguments(const Directive& definition, std::vector<Tokens>& arguments) {
  const std::size_t count = definition.parameter_count;
  arguments.emplace_back();
  for (std::size_t open = 1;;) {
    auto token = next_unexpanded();
    if (!token || !spend(1)) return false;
    if (token->kind == TokenKind::left_parenthesis) ++open;
    if (token->kind == TokenKind::right_parenthesis && --open == 0) break;
    const bool takes_commas = definition.is_variadic && arguments.size() == count;
    if (token->kind == TokenKind::comma && open == 1 && !takes_commas) {
      if (arguments.size() > count) return false;
      arguments.emplace_back();
    } else {
      arguments.back().push_back(*token);
    }
  }
  if (count == 0 && arguments.size() == 1 && arguments.front().empty()) arguments.clear();
  if (definition.is_variadic && arguments.size() + 1 == count) arguments.emplace_back();
  return arguments.size() == count;
}

MacroExpander::Tokens MacroExpander::expand_argument(const Tokens& argument) {
  Tokens result;
  if (++nested_ > most_nested || depth_ >= most_contexts) {
    has_failed_ = true;
    return result;
  }
  const std::size_t depth = depth_;
  push(std::nullopt, true).tokens = argument;
  while (const auto token = next()) {
    if (!spend(1)) break;
    result.push_back(*token);
  }
  depth_ = depth;
  --nested_;
  return result;
}

ExpandedToken MacroExpander::paste(const ExpandedToken& left, const ExpandedToken& right) {
  ExpandedToken pasted{.after_blank = left.after_blank, .is_unknown = left.is_unknown || right.is_unknown};
  if (pasted.is_unknown) return pasted;
  if (left.text.size() + right.text.size() > longest_text) {
    has_failed_ = true;
    return pasted;
  }
  pasted.text = keep(std::string(left.text).append(right.text));
  if (left.kind == TokenKind::number) {
    pasted.kind = TokenKind::number;
  } else if (left.kind == TokenKind::identifier) {
    const bool is_name = skip_name(pasted.text.data()) == pasted.text.data() + pasted.text.size();
    pasted.kind = is_name ? TokenKind::identifier : TokenKind::other;
    if (is_name) pasted.name = table_.find(pasted.text);
  } else {
    for (const auto& [text, kind] : pasted_operators) {
      if (text == pasted.text) pasted.kind = kind;
    }
  }
  return pasted;
}

ExpandedToken MacroExpander::stringify(const Tokens& argument) {
  ExpandedToken string{.kind = TokenKind::string};
  std::string text = "\"";
  for (const ExpandedToken& token : argument) {
    string.is_unknown = string.is_unknown || token.is_unknown;
    if (text.size() > longest_text) {
      has_failed_ = true;
      break;
    }
    if (text.size() > 1 && token.after_blank) text += ' ';
    const bool is_literal = token.kind == TokenKind::string || token.kind == TokenKind::character;
    for (const char c : token.text) {
      if (is_literal && (c == '"' || c == '\\')) text += '\\';
      text += c;
    }
  }
  string.text = keep(text + '"');
  return string;
}

// Pushes the replacement of `token`.
void MacroExpander::replace(const ExpandedToken& token, const MacroState& state, const std::vector<Tokens>& arguments) {
  const BoundSource& source = table_.bound(state.source);
  const Directive& definition = table_.definition(state);
  const std::span<const Token> body = source.source->tokens(definition);
  Tokens replacement;
  append(source, body, replacement);
  if (!spend(replacement.size() + 1)) return;

  std::vector<std::optional<Tokens>> expanded(arguments.size());
  Tokens result;
  bool is_pasted = false;     // `##` stands before the operand
  bool is_left_empty = true;  // the operand before it came to nothing
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    ExpandedToken& part = replacement[i];
    const auto is_next = [&](TokenKind kind) { return i + 1 < replacement.size() && replacement[i + 1].kind == kind; };
    if (part.kind == TokenKind::hash_hash && i > 0 && i + 1 < replacement.size()) {
      is_pasted = true;
      continue;
    }
    Tokens operand;
    bool is_rest = false;  // the variadic argument
    if (part.kind == TokenKind::hash && definition.is_function_like && is_next(TokenKind::parameter)) {
      ++i;
      operand = {stringify(arguments[replacement[i].parameter])};
      operand.front().after_blank = part.after_blank;
    } else if (part.kind == TokenKind::parameter) {
      const Tokens& argument = arguments[part.parameter];
      if (is_pasted || is_next(TokenKind::hash_hash)) {
        operand = argument;
      } else {
        std::optional<Tokens>& known = expanded[part.parameter];
        if (!known) known = expand_argument(argument);
        operand = *known;
      }
      if (!operand.empty()) operand.front().after_blank = part.after_blank;
      is_rest = definition.is_variadic && part.parameter + 1U == definition.parameter_count;
    } else {
      operand = {part};
    }
    if (!spend(operand.size())) return;

    auto from = operand.begin();
    if (std::exchange(is_pasted, false) && !result.empty() && !is_left_empty) {
      // GNU: `, ## __VA_ARGS__` loses the comma where there are none, and is not pasted where there are.
      if (is_rest && result.back().kind == TokenKind::comma) {
        if (operand.empty()) result.pop_back();
      } else if (!operand.empty()) {
        result.back() = paste(result.back(), *from++);
      }
      is_left_empty = result.empty();
    } else {
      is_left_empty = operand.empty();
    }
    result.insert(result.end(), from, operand.end());
    if (has_failed_) return;
  }
  if (!result.empty()) result.front().after_blank = token.after_blank;
  if (depth_ >= most_contexts) {
    has_failed_ = true;
    return;
  }
  push(token.name, false).tokens.swap(result);
}

std::optional<ExpandedToken> MacroExpander::next() {
  std::vector<Tokens> arguments;
  for (;;) {
    auto token = next_unexpanded();
    if (!token || token->kind != TokenKind::identifier || token->is_blocked || !token->name) return token;
    const MacroState state = table_.lookup(*token->name);
    if (state.kind == MacroKind::undefined) return token;
    const bool asks = token->name == OptionalMacroId(MacroId(static_cast<std::size_t>(SpecialName::has_include))) ||
                      token->name == OptionalMacroId(MacroId(static_cast<std::size_t>(SpecialName::has_include_next)));
    if (asks && state.kind == MacroKind::opaque) return token;
    if (state.kind != MacroKind::defined || table_.definition(state).is_unusable) {
      skip_arguments();
      token->is_unknown = true;
      return token;
    }
    const Directive& definition = table_.definition(state);
    arguments.clear();
    if (definition.is_function_like) {
      if (!take_parenthesis()) return token;
      if (!collect_arguments(definition, arguments)) has_failed_ = true;
    }
    if (has_failed_ || !spend(1)) return std::nullopt;
    replace(*token, state, arguments);
  }
}

}  // namespace bulkhead
