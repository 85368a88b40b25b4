// From the bytes of a C, C++, Objective-C or CUDA source to its directives, at several gigabytes per second.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/lexed_source.h"
#include "graph/operand_lexer.h"
#include "graph/result.h"
#include "graph/source_scan.h"

namespace bulkhead {

/// How to read.
struct LexOptions {
  bool has_trigraphs = false;  ///< As with -trigraphs, or -std=c++14 and before without GNU extensions.
};

/// Lexes one source after the other, so that the scratch memory stays in the cache. One per thread.
///
/// Between two line starts outside of comments and raw strings nothing carries over but a spliced line end. So only
/// what may begin a directive, a comment of several lines or a raw string is looked for; the line around it is then
/// lexed from its start, and all other lines are never looked at.
class SourceLexer {
 public:
  SourceLexer() : find_mark_(choose_find_mark()) {}

  /// The directives of `text`, which has to be followed by `scan_padding` readable bytes, the first of them zero, as
  /// FileBuffer has it. Nothing of the result is a view into it. Never fails for what `text` says: what is malformed is
  /// recovered from as GCC does. Fails, without a location, when it is 4 GiB or larger.
  ///
  /// Left out are directives that name no header and change no condition: `#embed`, whose operand is a resource,
  /// `#error`, `#line`, other pragmas, and what is malformed. `import`, `module` and `_Pragma` are recognised where
  /// they are not spliced in the middle of the word. Clang's `@import` is not recognised.
  [[nodiscard]] Result<LexedSource> lex(std::string_view text, const LexOptions& options = {});

 private:
  const char* lex_line(const char* at);
  const char* lex_directive(const char* mark, const char* at);
  const char* lex_module(const char* at);
  const char* lex_include(Directive directive, const char* at);
  const char* lex_pragma(const char* at, std::uint32_t line);
  const char* lex_pragma_operator(const char* at);
  /// In a directive, `_Pragma` is text.
  enum class Pragmas : std::uint8_t { count, do_not_count };
  const char* skip_line(const char* at, Pragmas pragmas = Pragmas::count);
  void add_pragma(std::string_view words, std::uint32_t line);
  void add(Directive directive);

  [[nodiscard]] const char* find_line_start(const char* at) const;
  [[nodiscard]] const char* find_physical_line_start(const char* at) const;
  [[nodiscard]] bool begins_module(const char* word) const;
  [[nodiscard]] bool begins_line(const char* mark) const;
  [[nodiscard]] std::uint32_t line_at(const char* at);
  [[nodiscard]] OptionalSourceNameId find_guard() const;
  void translate_trigraphs(std::string_view text);

  FindMark find_mark_;
  OperandLexer operands_;
  std::vector<Directive> directives_;
  std::vector<std::uint32_t> open_groups_;  // their last directive so far
  std::string translated_;                  // the text, if it has trigraphs
  std::string word_;

  // Of the source at hand.
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  const char* lexed_ = nullptr;    // the start of the first line that has not been lexed
  const char* counted_ = nullptr;  // how far line ends have been counted
  std::uint32_t line_ = 1;
  bool has_returns_ = false;  // '\r', each of which may be a line end of its own
};

/// Lexes a single source; see SourceLexer::lex().
[[nodiscard]] Result<LexedSource> lex_source(std::string_view text, const LexOptions& options = {});

}  // namespace bulkhead
