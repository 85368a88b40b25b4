// The tokens of a condition or an include, with macros replaced, as far as they are known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/macro_table.h"

namespace bulkhead {

/// A token on its way through macros.
struct ExpandedToken {
  TokenKind kind = TokenKind::other;
  bool after_blank = false;
  bool is_blocked = false;  ///< It comes from the macro that it names, and is not to be replaced again.
  bool is_unknown = false;  ///< Stands for what nobody knows.
  std::uint32_t parameter = 0;
  OptionalMacroId name{};   ///< Of an identifier that any source has used.
  std::string_view text{};  ///< As in the source; valid until the expander begins anew.
};

/// Replaces macros as [cpp.rescan] has it, by a stack of replacements that are being read; a macro is blocked as long
/// as its replacement is on the stack. A macro that is unsure or opaque comes out as an unknown token, and its
/// arguments go with it, unless it is `__has_feature` or its kind, and the compiler has answered; see feature_macro().
/// Work is bounded: what needs more than any real condition fails.
class MacroExpander {
 public:
  /// `table` has to outlive it.
  explicit MacroExpander(const MacroTable& table) : table_(table) {}

  /// Begins to read `tokens` of `source`.
  void begin(const BoundSource& source, std::span<const Token> tokens);
  /// The next token, with macros replaced; none at the end.
  std::optional<ExpandedToken> next();
  /// The next token as it is.
  std::optional<ExpandedToken> next_unexpanded();
  /// Whether something could not be expanded. What came out is of no use then.
  [[nodiscard]] bool has_failed() const { return has_failed_; }

 private:
  using Tokens = std::vector<ExpandedToken>;
  using TokenSpan = std::span<const ExpandedToken>;
  struct Context {
    Tokens tokens;
    std::size_t at = 0;
    OptionalMacroId macro{};  // the one that it replaces
    bool is_barrier = false;  // an argument, or the whole: nobody reads on behind it
  };
  // Those of one call, each as it is, and with macros replaced once somebody asks for it.
  struct Arguments {
    Tokens tokens;
    std::vector<IndexRange> ranges;  // into tokens
    Tokens expanded;
    std::vector<std::optional<IndexRange>> expanded_ranges;  // into expanded

    [[nodiscard]] TokenSpan raw(std::size_t i) const {
      return TokenSpan(tokens).subspan(ranges[i].begin, ranges[i].size());
    }
  };

  Context& push(OptionalMacroId macro, bool is_barrier);
  static ExpandedToken load(const BoundSource& source, const Token& token);
  bool take_parenthesis();
  std::optional<ExpandedToken> skip_arguments();
  [[nodiscard]] ExpandedToken ask_compiler(ExpandedToken token);
  bool collect_arguments(const Directive& definition, Arguments& arguments);
  TokenSpan expand_argument(Arguments& arguments, std::size_t i);
  void replace(const ExpandedToken& token, const MacroState& state, Arguments& arguments);
  void call(const ExpandedToken& token, const MacroState& state);
  [[nodiscard]] ExpandedToken paste(const ExpandedToken& left, const ExpandedToken& right);
  [[nodiscard]] ExpandedToken stringify(TokenSpan argument);
  [[nodiscard]] std::string_view keep(std::string text) { return made_.emplace_back(std::move(text)); }
  [[nodiscard]] bool is_being_replaced(MacroId macro) const;
  bool spend(std::size_t tokens);

  const MacroTable& table_;
  std::deque<Context> contexts_;  // the first depth_ are in use; the others keep their memory
  std::size_t depth_ = 0;
  std::deque<Arguments> arguments_;  // the same for calls within arguments of calls
  std::size_t nested_ = 0;
  std::size_t spent_ = 0;         // tokens
  std::deque<std::string> made_;  // texts that no source has
  bool has_failed_ = false;
};

}  // namespace bulkhead
