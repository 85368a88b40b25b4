#include "graph/cmake_call.h"

#include <algorithm>
#include <cctype>

namespace bulkhead {
namespace {

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '+' || c == '.';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<CMakeCall> parse() {
    std::vector<CMakeCall> calls;
    for (;;) {
      skip_blanks_and_comments();
      if (at_end()) return calls;
      CMakeCall call;
      call.line = line_;
      while (!at_end() && (std::isalnum(static_cast<unsigned char>(peek())) != 0 || peek() == '_')) {
        call.command.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(peek()))));
        advance();
      }
      while (!at_end() && (peek() == ' ' || peek() == '\t')) advance();
      if (call.command.empty() || at_end() || peek() != '(') return calls;
      advance();
      if (!parse_arguments(call)) return calls;
      calls.push_back(std::move(call));
    }
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return text_[at_]; }
  [[nodiscard]] std::uint32_t column() const { return static_cast<std::uint32_t>(at_ - line_begin_ + 1); }

  void advance() {
    if (text_[at_] == '\n') {
      ++line_;
      line_begin_ = at_ + 1;
    }
    ++at_;
  }

  // The number of `=` in a bracket that opens here, `[==[`; none when no bracket does.
  [[nodiscard]] std::optional<std::size_t> bracket_here() const {
    if (at_end() || peek() != '[') return std::nullopt;
    std::size_t i = at_ + 1;
    while (i < text_.size() && text_[i] == '=') ++i;
    if (i >= text_.size() || text_[i] != '[') return std::nullopt;
    return i - at_ - 1;
  }

  std::string read_bracket(std::size_t equals) {
    const std::string close = "]" + std::string(equals, '=') + "]";
    for (std::size_t i = 0; i < equals + 2; ++i) advance();
    const std::size_t end = std::min(text_.find(close, at_), text_.size());
    std::string content(text_.substr(at_, end - at_));
    while (at_ < std::min(end + close.size(), text_.size())) advance();
    return content;
  }

  void skip_comment() {
    advance();
    if (const auto equals = bracket_here()) {
      read_bracket(*equals);
    } else {
      while (!at_end() && peek() != '\n') advance();
    }
  }

  void skip_blanks_and_comments() {
    while (!at_end()) {
      if (peek() == '#') {
        skip_comment();
      } else if (std::isspace(static_cast<unsigned char>(peek())) != 0) {
        advance();
      } else {
        return;
      }
    }
  }

  bool parse_arguments(CMakeCall& call) {
    int depth = 1;
    for (;;) {
      skip_blanks_and_comments();
      if (at_end()) return false;
      if (peek() == '(' || peek() == ')') {
        depth += peek() == '(' ? 1 : -1;
        advance();
        if (depth == 0) return true;
        continue;
      }
      CallArgument argument{.text = {}, .line = line_, .column = column(), .depth = static_cast<std::uint32_t>(depth)};
      if (const auto equals = bracket_here()) {
        argument.text = read_bracket(*equals);
        argument.quoted = true;
      } else if (peek() == '"') {
        ++argument.column;
        argument.quoted = true;
        advance();
        while (!at_end() && peek() != '"') {
          if (peek() == '\\' && at_ + 1 < text_.size()) advance();
          argument.text.push_back(peek());
          advance();
        }
        if (at_end()) return false;
        advance();
      } else {
        read_unquoted(argument.text);
      }
      call.arguments.push_back(std::move(argument));
    }
  }

  // `$<…>` may hold quotes and, in old code, so may plain words; parentheses end a word.
  void read_unquoted(std::string& text) {
    while (!at_end() && std::isspace(static_cast<unsigned char>(peek())) == 0) {
      const char c = peek();
      if (c == '(' || c == ')' || c == '#' || c == '"') {
        if (text.empty()) {
          text.push_back(c);
          advance();
        }
        return;
      }
      if (c == '\\' && at_ + 1 < text_.size()) {
        text.push_back(c);
        advance();
      }
      text.push_back(peek());
      advance();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

std::vector<CMakeCall> parse_cmake_calls(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return Lexer(text).parse();
}

const CMakeCall* find_call(const std::vector<CMakeCall>& calls, std::uint32_t line) {
  const auto after = std::upper_bound(calls.begin(), calls.end(), line,
                                      [](std::uint32_t wanted, const CMakeCall& call) { return wanted < call.line; });
  return after == calls.begin() ? nullptr : &*(after - 1);
}

const CallArgument* find_argument(const CMakeCall& call, std::string_view word) {
  if (word.empty()) return nullptr;
  for (const CallArgument& argument : call.arguments) {
    for (std::size_t at = argument.text.find(word); at != std::string::npos; at = argument.text.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool begins = at == 0 || !is_word_character(argument.text[at - 1]);
      const bool ends = end == argument.text.size() || !is_word_character(argument.text[end]);
      if (begins && ends) return &argument;
    }
  }
  return nullptr;
}

}  // namespace bulkhead
