// What the condition of an #if comes out as, and which header an include by tokens names.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "graph/macro_expander.h"
#include "graph/macro_table.h"
#include "graph/truth.h"

namespace bulkhead {

/// The name of a header as an include has it.
struct HeaderName {
  std::string_view name;
  IncludeForm form = IncludeForm::none;  ///< quote or angle; none when nobody can know the name.
  bool is_next = false;                  ///< Of #include_next or __has_include_next.
};

/// Whether a header that `__has_include` asks for is there.
using HasHeader = std::function<Truth(const HeaderName&)>;

/// Evaluates the operands of #if and #elif over the macros of a table, as [cpp.cond] has it, in three-valued logic: an
/// operator whose operands are not known is known only where they cannot matter, as in `0 && x`. Unknown are macros
/// that are unsure or opaque, what the compiler was not asked (see feature_questions()), divisions by zero, overflows,
/// what is malformed, and what takes more work than any real condition.
class ConditionEvaluator {
 public:
  /// `table` has to outlive it.
  explicit ConditionEvaluator(const MacroTable& table) : table_(table), expander_(table) {}

  /// What `tokens` of `source` come out as.
  [[nodiscard]] Truth evaluate(const BoundSource& source, std::span<const Token> tokens, const HasHeader& has_header);
  /// The header that an include by tokens names. Valid until the next call.
  [[nodiscard]] HeaderName header_name(const BoundSource& source, std::span<const Token> tokens);

 private:
  struct Value {
    std::uint64_t bits = 0;
    bool is_unsigned = false;
    bool is_known = false;
  };

  void advance() { token_ = expander_.next(); }
  [[nodiscard]] bool is_at(TokenKind kind) const { return token_ && !token_->is_unknown && kind_ == kind; }
  void classify();
  void step() {
    advance();
    classify();
  }
  Value fail();
  Value parse_choice();
  Value parse_binary(int least);
  Value parse_operand();
  Value parse_identifier();
  Value parse_defined();
  Value parse_has_include(bool is_next);
  HeaderName read_header(std::optional<ExpandedToken> token);

  static Value apply(TokenKind operation, const Value& left, const Value& right);
  static Value truth_value(Truth truth);
  static Truth truth_of_value(const Value& value);
  [[nodiscard]] bool is(SpecialName name) const;
  [[nodiscard]] bool is_cplusplus() const;

  const MacroTable& table_;
  MacroExpander expander_;
  const HasHeader* has_header_ = nullptr;
  std::optional<ExpandedToken> token_;  // the next one
  TokenKind kind_ = TokenKind::other;   // its kind; `and` and its like are operators in C++
  std::size_t depth_ = 0;
  bool has_failed_ = false;
  std::string header_;
};

}  // namespace bulkhead
