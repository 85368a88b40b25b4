#include "graph/operand_lexer.h"

#include <algorithm>
#include <utility>

#include "graph/source_cursor.h"

namespace bulkhead {
namespace {

constexpr std::size_t first_slot_count = 256;
constexpr std::size_t most_tokens = 2000;  // of a replacement that is kept
constexpr std::size_t most_parameters = 255;
constexpr std::size_t longest_token = 0xffff;

// The longest first. Where a second character counts, there is a line for the first one alone below it.
struct Spelling {
  std::string_view text;
  TokenKind kind;
};
constexpr Spelling spellings[] = {
    {"||", TokenKind::or_or},
    {"&&", TokenKind::and_and},
    {"==", TokenKind::equal},
    {"!=", TokenKind::not_equal},
    {"<=", TokenKind::less_equal},
    {">=", TokenKind::greater_equal},
    {"<<", TokenKind::shift_left},
    {">>", TokenKind::shift_right},
    {"##", TokenKind::hash_hash},
    {"%:", TokenKind::hash},
    {"(", TokenKind::left_parenthesis},
    {")", TokenKind::right_parenthesis},
    {",", TokenKind::comma},
    {"?", TokenKind::question},
    {":", TokenKind::colon},
    {"|", TokenKind::bit_or},
    {"^", TokenKind::bit_xor},
    {"&", TokenKind::bit_and},
    {"<", TokenKind::less},
    {">", TokenKind::greater},
    {"+", TokenKind::plus},
    {"-", TokenKind::minus},
    {"*", TokenKind::times},
    {"/", TokenKind::divide},
    {"%", TokenKind::modulo},
    {"!", TokenKind::logical_not},
    {"~", TokenKind::bit_not},
    {"#", TokenKind::hash},
};

// What no condition and no include can use: statements, blocks, subscripts, assignments.
bool is_useless(std::string_view token) {
  return token == ";" || token == "{" || token == "}" || token == "[" || token == "]" || token == "=";
}

bool is_literal_prefix(std::string_view word) {
  return word == "L" || word == "u" || word == "U" || word == "u8";
}

}  // namespace

OperandLexer::OperandLexer() : slots_(first_slot_count) {}

void OperandLexer::begin(const char* end) {
  end_ = end;
  text_.clear();
  tokens_.clear();
  names_.clear();
  parameters_.clear();
  if (++source_ == 0) {  // 2^32 sources later
    std::fill(slots_.begin(), slots_.end(), Slot());
    source_ = 1;
  }
}

// Copies a part of the source without its spliced line ends.
const char* OperandLexer::append_raw(const char* begin, const char* end) {
  for (const char* at = begin; at < end;) {
    const char* const spliced = *at == '\\' ? skip_splices(at) : at;
    if (spliced != at) {
      at = spliced;
      continue;
    }
    text_ += *at++;
  }
  return end;
}

const char* OperandLexer::append_name(const char* at) {
  for (;;) {
    const char* const part_end = skip_name(at);
    text_.append(at, part_end);
    at = part_end;
    if (*at != '\\') return at;
    const char* const spliced = skip_splices(at);
    if (spliced == at || !is_name_character(*spliced)) return at;
    at = spliced;
  }
}

// The next token of the line; false when there is none.
bool OperandLexer::append_token(const char*& at) {
  const char* const begin = at;
  at = skip_blanks(at, end_);
  if (at >= end_ || (classes_of(*at) & line_end) != 0) return false;
  const Join join = std::exchange(join_, Join::as_written);
  const bool after_blank = join == Join::blank || (join == Join::as_written && at != skip_splices(begin));
  if (after_blank) text_ += ' ';
  Token token{.at = text_size(), .after_blank = after_blank};
  const std::uint8_t question = std::exchange(header_question_, std::uint8_t{0});
  const std::uint8_t classes = classes_of(*at);
  const auto literal_kind = [](char quote) { return quote == '"' ? TokenKind::string : TokenKind::character; };
  const auto ends_literal = [&] { return text_.size() - token.at >= 2 && text_.back() == text_[token.at]; };

  if ((classes & identifier_start) != 0) {
    at = append_name(at);
    const std::string_view word = std::string_view(text_).substr(token.at);
    const char* const quote = skip_splices(at);
    if (*quote == '"' && is_raw_prefix(word)) {
      const char* const raw_end = skip_raw_string(quote, end_);
      text_.append(quote, raw_end);
      at = raw_end;
      token.kind = TokenKind::string;
    } else if ((*quote == '"' || *quote == '\'') && is_literal_prefix(word)) {
      at = append_raw(quote, skip_literal(quote, end_));
      token.kind = literal_kind(*quote);
    } else {
      if (word == "__has_include" || word == "__has_include_next" || word == "__has_embed") header_question_ = 1;
      token.kind = TokenKind::identifier;
    }
  } else if ((classes & digit) != 0 || (*at == '.' && (classes_of(*skip_splices(at + 1)) & digit) != 0)) {
    at = append_raw(at, skip_number(at));
    token.kind = TokenKind::number;
  } else if (*at == '"' || *at == '\'') {
    const char quote = *at;
    at = append_raw(at, skip_literal(at, end_));
    token.kind = ends_literal() ? literal_kind(quote) : TokenKind::other;
  } else if (*at == '<' && question == 2) {
    const char* close = at;
    while (close < end_ && *close != '>' && (classes_of(*close) & line_end) == 0) ++close;
    const bool is_closed = close < end_ && *close == '>';
    at = append_raw(at, is_closed ? close + 1 : at + 1);
    token.kind = is_closed ? TokenKind::header : TokenKind::less;
  } else {
    const char* const second = skip_splices(at + 1);
    const char pair[2] = {*at, *second};
    std::size_t size = 1;
    for (const Spelling& spelling : spellings) {
      if (!std::string_view(pair, 2).starts_with(spelling.text)) continue;
      token.kind = spelling.kind;
      size = spelling.text.size();
      break;
    }
    text_.append(pair, size);
    at = size == 1 ? at + 1 : second + 1;
    if (token.kind == TokenKind::left_parenthesis && question == 1) header_question_ = 2;
  }

  const std::size_t size = text_.size() - token.at;
  if (token.kind == TokenKind::identifier) {
    if (const auto parameter = find_parameter(std::string_view(text_).substr(token.at))) {
      token.kind = TokenKind::parameter;
      token.at = *parameter;
    } else {
      token.at = intern(token.at, static_cast<std::uint32_t>(size));
    }
  } else {
    if (size > longest_token) token.kind = TokenKind::other;
    token.size = static_cast<std::uint16_t>(std::min(size, longest_token));
  }
  tokens_.push_back(token);
  return true;
}

bool OperandLexer::lex_name(const char*& at, Directive& directive) {
  at = skip_blanks(at, end_);
  if (at >= end_ || (classes_of(*at) & identifier_start) == 0) return false;
  directive.operand.begin = text_size();
  at = append_name(at);
  directive.operand.end = text_size();
  directive.name = SourceNameId(intern(directive.operand.begin, directive.operand.size()));
  return true;
}

void OperandLexer::lex_tokens(const char*& at, Directive& directive) {
  at = skip_blanks(at, end_);
  directive.operand.begin = text_size();
  directive.tokens.begin = token_count();
  join_ = Join::none;
  header_question_ = 0;
  while (append_token(at)) {
  }
  directive.operand.end = text_size();
  directive.tokens.end = token_count();
}

// `at` is behind the parenthesis. False when they are malformed; the replacement is not to be read then.
bool OperandLexer::lex_parameters(const char*& at, Directive& directive) {
  parameters_.clear();
  directive.is_function_like = true;
  for (bool is_first = true;; is_first = false) {
    at = skip_blanks(at, end_);
    if (at >= end_) return false;
    if (*at == ')' && is_first) break;
    if (parameters_.size() == most_parameters) return false;
    Parameter parameter{text_size(), 0};
    if ((classes_of(*at) & identifier_start) != 0) {
      at = skip_blanks(append_name(at), end_);
      parameter.size = text_size() - parameter.at;
    }
    if (*at == '.') {
      for (int i = 0; i < 3; ++i, at = skip_splices(at + 1)) {
        if (*at != '.') return false;
      }
      directive.is_variadic = true;
      text_ += "...";
      at = skip_blanks(at, end_);
    } else if (parameter.size == 0) {
      return false;
    }
    parameters_.push_back(parameter);
    if (at < end_ && *at == ')') break;
    if (at >= end_ || *at != ',' || directive.is_variadic) return false;
    text_ += ',';
    ++at;
  }
  ++at;
  text_ += ')';
  directive.parameter_count = static_cast<std::uint8_t>(parameters_.size());
  return true;
}

std::optional<std::uint32_t> OperandLexer::find_parameter(std::string_view name) const {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Parameter& parameter = parameters_[i];
    const std::string_view known =
        parameter.size == 0 ? "__VA_ARGS__" : std::string_view(text_).substr(parameter.at, parameter.size);
    if (known == name) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

bool OperandLexer::lex_definition(const char*& at, Directive& directive) {
  if (!lex_name(at, directive)) return false;
  directive.tokens.begin = token_count();
  parameters_.clear();
  bool is_good = true;
  if (const char* const behind_name = skip_splices(at); *behind_name == '(') {
    at = behind_name + 1;
    text_ += '(';
    is_good = lex_parameters(at, directive);
  }
  const std::uint32_t head_end = text_size();
  const std::size_t known_names = names_.size();
  join_ = Join::blank;
  header_question_ = 0;
  while (is_good && append_token(at)) {
    const Token& token = tokens_.back();
    if (token.kind == TokenKind::identifier) is_good = text_of(names_[token.at]) != "__VA_OPT__";
    if (token.kind == TokenKind::other) is_good = !is_useless(std::string_view(text_).substr(token.at, token.size));
    is_good = is_good && tokens_.size() - directive.tokens.begin <= most_tokens;
  }
  if (!is_good) {
    forget_names(known_names);
    text_.resize(head_end);
    tokens_.resize(directive.tokens.begin);
    directive.is_unusable = true;
  }
  directive.operand.end = text_size();
  directive.tokens.end = token_count();
  parameters_.clear();
  return true;
}

bool OperandLexer::lex_header(const char*& at, Directive& directive) {
  if (at >= end_ || (*at != '<' && *at != '"')) return false;
  const char close = *at == '<' ? '>' : '"';
  const char* last = at + 1;
  while (last < end_ && *last != close) {
    const char* const spliced = *last == '\\' ? skip_splices(last) : last;
    if (spliced != last) {
      last = spliced;
      continue;
    }
    if ((classes_of(*last) & line_end) != 0) return false;
    ++last;
  }
  if (last >= end_) return false;
  directive.form = close == '>' ? IncludeForm::angle : IncludeForm::quote;
  directive.operand.begin = text_size();
  append_raw(at + 1, last);
  directive.operand.end = text_size();
  at = last + 1;
  return true;
}

void OperandLexer::set_operand(std::string_view text, Directive& directive) {
  directive.operand.begin = text_size();
  text_ += text;
  directive.operand.end = text_size();
}

void OperandLexer::set_name(std::string_view name, Directive& directive) {
  set_operand(name, directive);
  directive.name = SourceNameId(intern(directive.operand.begin, directive.operand.size()));
}

std::size_t OperandLexer::slot_of(std::string_view name) const {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = (hash ^ (hash >> 15)) & mask;
  while (slots_[slot].source == source_ && text_of(names_[slots_[slot].position]) != name) slot = (slot + 1) & mask;
  return slot;
}

// The id of the name that is a part of text_.
std::uint32_t OperandLexer::intern(std::uint32_t at, std::uint32_t size) {
  if (names_.size() * 2 >= slots_.size()) {
    slots_.assign(slots_.size() * 2, Slot());
    for (std::size_t i = 0; i < names_.size(); ++i) {
      slots_[slot_of(text_of(names_[i]))] = {source_, static_cast<std::uint32_t>(i)};
    }
  }
  Slot& slot = slots_[slot_of(std::string_view(text_).substr(at, size))];
  if (slot.source != source_) {
    slot = {source_, static_cast<std::uint32_t>(names_.size())};
    names_.push_back({at, size});
  }
  return slot.position;
}

// Keeps the first `count`. The last one that came is never on the way to another, and may go.
void OperandLexer::forget_names(std::size_t count) {
  while (names_.size() > count) {
    slots_[slot_of(text_of(names_.back()))].source = 0;
    names_.pop_back();
  }
}

}  // namespace bulkhead
