// What is left of a source once it has been lexed: its directives, in one piece of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/id.h"

namespace bulkhead {

using SourceNameId = Id<struct SourceNameTag>;  ///< Into LexedSource::names().
using OptionalSourceNameId = OptionalId<struct SourceNameTag>;

enum class DirectiveKind : std::uint8_t {
  include,
  include_next,
  import,         ///< Objective-C's `#import`: an include, once.
  import_header,  ///< C++20's `import <header>;`
  import_module,  ///< C++20's `import name;` or `import :part;`
  module,         ///< C++20's `module name;`, with or without `export`
  if_,
  ifdef,
  ifndef,
  elif,
  elifdef,
  elifndef,
  else_,
  endif,
  define,
  undef,
  pragma_once,
  push_macro,
  pop_macro,
};

/// How the operand of an include is written.
enum class IncludeForm : std::uint8_t {
  none,    ///< No include.
  quote,   ///< "name"
  angle,   ///< <name>
  tokens,  ///< To be expanded first.
};

/// In the order of the table of spellings in operand_lexer.cpp.
enum class TokenKind : std::uint8_t {
  identifier,  ///< Token::at is a SourceNameId.
  parameter,   ///< Of a function-like macro, in its replacement; Token::at counts from 0.
  number,
  character,
  string,
  header,  ///< <name>, where `__has_include` asks for one
  left_parenthesis,
  right_parenthesis,
  comma,
  question,
  colon,
  or_or,
  and_and,
  bit_or,
  bit_xor,
  bit_and,
  equal,
  not_equal,
  less,
  greater,
  less_equal,
  greater_equal,
  shift_left,
  shift_right,
  plus,
  minus,
  times,
  divide,
  modulo,
  logical_not,
  bit_not,
  hash,
  hash_hash,
  ellipsis,
  other,  ///< What conditions have no use for.
};

/// A preprocessing token of an operand.
struct Token {
  std::uint32_t at = 0;    ///< Where it begins in LexedSource::text(), unless its kind says otherwise.
  std::uint16_t size = 0;  ///< In bytes; 0 for identifiers and parameters.
  TokenKind kind = TokenKind::other;
  bool after_blank = false;
};

/// One directive.
struct Directive {
  std::uint32_t line = 0;  ///< 1-based, of the `#`, or of the first word.
  std::uint32_t next = 0;  ///< Of if, elif, else and their kind: the index of the next one of the same group, endif
                           ///< included; the number of directives where there is none. Else 0.
  IndexRange operand{};    ///< Into LexedSource::text(): without comments and spliced lines, a blank for many. Of quote
                           ///< and angle includes the name alone; of push_macro and pop_macro, too.
  IndexRange tokens{};     ///< Into LexedSource::tokens(): of conditions, of includes by tokens, and of what a macro is
                           ///< replaced with.
  OptionalSourceNameId name{};  ///< Of define, undef, ifdef, push_macro, pop_macro and their kind.
  DirectiveKind kind = DirectiveKind::include;
  IncludeForm form = IncludeForm::none;
  std::uint8_t parameter_count = 0;  ///< Of a function-like macro; `...` counts, and is the last.
  bool is_function_like = false;
  bool is_variadic = false;
  bool is_unusable = false;  ///< A macro whose replacement no condition and no include has a use for: it is as good as
                             ///< any text, and neither operand nor tokens have it.
};

/// The directives of a source or header, self-contained, in one allocation; none where there are no directives.
/// Immutable, and shared by all who walk it.
class LexedSource {
 public:
  /// A name, as a part of text().
  struct Name {
    std::uint32_t at = 0;
    std::uint32_t size = 0;
  };

  LexedSource() = default;
  /// Copies its parts into one allocation.
  LexedSource(std::span<const Directive> directives, std::span<const Token> tokens, std::span<const Name> names,
              std::string_view text, OptionalSourceNameId guard);
  LexedSource(LexedSource&& other) noexcept { swap(other); }
  LexedSource& operator=(LexedSource&& other) noexcept {
    swap(other);
    return *this;
  }

  [[nodiscard]] std::span<const Directive> directives() const { return directives_; }
  [[nodiscard]] std::span<const Token> tokens() const { return tokens_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::span<const Name> names() const { return names_; }
  [[nodiscard]] std::size_t name_count() const { return names_.size(); }
  /// The text of an identifier.
  [[nodiscard]] std::string_view name(SourceNameId id) const {
    const Name name = names_[id.value()];
    return text_.substr(name.at, name.size);
  }
  /// The macro that makes all directives vanish where it is defined: that of an include guard. `#pragma once` aside,
  /// the first directive is `#ifndef X` or `#if !defined(X)`, without `#else`, and the last one its `#endif`.
  [[nodiscard]] OptionalSourceNameId guard() const { return guard_; }

  [[nodiscard]] std::string_view operand(const Directive& directive) const {
    return text_.substr(directive.operand.begin, directive.operand.size());
  }
  [[nodiscard]] std::span<const Token> tokens(const Directive& directive) const {
    return tokens_.subspan(directive.tokens.begin, directive.tokens.size());
  }
  /// The memory that it holds beside itself, in bytes.
  [[nodiscard]] std::size_t memory_size() const {
    return directives_.size_bytes() + tokens_.size_bytes() + names_.size_bytes() + text_.size();
  }

 private:
  void swap(LexedSource& other) noexcept {
    std::swap(storage_, other.storage_);
    std::swap(directives_, other.directives_);
    std::swap(tokens_, other.tokens_);
    std::swap(names_, other.names_);
    std::swap(text_, other.text_);
    std::swap(guard_, other.guard_);
  }

  std::unique_ptr<std::byte[]> storage_;
  std::span<const Directive> directives_;
  std::span<const Token> tokens_;
  std::span<const Name> names_;
  std::string_view text_;
  OptionalSourceNameId guard_;
};

/// Whether it begins, goes on with or ends a group of conditions.
[[nodiscard]] constexpr bool is_conditional(DirectiveKind kind) {
  return kind >= DirectiveKind::if_ && kind <= DirectiveKind::endif;
}
/// Whether it is `#include` or one of its kind, which names a header.
[[nodiscard]] constexpr bool is_include(DirectiveKind kind) {
  return kind <= DirectiveKind::import_header;
}

/// A directive as people write it, of the operand's canonical text: `#if defined(A) && B`, `#else`. For messages.
[[nodiscard]] std::string directive_text(const LexedSource& source, const Directive& directive);
/// The names that a condition mentions, each once, in order of appearance, less `defined` and what is asked of a
/// compiler, such as `__has_include`. Views are into `source`.
[[nodiscard]] std::vector<std::string_view> mentioned_names(const LexedSource& source, const Directive& directive);

}  // namespace bulkhead
