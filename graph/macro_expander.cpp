#include "graph/macro_expander.h"

#include <array>
#include <utility>

#include "graph/feature_tests.h"
#include "graph/source_cursor.h"

namespace bulkhead {
namespace {

// Far above what people write.
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
  Tokens& loaded = push(std::nullopt, true).tokens;
  for (const Token& token : tokens) loaded.push_back(load(source, token));
}

ExpandedToken MacroExpander::load(const BoundSource& source, const Token& token) {
  ExpandedToken loaded{.kind = token.kind, .after_blank = token.after_blank};
  if (token.kind == TokenKind::identifier) {
    loaded.name = source.names[token.at];
    loaded.text = source.source->name(SourceNameId(token.at));
  } else if (token.kind == TokenKind::parameter) {
    loaded.parameter = token.at;
  } else {
    loaded.text = source.source->text().substr(token.at, token.size);
  }
  return loaded;
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

// What they are, if that is one token.
std::optional<ExpandedToken> MacroExpander::skip_arguments() {
  if (!take_parenthesis()) return std::nullopt;
  ExpandedToken first;
  std::size_t count = 0;
  for (std::size_t open = 1; open > 0;) {
    const auto token = next_unexpanded();
    if (!token || !spend(1)) {
      has_failed_ = true;
      return std::nullopt;
    }
    if (token->kind == TokenKind::left_parenthesis) ++open;
    if (token->kind == TokenKind::right_parenthesis) --open;
    if (open > 0 && ++count == 1) first = *token;
  }
  return count == 1 ? std::optional(first) : std::nullopt;
}

// An opaque macro: the number that it comes out as when it asks the compiler something that is known.
ExpandedToken MacroExpander::ask_compiler(ExpandedToken token) {
  const auto name = skip_arguments();
  token.is_unknown = true;
  if (!name || name->kind != TokenKind::identifier || name->is_unknown) return token;
  // The compiler would replace it first, where that is a macro.
  if (name->name && table_.lookup(*name->name).kind != MacroKind::undefined) return token;
  const OptionalMacroId answer = table_.find(feature_macro(token.text, name->text));
  if (!answer) return token;
  const MacroState state = table_.lookup(*answer);
  if (state.kind != MacroKind::defined) return token;
  const BoundSource& source = table_.bound(state.source);
  const std::span<const Token> body = source.source->tokens(table_.definition(state));
  if (body.size() != 1) return token;
  ExpandedToken number = load(source, body[0]);
  number.after_blank = token.after_blank;
  return number;
}

// False when they do not fit the parameters.
bool MacroExpander::collect_arguments(const Directive& definition, Arguments& arguments) {
  const std::size_t count = definition.parameter_count;
  arguments.tokens.clear();
  arguments.ranges.clear();
  arguments.expanded.clear();
  const auto size = [&arguments] { return static_cast<std::uint32_t>(arguments.tokens.size()); };
  std::uint32_t begin = 0;
  for (std::size_t open = 1;;) {
    const auto token = next_unexpanded();
    if (!token || !spend(1)) return false;
    if (token->kind == TokenKind::left_parenthesis) ++open;
    if (token->kind == TokenKind::right_parenthesis && --open == 0) break;
    const bool takes_commas = definition.is_variadic && arguments.ranges.size() + 1 == count;
    if (token->kind == TokenKind::comma && open == 1 && !takes_commas) {
      if (arguments.ranges.size() == count) return false;
      arguments.ranges.push_back({begin, size()});
      begin = size();
    } else {
      arguments.tokens.push_back(*token);
    }
  }
  if (count > 0 || size() > 0) arguments.ranges.push_back({begin, size()});
  if (definition.is_variadic && arguments.ranges.size() + 1 == count) arguments.ranges.push_back({size(), size()});
  arguments.expanded_ranges.assign(count, std::nullopt);
  return arguments.ranges.size() == count;
}

MacroExpander::TokenSpan MacroExpander::expand_argument(Arguments& arguments, std::size_t i) {
  std::optional<IndexRange>& known = arguments.expanded_ranges[i];
  if (!known) {
    const TokenSpan raw = arguments.raw(i);
    if (nested_ >= most_nested || depth_ >= most_contexts) {
      has_failed_ = true;
      return {};
    }
    const std::size_t depth = depth_;
    push(std::nullopt, true).tokens.assign(raw.begin(), raw.end());
    const auto begin = static_cast<std::uint32_t>(arguments.expanded.size());
    while (const auto token = next()) {
      if (!spend(1)) break;
      arguments.expanded.push_back(*token);
    }
    depth_ = depth;
    known = {begin, static_cast<std::uint32_t>(arguments.expanded.size())};
  }
  return TokenSpan(arguments.expanded).subspan(known->begin, known->size());
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

ExpandedToken MacroExpander::stringify(TokenSpan argument) {
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
void MacroExpander::replace(const ExpandedToken& token, const MacroState& state, Arguments& arguments) {
  const BoundSource& source = table_.bound(state.source);
  const Directive& definition = table_.definition(state);
  const std::span<const Token> body = source.source->tokens(definition);
  // All arguments first: they need the contexts above the one of the result.
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i].kind != TokenKind::parameter) continue;
    const bool is_raw = (i > 0 && (body[i - 1].kind == TokenKind::hash || body[i - 1].kind == TokenKind::hash_hash)) ||
                        (i + 1 < body.size() && body[i + 1].kind == TokenKind::hash_hash);
    if (!is_raw) expand_argument(arguments, body[i].at);
  }
  if (depth_ >= most_contexts) has_failed_ = true;
  if (has_failed_ || !spend(body.size() + 1)) return;

  Tokens& result = push(token.name, false).tokens;
  bool is_pasted = false;     // `##` stands before the operand
  bool is_left_empty = true;  // the operand before it came to nothing
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto is_next = [&](TokenKind kind) { return i + 1 < body.size() && body[i + 1].kind == kind; };
    const Token& part = body[i];
    if (part.kind == TokenKind::hash_hash && i > 0 && i + 1 < body.size()) {
      is_pasted = true;
      continue;
    }
    ExpandedToken single;
    TokenSpan operand(&single, 1);
    bool is_rest = false;  // the variadic argument
    if (part.kind == TokenKind::hash && definition.is_function_like && is_next(TokenKind::parameter)) {
      single = stringify(arguments.raw(body[++i].at));
    } else if (part.kind == TokenKind::parameter) {
      operand =
          is_pasted || is_next(TokenKind::hash_hash) ? arguments.raw(part.at) : expand_argument(arguments, part.at);
      is_rest = definition.is_variadic && part.at + 1U == definition.parameter_count;
    } else {
      single = load(source, part);
    }
    if (!spend(operand.size())) return;

    const std::size_t begin = result.size();
    if (std::exchange(is_pasted, false) && !result.empty() && !is_left_empty) {
      // GNU: `, ## __VA_ARGS__` loses the comma where there are none, and is not pasted where there are.
      if (is_rest && result.back().kind == TokenKind::comma) {
        if (operand.empty()) result.pop_back();
      } else if (!operand.empty()) {
        result.back() = paste(result.back(), operand.front());
        operand = operand.subspan(1);
      }
      is_left_empty = result.empty();
      result.insert(result.end(), operand.begin(), operand.end());
    } else {
      is_left_empty = operand.empty();
      result.insert(result.end(), operand.begin(), operand.end());
      if (!operand.empty()) result[begin].after_blank = part.after_blank;
    }
    if (has_failed_) return;
  }
  if (!result.empty()) result.front().after_blank = token.after_blank;
}

// The same for a function-like macro, whose parenthesis has been taken.
void MacroExpander::call(const ExpandedToken& token, const MacroState& state) {
  if (nested_ >= most_nested) {
    has_failed_ = true;
    return;
  }
  if (nested_ == arguments_.size()) arguments_.emplace_back();
  Arguments& arguments = arguments_[nested_++];
  if (collect_arguments(table_.definition(state), arguments)) {
    replace(token, state, arguments);
  } else {
    has_failed_ = true;
  }
  --nested_;
}

std::optional<ExpandedToken> MacroExpander::next() {
  for (;;) {
    auto token = next_unexpanded();
    if (!token || token->kind != TokenKind::identifier || token->is_blocked || !token->name) return token;
    const MacroState state = table_.lookup(*token->name);
    if (state.kind == MacroKind::undefined) return token;
    const bool asks = *token->name == MacroId(static_cast<std::size_t>(SpecialName::has_include)) ||
                      *token->name == MacroId(static_cast<std::size_t>(SpecialName::has_include_next));
    if (asks && state.kind == MacroKind::opaque) return token;
    if (state.kind == MacroKind::opaque && token->text.starts_with("__has_")) return ask_compiler(*token);
    if (state.kind != MacroKind::defined || table_.definition(state).is_unusable) {
      skip_arguments();
      token->is_unknown = true;
      return token;
    }
    const Directive& definition = table_.definition(state);
    if (definition.is_function_like) {
      if (!take_parenthesis()) return token;
      call(*token, state);
    } else {
      const BoundSource& source = table_.bound(state.source);
      const std::span<const Token> body = source.source->tokens(definition);
      // Most are defined as a number.
      if (body.size() == 1 && body[0].kind == TokenKind::number && spend(1)) {
        ExpandedToken number = load(source, body[0]);
        number.after_blank = token->after_blank;
        return number;
      }
      Arguments none;
      replace(*token, state, none);
    }
    if (has_failed_ || !spend(1)) return std::nullopt;
  }
}

}  // namespace bulkhead
