#include "graph/source_cursor.h"

#include <algorithm>

namespace bulkhead {
namespace {

constexpr std::size_t longest_delimiter = 16;  // of a raw string, [lex.string]

const char* find(const char* at, const char* end, char c) {
  const void* const found = std::memchr(at, c, static_cast<std::size_t>(end - at));
  return found == nullptr ? end : static_cast<const char*>(found);
}

}  // namespace

const char* find_line_end(const char* at, const char* end) {
  const char* const begin = at;
  const char* feed = find(at, end, '\n');
  // A lone carriage return ends a line, too. Most texts have none.
  for (;;) {
    const char* const ended = find(at, feed, '\r');
    if (!is_spliced(ended, begin) || ended == end) return ended;
    at = after_line_end(ended);
    if (at > feed) feed = find(at, end, '\n');
  }
}

const char* skip_block_comment(const char* at, const char* end) {
  for (const char* slash = at; (slash = find(slash, end, '/')) != end; ++slash) {
    // The two may be on different lines that are spliced.
    const char* before = slash;
    while (before > at && (classes_of(before[-1]) & line_end) != 0 && is_spliced(before - 1, at)) {
      --before;
      while (before > at && before[-1] != '\\') --before;
      if (before > at) --before;
    }
    if (before > at && before[-1] == '*') return slash + 1;
  }
  return end;
}

const char* skip_literal(const char* at, const char* end) {
  const char quote = *at++;
  for (; at < end; ++at) {
    if (*at == quote) return at + 1;
    if ((classes_of(*at) & line_end) != 0) return at;
    if (*at != '\\') continue;
    const char* const spliced = skip_splices(at);
    if (spliced != at) {
      at = spliced - 1;
    } else if ((classes_of(at[1]) & line_end) == 0) {
      // What is escaped, which a splice may separate from its backslash.
      at = skip_splices(at + 1);
      if ((classes_of(*at) & line_end) != 0) return std::min(at, end);
    }
  }
  return end;
}

const char* skip_raw_string(const char* at, const char* end) {
  const char* const delimiter = at + 1;
  const char* open = delimiter;
  while (open < end && *open != '(' && static_cast<std::size_t>(open - delimiter) <= longest_delimiter &&
         (classes_of(*open) & (blank | line_end)) == 0 && *open != ')' && *open != '\\' && *open != '"') {
    ++open;
  }
  // What is no delimiter makes it an ordinary literal, as compilers recover.
  if (open >= end || *open != '(' || static_cast<std::size_t>(open - delimiter) > longest_delimiter) {
    return skip_literal(at, end);
  }
  const std::string_view mark(delimiter, static_cast<std::size_t>(open - delimiter));
  for (const char* close = open + 1; (close = find(close, end, ')')) != end; ++close) {
    const std::string_view rest(close + 1, static_cast<std::size_t>(end - close - 1));
    if (rest.size() > mark.size() && rest[mark.size()] == '"' && rest.starts_with(mark)) {
      return close + 1 + mark.size() + 1;
    }
  }
  return end;
}

const char* skip_number(const char* at) {
  for (;;) {
    const char* const next = skip_splices(at);
    const char c = *next;
    if (is_name_character(c) || c == '.') {
      at = next + 1;
      if (c != 'e' && c != 'E' && c != 'p' && c != 'P') continue;
      const char* const sign = skip_splices(at);
      if (*sign == '+' || *sign == '-') at = sign + 1;
    } else if (c == '\'' && is_name_character(*skip_splices(next + 1))) {
      at = skip_splices(next + 1) + 1;
    } else {
      return at;
    }
  }
}

const char* skip_blanks(const char* at, const char* end) {
  while (at < end) {
    if ((classes_of(*at) & blank) != 0) {
      ++at;
    } else if (*at == '\\') {
      const char* const spliced = skip_splices(at);
      if (spliced == at) return at;
      at = spliced;
    } else if (*at == '/') {
      const char* const second = skip_splices(at + 1);
      if (*second == '/') return find_line_end(second, end);
      if (*second != '*') return at;
      at = skip_block_comment(second + 1, end);
    } else {
      return at;
    }
  }
  return end;
}

}  // namespace bulkhead
