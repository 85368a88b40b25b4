// The operands of directives as text and tokens. For the lexer of sources only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/lexed_source.h"

namespace bulkhead {

/// Lexes operands, and keeps their text, tokens and names for the source that they are of.
class OperandLexer {
 public:
  OperandLexer();

  /// Forgets what it has; `end` is that of the next text.
  void begin(const char* end);

  /// Each lexes the operand at `at`, and leaves `at` behind it, on its line. What they cannot make sense of they leave
  /// to whoever skips the rest of the line.

  /// A name, for #ifdef, #undef and their kind; false when there is none.
  bool lex_name(const char*& at, Directive& directive);
  /// All tokens up to the end of the line: of #if, #elif, and of an include that is neither in quotes nor in angles.
  void lex_tokens(const char*& at, Directive& directive);
  /// The name of a macro, its parameters and its replacement; false when there is no name.
  bool lex_definition(const char*& at, Directive& directive);
  /// A literal of a header's name, "name" or <name>; false when there is none.
  bool lex_header(const char*& at, Directive& directive);

  /// Takes `text` for the operand of `directive`.
  void set_operand(std::string_view text, Directive& directive);
  /// Takes `name` for its operand and its name.
  void set_name(std::string_view name, Directive& directive);

  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
  [[nodiscard]] const std::vector<LexedSource::Name>& names() const { return names_; }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  struct Slot {
    std::uint32_t source = 0;    // the serial number of the source that filled it
    std::uint32_t position = 0;  // of the name
  };
  /// Whether a blank divides the next token from what is before it.
  enum class Join : std::uint8_t { none, blank, as_written };
  struct Parameter {
    std::uint32_t at;  // into text_
    std::uint32_t size;
  };

  bool append_token(const char*& at);
  const char* append_name(const char* at);
  const char* append_raw(const char* begin, const char* end);
  bool lex_parameters(const char*& at, Directive& directive);
  [[nodiscard]] std::optional<std::uint32_t> find_parameter(std::string_view name) const;
  std::uint32_t intern(std::uint32_t at, std::uint32_t size);
  void forget_names(std::size_t count);
  [[nodiscard]] std::size_t slot_of(std::string_view name) const;
  [[nodiscard]] std::string_view text_of(LexedSource::Name name) const {
    return std::string_view(text_).substr(name.at, name.size);
  }
  [[nodiscard]] std::uint32_t text_size() const { return static_cast<std::uint32_t>(text_.size()); }
  [[nodiscard]] std::uint32_t token_count() const { return static_cast<std::uint32_t>(tokens_.size()); }

  const char* end_ = nullptr;
  std::string text_;
  std::vector<Token> tokens_;
  std::vector<LexedSource::Name> names_;
  std::vector<Slot> slots_;  // open addressing with linear probing, at most half full; a power of two
  std::uint32_t source_ = 0;
  std::vector<Parameter> parameters_;  // of the macro that is being defined
  Join join_ = Join::none;
  std::uint8_t header_question_ = 0;  // 1 behind `__has_include`, 2 behind its parenthesis
};

}  // namespace bulkhead
