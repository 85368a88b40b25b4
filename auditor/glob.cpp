#include "auditor/glob.h"

#include <algorithm>

namespace bulkhead {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

// Bytes of the UTF-8 sequence at `position`: one for ASCII and for anything malformed.
std::size_t character_size(std::string_view text, std::size_t position) {
  if (is_ascii(text[position])) return 1;
  std::size_t end = position + 1;
  while (end < text.size() && end < position + 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - position;
}

}  // namespace

std::string_view Glob::literal(const Token& token) const {
  return std::string_view(literals_).substr(token.begin, token.end - token.begin);
}

bool Glob::matches_any_alternative(std::string_view path) const {
  return std::any_of(alternatives_.begin(), alternatives_.end(),
                     [&](const Alternative& tokens) { return matches_alternative(tokens, path); });
}

// Where the path goes on after a token of fixed extent, or `nowhere`.
std::size_t Glob::match_token(const Token& token, std::string_view path, std::size_t position) const {
  if (token.kind == TokenKind::literal) {
    const std::string_view expected = literal(token);
    return path.substr(position).starts_with(expected) ? position + expected.size() : nowhere;
  }
  if (position == path.size() || path[position] == '/') return nowhere;
  if (token.kind == TokenKind::one_of) {
    const CharacterClass& members = classes_[token.begin];
    const bool is_member = is_ascii(path[position]) ? members.ascii.test(static_cast<unsigned char>(path[position]))
                                                    : members.beyond_ascii;
    if (!is_member) return nowhere;
  }
  return position + character_size(path, position);
}

// Tries the shortest extent of each wildcard first, and on a mismatch lengthens only the last `*`, or when that has met
// a '/', the last `**`. No earlier one needs another try: a later `**` can take in whatever an earlier wildcard could,
// and a `*` before another one in the same folder likewise. Hence no exponential time, whatever the pattern.
bool Glob::matches_alternative(const Alternative& tokens, std::string_view path) const {
  struct Retry {
    bool possible = false;
    std::size_t token = 0;
    std::size_t position = 0;
  };
  Retry star;
  Retry globstar;
  bool whole_folders = false;

  std::size_t at = 0;
  std::size_t position = 0;
  while (true) {
    bool matched = false;
    if (at == tokens.size()) {
      if (position == path.size()) return true;
    } else {
      switch (tokens[at].kind) {
        case TokenKind::star:
          star = {true, ++at, position};
          matched = true;
          break;
        case TokenKind::globstar:
        case TokenKind::folders:
          whole_folders = tokens[at].kind == TokenKind::folders;
          if (!whole_folders && at + 1 == tokens.size()) return true;
          globstar = {true, ++at, position};
          star.possible = false;
          matched = true;
          break;
        case TokenKind::below:
          if (position == path.size() || path[position] == '/') return true;
          break;
        default: {
          const std::size_t next = match_token(tokens[at], path, position);
          if (next != nowhere) {
            position = next;
            ++at;
            matched = true;
          }
        }
      }
    }
    if (matched) continue;

    if (star.possible && star.position < path.size() && path[star.position] != '/') {
      star.position += character_size(path, star.position);
      at = star.token;
      position = star.position;
      continue;
    }
    star.possible = false;
    if (!globstar.possible || globstar.position >= path.size()) return false;
    if (whole_folders) {
      const std::size_t slash = path.find('/', globstar.position);
      if (slash == nowhere) return false;
      globstar.position = slash + 1;
    } else {
      globstar.position += character_size(path, globstar.position);
    }
    at = globstar.token;
    position = globstar.position;
  }
}

}  // namespace bulkhead
