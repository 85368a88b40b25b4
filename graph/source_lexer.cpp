#include "graph/source_lexer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "graph/source_cursor.h"

namespace bulkhead {
namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{1} << 32;

// The words of directives; nothing for those that are left out.
struct DirectiveWord {
  std::string_view word;
  DirectiveKind kind;
};
constexpr std::array directive_words = {
    DirectiveWord{"include", DirectiveKind::include},
    DirectiveWord{"define", DirectiveKind::define},
    DirectiveWord{"endif", DirectiveKind::endif},
    DirectiveWord{"if", DirectiveKind::if_},
    DirectiveWord{"ifdef", DirectiveKind::ifdef},
    DirectiveWord{"ifndef", DirectiveKind::ifndef},
    DirectiveWord{"else", DirectiveKind::else_},
    DirectiveWord{"undef", DirectiveKind::undef},
    DirectiveWord{"elif", DirectiveKind::elif},
    DirectiveWord{"import", DirectiveKind::import},
    DirectiveWord{"elifdef", DirectiveKind::elifdef},
    DirectiveWord{"elifndef", DirectiveKind::elifndef},
    DirectiveWord{"include_next", DirectiveKind::include_next},
};

std::optional<DirectiveKind> find_directive(std::string_view word) {
  for (const DirectiveWord& known : directive_words) {
    if (known.word == word) return known.kind;
  }
  return std::nullopt;
}

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::uint32_t SourceLexer::line_at(const char* at) {
  if (!has_returns_) {
    line_ += count_line_feeds(counted_, at);
  } else {
    for (const char* c = counted_; c < at; ++c) {
      if (*c == '\n' || (*c == '\r' && c[1] != '\n')) ++line_;
    }
  }
  counted_ = at;
  return line_;
}

const char* SourceLexer::find_physical_line_start(const char* at) const {
  while (at > lexed_ && !is_line_end(at[-1])) --at;
  return at;
}

const char* SourceLexer::find_line_start(const char* at) const {
  for (;;) {
    at = find_physical_line_start(at);
    if (at == lexed_ || !is_spliced(at - 1, lexed_)) return at;
    --at;
    if (*at == '\n' && at > lexed_ && at[-1] == '\r') --at;
  }
}

// Whether nothing but blanks stands before it on its line, as it is in the file; what is spliced before it, lex_line()
// looks at.
bool SourceLexer::begins_line(const char* mark) const {
  while (mark > lexed_ && is_blank(mark[-1])) --mark;
  return mark == lexed_ || is_line_end(mark[-1]);
}

bool SourceLexer::begins_module(const char* word) const {
  const std::string_view text = between(word, skip_name(word));
  if (text != "import" && text != "module") return false;
  const char* at = word;
  while (at > lexed_ && is_blank(at[-1])) --at;
  constexpr std::string_view before = "export";
  if (at != word && static_cast<std::size_t>(at - lexed_) >= before.size() &&
      between(at - before.size(), at) == before) {
    at -= before.size();
  }
  return begins_line(at);
}

void SourceLexer::add(Directive directive) {
  const auto index = static_cast<std::uint32_t>(directives_.size());
  if (is_conditional(directive.kind)) {
    const bool opens = directive.kind <= DirectiveKind::ifndef;
    // What belongs to no group is an error for a compiler, and nothing for us.
    if (!opens && open_groups_.empty()) return;
    if (!opens) directives_[open_groups_.back()].next = index;
    if (opens) {
      open_groups_.push_back(index);
    } else if (directive.kind == DirectiveKind::endif) {
      open_groups_.pop_back();
    } else {
      open_groups_.back() = index;
    }
  }
  directives_.push_back(directive);
}

// Behind the rest of a line that begins with something else. Its comments and raw strings may end lines below.
const char* SourceLexer::skip_line(const char* at, Pragmas pragmas) {
  while (at < end_) {
    const char c = *at;
    if ((classes_of(c) & remarkable) == 0 || c == '\0') {
      ++at;
    } else if (is_line_end(c)) {
      return after_line_end(at);
    } else if ((classes_of(c) & identifier_start) != 0) {
      std::array<char, longest_word> word;
      const std::string_view text = read_word(at, word);
      if (*at == '"' && is_raw_prefix(text)) {
        at = skip_raw_string(at, end_);
      } else if (pragmas == Pragmas::count && text == "_Pragma") {
        at = lex_pragma_operator(at);
      }
    } else if ((classes_of(c) & digit) != 0) {
      at = skip_number(at);
    } else if (c == '"' || c == '\'') {
      at = skip_literal(at, end_);
    } else {  // a comment or a splice, perhaps
      const char* const next = skip_blanks(at, end_);
      at = next == at ? at + 1 : next;
    }
  }
  return end_;
}

const char* SourceLexer::lex_line(const char* at) {
  at = skip_blanks(at, end_);
  if (at >= end_) return end_;
  if (is_line_end(*at)) return after_line_end(at);
  if (*at == '#') return lex_directive(at, at + 1);
  if (*at == '%') {
    const char* const second = skip_splices(at + 1);
    if (*second == ':') return lex_directive(at, second + 1);
  }
  if (*at == 'i' || *at == 'm' || *at == 'e') return lex_module(at);
  return skip_line(at);
}

const char* SourceLexer::lex_directive(const char* mark, const char* at) {
  at = skip_blanks(at, end_);
  std::array<char, longest_word> buffer;
  const std::string_view word = read_word(at, buffer);
  if (word == "pragma") return lex_pragma(at, line_at(mark));
  const auto kind = find_directive(word);
  if (!kind) return skip_line(at, Pragmas::do_not_count);
  Directive directive{.line = line_at(mark), .kind = *kind};
  switch (*kind) {
    case DirectiveKind::define:
      if (operands_.lex_definition(at, directive)) add(directive);
      break;
    case DirectiveKind::undef:
      if (operands_.lex_name(at, directive)) add(directive);
      break;
    case DirectiveKind::ifdef:
    case DirectiveKind::ifndef:
    case DirectiveKind::elifdef:
    case DirectiveKind::elifndef:
      operands_.lex_name(at, directive);  // even without a name it opens a group, or goes on with one
      add(directive);
      break;
    case DirectiveKind::if_:
    case DirectiveKind::elif:
      operands_.lex_tokens(at, directive);
      add(directive);
      break;
    case DirectiveKind::else_:
    case DirectiveKind::endif: add(directive); break;
    default: return lex_include(directive, at);
  }
  return skip_line(at, Pragmas::do_not_count);
}

const char* SourceLexer::lex_include(Directive directive, const char* at) {
  at = skip_blanks(at, end_);
  if (!operands_.lex_header(at, directive)) {
    directive.form = IncludeForm::tokens;
    operands_.lex_tokens(at, directive);
  }
  add(directive);
  return skip_line(at, Pragmas::do_not_count);
}

OptionalSourceNameId SourceLexer::find_guard() const {
  std::size_t first = 0;
  while (first < directives_.size() && directives_[first].kind == DirectiveKind::pragma_once) ++first;
  if (first == directives_.size() || directives_[first].next != directives_.size() - 1 ||
      directives_.back().kind != DirectiveKind::endif) {
    return std::nullopt;
  }
  const Directive& opening = directives_[first];
  if (opening.kind == DirectiveKind::ifndef) return opening.name;
  if (opening.kind != DirectiveKind::if_) return std::nullopt;
  // ! defined X, ! defined ( X )
  const auto tokens = std::span(operands_.tokens()).subspan(opening.tokens.begin, opening.tokens.size());
  const bool has_parentheses = tokens.size() == 5 && tokens[2].kind == TokenKind::left_parenthesis &&
                               tokens[4].kind == TokenKind::right_parenthesis;
  if (!has_parentheses && tokens.size() != 3) return std::nullopt;
  const Token& name = tokens[has_parentheses ? 3 : 2];
  if (tokens[0].kind != TokenKind::logical_not || tokens[1].kind != TokenKind::identifier ||
      name.kind != TokenKind::identifier) {
    return std::nullopt;
  }
  const LexedSource::Name question = operands_.names()[tokens[1].at];
  if (operands_.text().substr(question.at, question.size) != "defined") return std::nullopt;
  return SourceNameId(name.at);
}

// Those of brackets stay: no directive has a use for them, and raw strings keep their parentheses.
void SourceLexer::translate_trigraphs(std::string_view text) {
  translated_.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '?' && text.substr(i).starts_with("??") && i + 2 < text.size()) {
      constexpr std::string_view from = "=/'!-<>";
      constexpr std::string_view to = "#\\^|~{}";
      const std::size_t found = from.find(text[i + 2]);
      if (found != std::string_view::npos) {
        c = to[found];
        i += 2;
      }
    }
    translated_ += c;
  }
  translated_.append(scan_padding, '\0');
}

Result<LexedSource> SourceLexer::lex(std::string_view text, const LexOptions& options) {
  if (text.size() >= most_bytes) return fail({}, "this file is 4 GiB or larger");
  if (options.has_trigraphs && text.find("??") != std::string_view::npos) {
    translate_trigraphs(text);
    text = std::string_view(translated_).substr(0, translated_.size() - scan_padding);
  }
  if (text.empty()) return LexedSource();
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  begin_ = lexed_ = counted_ = text.data();
  end_ = begin_ + text.size();
  line_ = 1;
  has_returns_ = std::memchr(begin_, '\r', text.size()) != nullptr;
  directives_.clear();
  open_groups_.clear();
  operands_.begin(end_);

  for (const char* at = begin_; (at = find_mark_(at, end_)) < end_;) {
    bool is_near = false;  // whether its line is to be lexed
    switch (*at) {
      case '#': is_near = begins_line(at); break;
      case '%': is_near = *skip_splices(at + 1) == ':' && begins_line(at); break;
      case '/': is_near = *skip_splices(at + 1) == '*'; break;
      case 'R':
        is_near = *skip_splices(at + 1) == '"' &&
                  (at == lexed_ || !is_name_character(at[-1]) || std::strchr("LuU8", at[-1]) != nullptr);
        break;
      case '_': is_near = between(at, skip_name(at)) == "_Pragma"; break;
      default: is_near = (at == lexed_ || !is_name_character(at[-1])) && begins_module(at);
    }
    if (!is_near) {
      ++at;
      continue;
    }
    // Within the lines that it lexes, lex_line() finds all marks itself.
    lexed_ = lex_line(find_line_start(at));
    at = lexed_;
  }
  for (const std::uint32_t last : open_groups_) directives_[last].next = static_cast<std::uint32_t>(directives_.size());
  return LexedSource(directives_, operands_.tokens(), operands_.names(), operands_.text(), find_guard());
}

Result<LexedSource> lex_source(std::string_view text, const LexOptions& options) {
  return SourceLexer().lex(text, options);
}

}  // namespace bulkhead
