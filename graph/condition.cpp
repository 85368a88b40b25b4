#include "graph/condition.h"

#include <limits>

namespace bulkhead {
namespace {

constexpr std::size_t most_nested = 200;  // parentheses and the like
constexpr auto least_signed = std::uint64_t{1} << 63U;

// By precedence, the weakest first; 0 for what is no binary operator.
int precedence(TokenKind kind) {
  switch (kind) {
    case TokenKind::or_or: return 1;
    case TokenKind::and_and: return 2;
    case TokenKind::bit_or: return 3;
    case TokenKind::bit_xor: return 4;
    case TokenKind::bit_and: return 5;
    case TokenKind::equal:
    case TokenKind::not_equal: return 6;
    case TokenKind::less:
    case TokenKind::greater:
    case TokenKind::less_equal:
    case TokenKind::greater_equal: return 7;
    case TokenKind::shift_left:
    case TokenKind::shift_right: return 8;
    case TokenKind::plus:
    case TokenKind::minus: return 9;
    case TokenKind::times:
    case TokenKind::divide:
    case TokenKind::modulo: return 10;
    default: return 0;
  }
}

std::optional<unsigned> digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

// u, l, ll, z, and combinations; also of upper case.
struct Suffix {
  bool is_good = false;
  bool is_unsigned = false;
};
Suffix read_suffix(std::string_view text) {
  const auto is_u = [](char c) { return c == 'u' || c == 'U'; };
  Suffix suffix;
  suffix.is_unsigned = !text.empty() && (is_u(text.front()) || is_u(text.back()));
  if (suffix.is_unsigned && is_u(text.front())) {
    text.remove_prefix(1);
  } else if (suffix.is_unsigned) {
    text.remove_suffix(1);
  }
  for (const std::string_view known : {"", "l", "L", "ll", "LL", "z", "Z"}) suffix.is_good |= text == known;
  return suffix;
}

struct Number {
  std::uint64_t bits = 0;
  bool is_unsigned = false;
};

// None for floating-point ones, and what does not fit.
std::optional<Number> read_number(std::string_view text) {
  unsigned base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.starts_with("0b") || text.starts_with("0B")) {
    base = 2;
    text.remove_prefix(2);
  } else if (text.starts_with('0')) {
    base = 8;
  }
  Number number;
  std::size_t size = 0;
  bool has_digit = false;
  for (; size < text.size(); ++size) {
    if (text[size] == '\'' && has_digit) continue;
    const auto digit = digit_value(text[size]);
    if (!digit || *digit >= base) break;
    has_digit = true;
    if (number.bits > (std::numeric_limits<std::uint64_t>::max() - *digit) / base) return std::nullopt;
    number.bits = number.bits * base + *digit;
  }
  const Suffix suffix = read_suffix(text.substr(size));
  if (!has_digit || !suffix.is_good) return std::nullopt;
  number.is_unsigned = suffix.is_unsigned || number.bits >= least_signed;
  return number;
}

// One character of ASCII behind any prefix, or an escape of one; none for others, whose value is the compiler's choice.
std::optional<std::uint64_t> read_character(std::string_view text) {
  text.remove_prefix(text.find('\'') + 1);
  text.remove_suffix(1);
  if (text.size() == 1 && text[0] != '\\' && static_cast<unsigned char>(text[0]) < 0x80) {
    return static_cast<std::uint64_t>(text[0]);
  }
  if (text.size() < 2 || text[0] != '\\') return std::nullopt;
  constexpr std::string_view names = "abfnrtv\\'\"?e";
  constexpr std::string_view values = "\a\b\f\n\r\t\v\\'\"?\x1b";
  if (text.size() == 2) {
    const std::size_t found = names.find(text[1]);
    if (found != std::string_view::npos) return static_cast<std::uint64_t>(values[found]);
  }
  const unsigned base = text[1] == 'x' ? 16 : 8;
  text.remove_prefix(base == 16 ? 2 : 1);
  if (text.empty() || text.size() > 3) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = digit_value(c);
    if (!digit || *digit >= base) return std::nullopt;
    value = value * base + *digit;
  }
  if (value >= 0x80) return std::nullopt;
  return value;
}

}  // namespace

ConditionEvaluator::Value ConditionEvaluator::fail() {
  has_failed_ = true;
  token_.reset();
  return {};
}

ConditionEvaluator::Value ConditionEvaluator::truth_value(Truth truth) {
  return {.bits = truth == Truth::yes ? 1U : 0U, .is_known = truth != Truth::unknown};
}

Truth ConditionEvaluator::truth_of_value(const Value& value) {
  return value.is_known ? truth_of(value.bits != 0) : Truth::unknown;
}

bool ConditionEvaluator::is(SpecialName name) const {
  return token_->name == OptionalMacroId(MacroId(static_cast<std::size_t>(name)));
}

bool ConditionEvaluator::is_cplusplus() const {
  return table_.is_defined(MacroId(static_cast<std::size_t>(SpecialName::cplusplus))) == Truth::yes;
}

void ConditionEvaluator::classify() {
  kind_ = token_ ? token_->kind : TokenKind::other;
  const bool may_be_operator = token_ && kind_ == TokenKind::identifier && !token_->is_unknown && token_->name &&
                               (*token_->name).value() >= static_cast<std::uint32_t>(SpecialName::and_) &&
                               (*token_->name).value() <= static_cast<std::uint32_t>(SpecialName::not_equal);
  if (!may_be_operator || !is_cplusplus()) return;
  switch (static_cast<SpecialName>((*token_->name).value())) {
    case SpecialName::and_: kind_ = TokenKind::and_and; break;
    case SpecialName::or_: kind_ = TokenKind::or_or; break;
    case SpecialName::not_: kind_ = TokenKind::logical_not; break;
    case SpecialName::xor_: kind_ = TokenKind::bit_xor; break;
    case SpecialName::bit_and: kind_ = TokenKind::bit_and; break;
    case SpecialName::bit_or: kind_ = TokenKind::bit_or; break;
    case SpecialName::complement: kind_ = TokenKind::bit_not; break;
    case SpecialName::not_equal: kind_ = TokenKind::not_equal; break;
    default: break;
  }
}

Truth ConditionEvaluator::evaluate(const BoundSource& source, std::span<const Token> tokens,
                                   const HasHeader& has_header) {
  expander_.begin(source, tokens);
  has_header_ = &has_header;
  depth_ = 0;
  has_failed_ = false;
  step();
  const Value value = parse_choice();
  if (has_failed_ || token_ || expander_.has_failed()) return Truth::unknown;
  return truth_of_value(value);
}

ConditionEvaluator::Value ConditionEvaluator::parse_choice() {
  const Value condition = parse_binary(1);
  if (!is_at(TokenKind::question)) return condition;
  if (++depth_ > most_nested) return fail();
  step();
  Value yes = parse_choice();
  if (!is_at(TokenKind::colon)) return fail();
  step();
  Value no = parse_choice();
  --depth_;
  const bool is_either_unsigned = yes.is_unsigned || no.is_unsigned;
  if (condition.is_known) {
    const Value& other = condition.bits != 0 ? no : yes;
    Value chosen = condition.bits != 0 ? yes : no;
    chosen.is_unsigned = is_either_unsigned;
    // The other one may be unsigned, which makes this one large.
    if (!other.is_known && chosen.bits >= least_signed) return {};
    return chosen;
  }
  if (yes.is_known && no.is_known && yes.bits == no.bits) return {yes.bits, is_either_unsigned, true};
  return {};
}

ConditionEvaluator::Value ConditionEvaluator::parse_binary(int least) {
  Value left = parse_operand();
  while (token_ && !token_->is_unknown) {
    const TokenKind operation = kind_;
    const int strength = precedence(operation);
    if (strength < least || strength == 0) break;
    step();
    const Value right = parse_binary(strength + 1);
    left = apply(operation, left, right);
  }
  return left;
}

ConditionEvaluator::Value ConditionEvaluator::apply(TokenKind operation, const Value& left, const Value& right) {
  if (operation == TokenKind::and_and) return truth_value(both(truth_of_value(left), truth_of_value(right)));
  if (operation == TokenKind::or_or) return truth_value(either(truth_of_value(left), truth_of_value(right)));
  if (!left.is_known || !right.is_known) return {};
  const bool is_unsigned = left.is_unsigned || right.is_unsigned;
  const std::uint64_t a = left.bits;
  const std::uint64_t b = right.bits;
  const auto signed_a = static_cast<std::int64_t>(a);
  const auto signed_b = static_cast<std::int64_t>(b);
  const auto number = [is_unsigned](std::uint64_t bits) { return Value{bits, is_unsigned, true}; };
  const auto compare = [](bool result) { return Value{result ? 1U : 0U, false, true}; };
  const bool is_less = is_unsigned ? a < b : signed_a < signed_b;
  // Overflow is an error, or a warning, as compilers have it.
  std::int64_t result = 0;
  const auto checked = [&](bool has_overflown) {
    return has_overflown ? Value{} : number(static_cast<std::uint64_t>(result));
  };
  switch (operation) {
    case TokenKind::bit_or: return number(a | b);
    case TokenKind::bit_xor: return number(a ^ b);
    case TokenKind::bit_and: return number(a & b);
    case TokenKind::equal: return compare(a == b);
    case TokenKind::not_equal: return compare(a != b);
    case TokenKind::less: return compare(is_less);
    case TokenKind::greater: return compare(!is_less && a != b);
    case TokenKind::less_equal: return compare(is_less || a == b);
    case TokenKind::greater_equal: return compare(!is_less);
    case TokenKind::shift_left:
    case TokenKind::shift_right: {
      // The type is that of the left operand.
      if (b >= 64) return {};
      if (operation == TokenKind::shift_right) {
        return {left.is_unsigned ? a >> b : static_cast<std::uint64_t>(signed_a >> b), left.is_unsigned, true};
      }
      const std::uint64_t shifted = a << b;
      if (!left.is_unsigned && (static_cast<std::int64_t>(shifted) >> b) != signed_a) return {};
      return {shifted, left.is_unsigned, true};
    }
    case TokenKind::plus:
      return is_unsigned ? number(a + b) : checked(__builtin_add_overflow(signed_a, signed_b, &result));
    case TokenKind::minus:
      return is_unsigned ? number(a - b) : checked(__builtin_sub_overflow(signed_a, signed_b, &result));
    case TokenKind::times:
      return is_unsigned ? number(a * b) : checked(__builtin_mul_overflow(signed_a, signed_b, &result));
    case TokenKind::divide:
    case TokenKind::modulo:
      if (b == 0 || (!is_unsigned && a == least_signed && signed_b == -1)) return {};
      if (operation == TokenKind::divide) {
        return number(is_unsigned ? a / b : static_cast<std::uint64_t>(signed_a / signed_b));
      }
      return number(is_unsigned ? a % b : static_cast<std::uint64_t>(signed_a % signed_b));
    default: return {};
  }
}

ConditionEvaluator::Value ConditionEvaluator::parse_operand() {
  if (!token_ || has_failed_ || ++depth_ > most_nested) return fail();
  Value value;
  if (token_->is_unknown) {
    step();
    --depth_;
    return {};
  }
  const TokenKind kind = kind_;
  switch (kind) {
    case TokenKind::number: {
      if (const auto number = read_number(token_->text)) value = {number->bits, number->is_unsigned, true};
      step();
      break;
    }
    case TokenKind::character: {
      if (const auto character = read_character(token_->text)) value = {*character, false, true};
      step();
      break;
    }
    case TokenKind::identifier: value = parse_identifier(); break;
    case TokenKind::left_parenthesis:
      step();
      value = parse_choice();
      if (!is_at(TokenKind::right_parenthesis)) return fail();
      step();
      break;
    case TokenKind::plus:
    case TokenKind::minus:
    case TokenKind::bit_not:
    case TokenKind::logical_not:
      step();
      value = parse_operand();
      if (kind == TokenKind::logical_not) value = truth_value(negation(truth_of_value(value)));
      if (kind == TokenKind::bit_not) value.bits = ~value.bits;
      if (kind == TokenKind::minus) {
        if (!value.is_unsigned && value.bits == least_signed) value.is_known = false;
        value.bits = 0 - value.bits;
      }
      break;
    default: return fail();
  }
  --depth_;
  return value;
}

ConditionEvaluator::Value ConditionEvaluator::parse_identifier() {
  if (is(SpecialName::defined)) return parse_defined();
  const bool asks_next = is(SpecialName::has_include_next);
  // The expander leaves it as it is where the compiler has it, and no macro of that name.
  if ((asks_next || is(SpecialName::has_include)) && table_.is_defined(*token_->name) == Truth::yes) {
    return parse_has_include(asks_next);
  }
  const bool is_true = is(SpecialName::true_) && is_cplusplus();
  step();
  return {is_true ? 1U : 0U, false, true};
}

ConditionEvaluator::Value ConditionEvaluator::parse_defined() {
  auto name = expander_.next_unexpanded();
  const bool has_parenthesis = name && name->kind == TokenKind::left_parenthesis;
  if (has_parenthesis) name = expander_.next_unexpanded();
  if (!name || name->kind != TokenKind::identifier) return fail();
  if (has_parenthesis) {
    const auto close = expander_.next_unexpanded();
    if (!close || close->kind != TokenKind::right_parenthesis) return fail();
  }
  step();
  if (name->is_unknown) return {};
  return truth_value(name->name ? table_.is_defined(*name->name) : Truth::no);
}

ConditionEvaluator::Value ConditionEvaluator::parse_has_include(bool is_next) {
  const auto open = expander_.next_unexpanded();
  if (!open || open->kind != TokenKind::left_parenthesis) return fail();
  HeaderName header = read_header(expander_.next());
  header.is_next = is_next;
  const auto close = expander_.next();
  if (!close || close->kind != TokenKind::right_parenthesis) return fail();
  const Truth found = header.form != IncludeForm::none && *has_header_ ? (*has_header_)(header) : Truth::unknown;
  step();
  return truth_value(found);
}

// `token` is the first one.
HeaderName ConditionEvaluator::read_header(std::optional<ExpandedToken> token) {
  if (!token || token->is_unknown) return {};
  const bool is_angle = token->kind == TokenKind::header;
  if (is_angle || (token->kind == TokenKind::string && token->text.starts_with('"'))) {
    header_ = token->text.substr(1, token->text.size() - 2);
    return {header_, is_angle ? IncludeForm::angle : IncludeForm::quote};
  }
  if (token->kind != TokenKind::less) return {};
  header_.clear();
  for (;;) {
    token = expander_.next();
    if (!token || token->is_unknown) return {};
    if (token->kind == TokenKind::greater) return {header_, IncludeForm::angle};
    if (token->after_blank && !header_.empty()) header_ += ' ';
    header_ += token->text;
  }
}

HeaderName ConditionEvaluator::header_name(const BoundSource& source, std::span<const Token> tokens) {
  expander_.begin(source, tokens);
  const HeaderName header = read_header(expander_.next());
  return expander_.has_failed() ? HeaderName() : header;
}

}  // namespace bulkhead
