// The directives that few sources have: pragmas, and the declarations of modules.
#include <array>

#include "graph/source_cursor.h"
#include "graph/source_lexer.h"

namespace bulkhead {

// once; push_macro("X"); pop_macro("X"). `words` may have blanks anywhere.
void SourceLexer::add_pragma(std::string_view words, std::uint32_t line) {
  const auto skip = [&words] {
    while (!words.empty() && is_blank(words.front())) words.remove_prefix(1);
  };
  const auto take = [&](char c) {
    skip();
    if (!words.starts_with(c)) return false;
    words.remove_prefix(1);
    return true;
  };
  const auto take_name = [&] {
    skip();
    std::size_t size = 0;
    while (size < words.size() && is_name_character(words[size])) ++size;
    const std::string_view name = words.substr(0, size);
    words.remove_prefix(size);
    return name;
  };
  const std::string_view word = take_name();
  Directive directive{.line = line, .kind = DirectiveKind::pragma_once};
  if (word == "once") return add(directive);
  if (word != "push_macro" && word != "pop_macro") return;
  directive.kind = word == "push_macro" ? DirectiveKind::push_macro : DirectiveKind::pop_macro;
  if (!take('(') || !take('"')) return;
  const std::string_view name = take_name();
  if (name.empty() || !take('"') || !take(')')) return;
  operands_.set_name(name, directive);
  add(directive);
}

const char* SourceLexer::lex_pragma(const char* at, std::uint32_t line) {
  at = skip_blanks(at, end_);
  const char* const begin = at;
  const char* const end = skip_line(at, Pragmas::do_not_count);
  // Comments do not matter behind these words, and between them nobody writes one.
  word_.clear();
  for (const char* c = begin; c < end;) {
    const char* const spliced = skip_splices(c);
    if (spliced == c && is_line_end(*c)) break;
    c = spliced;
    if (c < end) word_ += *c++;
  }
  add_pragma(word_, line);
  return end;
}

// `at` is behind `_Pragma`.
const char* SourceLexer::lex_pragma_operator(const char* at) {
  const char* const word = at;
  const char* open = skip_blanks(at, end_);
  if (*open != '(') return word;
  open = skip_blanks(open + 1, end_);
  const bool has_prefix = *open == 'L';
  if (has_prefix) ++open;
  if (open >= end_ || *open != '"') return word;
  const char* const close = skip_literal(open, end_);
  word_.clear();
  for (const char* c = open + 1; c + 1 < close; ++c) {
    if (*c == '\\' && c + 2 < close) ++c;
    word_ += *c;
  }
  add_pragma(word_, line_at(word));
  return close;
}

// `at` is at the first word of a line. A line that turns out to be no declaration of a module is skipped as any other.
const char* SourceLexer::lex_module(const char* at) {
  const char* const line_begin = at;
  std::array<char, longest_word> buffer;
  std::string_view word = read_word(at, buffer);
  if (word == "export") {
    at = skip_blanks(at, end_);
    word = read_word(at, buffer);
  }
  const bool is_import = word == "import";
  if (!is_import && word != "module") return skip_line(line_begin);
  at = skip_blanks(at, end_);
  Directive directive{.kind = is_import ? DirectiveKind::import_module : DirectiveKind::module};
  if (is_import && (*at == '<' || *at == '"')) {
    const char* behind = at;
    while (behind < end_ && !is_line_end(*behind) && *behind != ';') ++behind;
    if (behind >= end_ || *behind != ';' || !operands_.lex_header(at, directive)) return skip_line(line_begin);
    directive.line = line_at(line_begin);
    directive.kind = DirectiveKind::import_header;
    add(directive);
    return skip_line(at);
  }
  word_.clear();
  while (at < end_ && (is_name_character(*at) || *at == '.' || *at == ':')) {
    word_ += *at;
    const char* const next = skip_blanks(at + 1, end_);
    // Two words are a declaration of something else.
    if (next != at + 1 && is_name_character(*at) && is_name_character(*next)) return skip_line(line_begin);
    at = next;
  }
  const bool is_whole = at < end_ && (*at == ';' || (*at == '[' && at[1] == '['));
  const bool is_name = !word_.empty() && (is_import || word_.front() != ':');
  if (!is_whole || !is_name) return skip_line(line_begin);
  directive.line = line_at(line_begin);
  operands_.set_operand(word_, directive);
  add(directive);
  return skip_line(at);
}

}  // namespace bulkhead
