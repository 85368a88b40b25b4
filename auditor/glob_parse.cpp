#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "auditor/glob.h"
#include "auditor/located.h"

namespace bulkhead {
namespace {

// Generous for people, small enough that no pattern can cost memory or stack.
constexpr std::size_t max_pattern_size = 4096;
constexpr std::size_t max_alternatives = 256;
constexpr std::size_t max_brace_depth = 16;

// One character of a pattern after escapes and classes are read, and braces still unexpanded.
struct Symbol {
  enum class Kind : std::uint8_t { character, any, one_of, star, open, comma, close };
  Kind kind;
  std::uint32_t value;   // the byte of a character, the index of a class
  std::uint32_t offset;  // in the pattern
};
using Symbols = std::vector<Symbol>;

bool is_character(const Symbol& symbol, char c) {
  return symbol.kind == Symbol::Kind::character && symbol.value == static_cast<unsigned char>(c);
}

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

std::string_view common_prefix(std::string_view a, std::string_view b) {
  return a.substr(0, static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin()));
}

std::string_view common_suffix(std::string_view a, std::string_view b) {
  const auto size = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
  return a.substr(a.size() - static_cast<std::size_t>(size));
}

}  // namespace

// Text to symbols, symbols to alternatives without braces, alternatives to tokens.
class Glob::Compiler {
 public:
  Compiler(std::string_view pattern, const Location& where)
      : pattern_(pattern), where_(where), glob_(std::string(pattern)) {}

  Result<Glob> compile() {
    if (pattern_.empty()) return error(0, "the pattern is empty", "`**` matches everything");
    if (pattern_.size() > max_pattern_size) {
      return error(0, fmt::format("the pattern is longer than {} bytes", max_pattern_size), "split it into several");
    }
    if (pattern_.front() == '/') {
      return error(0, "the pattern is absolute",
                   "paths are relative to the top source directory: drop the leading `/`");
    }
    if (!read_symbols()) return failed();
    std::optional<std::vector<Symbols>> alternatives = expand();
    if (!alternatives) return failed();
    for (const Symbols& symbols : *alternatives) {
      if (!check_folders(symbols)) return failed();
      glob_.alternatives_.push_back(tokens_of(symbols));
    }
    find_literal_ends();
    return std::move(glob_);
  }

 private:
  tl::unexpected<Error> error(std::size_t offset, std::string message, std::string hint) const {
    return fail(locate(where_, pattern_, offset), std::move(message), std::move(hint));
  }

  // Notes the error for compile() to return.
  bool refuse(std::size_t offset, std::string message, std::string hint = {}) {
    error_ = error(offset, std::move(message), std::move(hint)).value();
    return false;
  }
  tl::unexpected<Error> failed() { return tl::unexpected<Error>(std::move(error_)); }

  bool read_symbols() {
    std::vector<std::size_t> open_braces;
    for (std::size_t i = 0; i < pattern_.size(); ++i) {
      const char c = pattern_[i];
      const auto offset = static_cast<std::uint32_t>(i);
      const auto byte = static_cast<unsigned char>(c);
      if (c == '\0') return refuse(i, "a pattern cannot hold a NUL character");
      if (c == '*') {
        symbols_.push_back({Symbol::Kind::star, 0, offset});
      } else if (c == '?') {
        symbols_.push_back({Symbol::Kind::any, 0, offset});
      } else if (c == '[') {
        if (!read_class(i)) return false;
      } else if (c == '{') {
        if (open_braces.size() == max_brace_depth) return refuse(i, "braces are nested too deeply");
        open_braces.push_back(i);
        symbols_.push_back({Symbol::Kind::open, 0, offset});
      } else if (c == ',' && !open_braces.empty()) {
        symbols_.push_back({Symbol::Kind::comma, 0, offset});
      } else if (c == '}') {
        if (open_braces.empty()) return refuse(i, "this `}` closes nothing", "write `\\}` for the character itself");
        open_braces.pop_back();
        symbols_.push_back({Symbol::Kind::close, 0, offset});
      } else if (c == '\\') {
        if (i + 1 == pattern_.size()) {
          return refuse(i, "the pattern ends in a backslash", "folders are separated by `/`; `\\\\` is a backslash");
        }
        ++i;
        symbols_.push_back({Symbol::Kind::character, static_cast<unsigned char>(pattern_[i]), offset});
      } else {
        symbols_.push_back({Symbol::Kind::character, byte, offset});
      }
    }
    if (open_braces.empty()) return true;
    return refuse(open_braces.back(), "this `{` is never closed", "write `\\{` for the character itself");
  }

  // Reads from the '[' at `i`, and leaves `i` at its ']'.
  bool read_class(std::size_t& i) {
    const std::size_t open = i++;
    const bool negated = i < pattern_.size() && (pattern_[i] == '!' || pattern_[i] == '^');
    if (negated) ++i;

    CharacterClass members;
    bool may_begin_range = false;
    unsigned char previous = 0;
    for (const std::size_t first = i; i < pattern_.size() && (pattern_[i] != ']' || i == first); ++i) {
      const std::size_t member_offset = i;
      const bool is_range = pattern_[i] == '-' && may_begin_range && i + 1 < pattern_.size() && pattern_[i + 1] != ']';
      if (is_range) ++i;
      if (pattern_[i] == '\\' && ++i == pattern_.size()) break;
      const char c = pattern_[i];
      if (c == '/') return refuse(i, "a class cannot hold `/`", "`**` crosses folders");
      if (!is_ascii(c) || c == '\0') {
        return refuse(i, "a class can only hold ASCII characters", "use alternatives: `{a,b}`");
      }
      const auto last = static_cast<unsigned char>(c);
      const unsigned char begin = is_range ? previous : last;
      if (begin > last) {
        return refuse(member_offset - 1, fmt::format("the range `{}-{}` is backwards", static_cast<char>(begin), c));
      }
      for (unsigned member = begin; member <= last; ++member) members.ascii.set(member);
      may_begin_range = !is_range;
      previous = last;
    }
    if (i >= pattern_.size()) {
      return refuse(open, "this `[` is never closed", "write `\\[` for the character itself");
    }
    if (negated) {
      members.ascii.flip();
      members.beyond_ascii = true;
    }
    symbols_.push_back(
        {Symbol::Kind::one_of, static_cast<std::uint32_t>(glob_.classes_.size()), static_cast<std::uint32_t>(open)});
    glob_.classes_.push_back(members);
    return true;
  }

  std::optional<std::vector<Symbols>> expand() {
    // What is open: the alternatives before a brace, those that its commas have ended, and the one being read.
    struct Level {
      std::vector<Symbols> ended;
      std::vector<Symbols> current{Symbols{}};
    };
    std::vector<Level> levels(1);
    for (const Symbol& symbol : symbols_) {
      switch (symbol.kind) {
        case Symbol::Kind::open: levels.emplace_back(); break;
        case Symbol::Kind::comma: {
          Level& level = levels.back();
          std::move(level.current.begin(), level.current.end(), std::back_inserter(level.ended));
          level.current.assign(1, Symbols{});
          break;
        }
        case Symbol::Kind::close: {
          Level inner = std::move(levels.back());
          levels.pop_back();
          std::move(inner.current.begin(), inner.current.end(), std::back_inserter(inner.ended));
          std::vector<Symbols>& heads = levels.back().current;
          if (heads.size() * inner.ended.size() > max_alternatives) {
            refuse(symbol.offset, fmt::format("the braces stand for more than {} patterns", max_alternatives),
                   "use `*`, or several patterns");
            return std::nullopt;
          }
          std::vector<Symbols> product;
          product.reserve(heads.size() * inner.ended.size());
          for (const Symbols& head : heads) {
            for (const Symbols& tail : inner.ended) {
              product.push_back(head);
              product.back().insert(product.back().end(), tail.begin(), tail.end());
            }
          }
          heads = std::move(product);
          break;
        }
        default:
          for (Symbols& alternative : levels.back().current) alternative.push_back(symbol);
      }
    }
    return std::move(levels.front().current);
  }

  // Refuses what no path can match, since a path has no empty folder, no "." and no ".." after a name.
  bool check_folders(const Symbols& symbols) {
    if (symbols.empty()) return refuse(0, "one alternative of the pattern is empty", "`**` matches everything");
    bool has_name = false;
    for (std::size_t begin = 0; begin <= symbols.size();) {
      std::size_t end = begin;
      while (end < symbols.size() && !is_character(symbols[end], '/')) ++end;
      const std::size_t offset = begin < symbols.size() ? symbols[begin].offset : pattern_.size() - 1;
      if (begin == end && begin == symbols.size()) {
        return refuse(offset, "the pattern ends in `/`, and no path does",
                      "end it in `/**` to match all that is below");
      }
      if (begin == end && begin == 0) {
        return refuse(offset, "the pattern is absolute", "paths are relative to the top source directory");
      }
      if (begin == end) return refuse(offset, "the pattern has an empty folder name", "write a single `/`");
      const bool all_dots = std::all_of(symbols.begin() + static_cast<std::ptrdiff_t>(begin),
                                        symbols.begin() + static_cast<std::ptrdiff_t>(end),
                                        [](const Symbol& symbol) { return is_character(symbol, '.'); });
      if (all_dots && end - begin == 1) return refuse(offset, "`.` matches no path", "leave the `.` and its `/` out");
      const bool is_parent = all_dots && end - begin == 2;
      if (is_parent && has_name) return refuse(offset, "`..` can only come first", "name the folder itself");
      if (!is_parent) has_name = true;
      begin = end + 1;
    }
    return true;
  }

  Alternative tokens_of(const Symbols& symbols) {
    Alternative tokens;
    const auto position = [this] { return static_cast<std::uint32_t>(glob_.literals_.size()); };
    for (std::size_t i = 0; i < symbols.size();) {
      const Symbol& symbol = symbols[i];
      if (symbol.kind == Symbol::Kind::star) {
        const std::size_t begin = i;
        while (i < symbols.size() && symbols[i].kind == Symbol::Kind::star) ++i;
        if (i - begin == 1) {
          tokens.push_back({TokenKind::star});
          continue;
        }
        const bool starts_name = begin == 0 || is_character(symbols[begin - 1], '/');
        if (starts_name && i < symbols.size() && is_character(symbols[i], '/')) {
          ++i;
          if (tokens.empty() || tokens.back().kind != TokenKind::folders) tokens.push_back({TokenKind::folders});
        } else if (starts_name && begin != 0 && i == symbols.size() && !ends_in_folders(tokens)) {
          drop_slash(tokens);
          tokens.push_back({TokenKind::below});
        } else {
          tokens.push_back({TokenKind::globstar});
        }
        continue;
      }
      ++i;
      if (symbol.kind == Symbol::Kind::any) {
        tokens.push_back({TokenKind::character});
      } else if (symbol.kind == Symbol::Kind::one_of) {
        tokens.push_back({TokenKind::one_of, symbol.value});
      } else {
        const bool extends = !tokens.empty() && tokens.back().kind == TokenKind::literal;
        if (!extends) tokens.push_back({TokenKind::literal, position(), position()});
        glob_.literals_.push_back(static_cast<char>(symbol.value));
        tokens.back().end = position();
      }
    }
    return tokens;
  }

  static bool ends_in_folders(const Alternative& tokens) {
    return !tokens.empty() && tokens.back().kind == TokenKind::folders;
  }

  // The '/' before a final "**" may be missing in a path, so it is part of `below`.
  void drop_slash(Alternative& tokens) {
    glob_.literals_.pop_back();
    --tokens.back().end;
    if (tokens.back().begin == tokens.back().end) tokens.pop_back();
  }

  void find_literal_ends() {
    std::optional<std::string_view> prefix;
    std::optional<std::string_view> suffix;
    for (const Alternative& tokens : glob_.alternatives_) {
      const auto literal_of = [this](const Token& token) {
        return token.kind == TokenKind::literal ? glob_.literal(token) : std::string_view{};
      };
      const std::string_view head = literal_of(tokens.front());
      const std::string_view tail = literal_of(tokens.back());
      prefix = prefix ? common_prefix(*prefix, head) : head;
      suffix = suffix ? common_suffix(*suffix, tail) : tail;
    }
    glob_.literal_prefix_ = prefix.value_or("");
    glob_.literal_suffix_ = suffix.value_or("");
  }

  std::string_view pattern_;
  const Location& where_;
  Glob glob_;
  Symbols symbols_;
  Error error_;
};

Result<Glob> Glob::parse(std::string_view pattern, const Location& where) {
  return Compiler(pattern, where).compile();
}

}  // namespace bulkhead
