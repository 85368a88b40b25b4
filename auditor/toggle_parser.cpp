#include "auditor/toggle_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "auditor/located.h"
#include "auditor/toggle_value.h"

namespace bulkhead {
namespace {

constexpr std::size_t max_toggle_size = 65536;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_name_character(char c) {
  return is_letter_or_digit(c) || std::string_view("/_.+-").find(c) != std::string_view::npos;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Reads arguments as cmake-language(7) has them. Methods that return false have set error_.
class ArgumentReader {
 public:
  ArgumentReader(std::string_view text, const Location& where) : text_(text), where_(where) {}

  Result<std::vector<ToggleArgument>> read() {
    if (text_.size() > max_toggle_size) {
      return fail(where_, fmt::format("the toggle is longer than {} bytes", max_toggle_size));
    }
    while (skip_space()) {
      if (!read_argument()) return tl::unexpected<Error>(std::move(error_));
    }
    return std::move(arguments_);
  }

 private:
  bool refuse(std::size_t offset, std::string message, std::string hint = {}) {
    error_ = Error{locate(where_, text_, offset), std::move(message), std::move(hint)};
    return false;
  }

  // False at the end of the text.
  bool skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return at_ < text_.size();
  }

  bool read_argument() {
    arguments_.push_back({{}, false, static_cast<std::uint32_t>(at_)});
    const char c = text_[at_];
    if (c == '(' || c == ')') {
      append(c);
      ++at_;
      return true;
    }
    if (c == '"') return read_quoted() && check_separated();
    if (const std::optional<std::size_t> equal_signs = bracket_at(at_, '[')) {
      return read_bracket(*equal_signs) && check_separated();
    }
    return read_unquoted();
  }

  void append(char c) {
    std::vector<ArgumentPiece>& pieces = arguments_.back().pieces;
    if (pieces.empty() || pieces.back().kind != ArgumentPiece::Kind::text) {
      pieces.push_back({ArgumentPiece::Kind::text});
    }
    pieces.back().text.push_back(c);
  }

  bool check_separated() {
    if (at_ == text_.size() || is_space(text_[at_]) || text_[at_] == '(' || text_[at_] == ')') return true;
    return refuse(at_, "a space is missing after the quoted text");
  }

  // The number of '=' in a "[==[" or "]==]" at `position`.
  [[nodiscard]] std::optional<std::size_t> bracket_at(std::size_t position, char bracket) const {
    if (text_[position] != bracket) return std::nullopt;
    std::size_t end = position + 1;
    while (end < text_.size() && text_[end] == '=') ++end;
    if (end == text_.size() || text_[end] != bracket) return std::nullopt;
    return end - position - 1;
  }

  bool read_bracket(std::size_t equal_signs) {
    const std::size_t open = at_;
    arguments_.back().quoted = true;
    at_ += equal_signs + 2;
    if (text_.substr(at_).starts_with('\n')) ++at_;
    for (; at_ < text_.size(); ++at_) {
      if (bracket_at(at_, ']') == equal_signs) {
        at_ += equal_signs + 2;
        return true;
      }
      if (!append_literally()) return false;
    }
    return refuse(open, "this bracket argument is never closed",
                  fmt::format("close it with `]{:=>{}}]`", "", equal_signs));
  }

  bool append_literally() {
    if (text_[at_] == '\0') return refuse(at_, "a toggle cannot hold a NUL character");
    append(text_[at_]);
    return true;
  }

  bool read_quoted() {
    const std::size_t open = at_++;
    arguments_.back().quoted = true;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_.substr(at_).starts_with("\\\n")) {
        at_ += 2;  // the line goes on
      } else if (!read_element()) {
        return false;
      }
    }
    if (at_ == text_.size()) return refuse(open, "this quoted text is never closed");
    ++at_;
    return true;
  }

  bool read_unquoted() {
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '(' && text_[at_] != ')') {
      const char c = text_[at_];
      if (c == '"') return refuse(at_, "a quote inside an unquoted word", "quote the whole word");
      if (c == '#')
        return refuse(at_, "a toggle has no comments", "write `\\#` or quote the word to mean the character");
      if (c == ';') return refuse(at_, "a list cannot be an argument of if()", "quote it to mean the text");
      if (text_.substr(at_).starts_with("$<")) {
        return refuse(at_, "a toggle has no generator expressions", "if() is evaluated before there are any");
      }
      if (!read_element()) return false;
    }
    return true;
  }

  // An escape, a reference, or a character of its own.
  bool read_element() {
    const std::string_view rest = text_.substr(at_);
    if (rest.front() == '\\') return read_escape();
    if (rest.starts_with("${")) return read_reference(2);
    if (rest.starts_with("$CACHE{")) return read_reference(7);
    if (rest.starts_with("$ENV{")) {
      return refuse(at_, "a toggle only knows variables, not the environment", "let CMake put it in a cache variable");
    }
    if (!append_literally()) return false;
    ++at_;
    return true;
  }

  bool read_escape() {
    if (at_ + 1 == text_.size()) return refuse(at_, "the toggle ends in a backslash");
    const char c = text_[at_ + 1];
    if (c == ';') {
      append('\\');  // stays as it is: splitting into list elements takes the backslash away
      append(';');
    } else if (c == 't' || c == 'n' || c == 'r') {
      append(c == 't' ? '\t' : c == 'n' ? '\n' : '\r');
    } else if (is_letter_or_digit(c) || c == '\0') {
      return refuse(at_, fmt::format("CMake has no escape `\\{}`", c == '\0' ? '0' : c), "`\\\\` is a backslash");
    } else {
      append(c);
    }
    at_ += 2;
    return true;
  }

  // Reads from "${" to its '}', with those inside.
  bool read_reference(std::size_t opening_size) {
    std::vector<std::size_t> open;
    std::vector<ArgumentPiece>& pieces = arguments_.back().pieces;
    while (true) {
      if (opening_size != 0) {
        open.push_back(at_);
        pieces.push_back({ArgumentPiece::Kind::open_reference});
        at_ += opening_size;
      } else if (at_ < text_.size() && text_[at_] == '}') {
        if (pieces.back().kind == ArgumentPiece::Kind::open_reference) {
          return refuse(open.back(), "this reference names no variable", "write `${NAME}`");
        }
        open.pop_back();
        pieces.push_back({ArgumentPiece::Kind::close_reference});
        ++at_;
        if (open.empty()) return true;
      } else if (at_ < text_.size() && is_name_character(text_[at_])) {
        append(text_[at_++]);
      } else if (at_ == text_.size() || is_space(text_[at_]) || text_[at_] == '"' || text_[at_] == ')') {
        return refuse(open.back(), "this reference is never closed", "write `${NAME}`");
      } else {
        return refuse(at_, fmt::format("`{}` cannot be part of a variable's name in a reference", shown(text_[at_])),
                      "letters, digits and `/_.+-` can");
      }
      const std::string_view rest = text_.substr(at_);
      opening_size = rest.starts_with("${") ? 2 : rest.starts_with("$CACHE{") ? 7 : 0;
    }
  }

  static std::string shown(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte >= 0x7F ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }

  std::string_view text_;
  const Location& where_;
  std::size_t at_ = 0;
  std::vector<ToggleArgument> arguments_;
  Error error_;
};

constexpr Keyword keywords[] = {
    {"(", KeywordKind::open},
    {")", KeywordKind::close},
    {"NOT", KeywordKind::negation},
    {"AND", KeywordKind::conjunction},
    {"OR", KeywordKind::disjunction},
    {"DEFINED", KeywordKind::defined},
    {"IN_LIST", KeywordKind::in_list},
    {"MATCHES", KeywordKind::matches},
    {"LESS", KeywordKind::compare_numbers, Comparison::less},
    {"LESS_EQUAL", KeywordKind::compare_numbers, Comparison::less_equal},
    {"GREATER", KeywordKind::compare_numbers, Comparison::greater},
    {"GREATER_EQUAL", KeywordKind::compare_numbers, Comparison::greater_equal},
    {"EQUAL", KeywordKind::compare_numbers, Comparison::equal},
    {"STRLESS", KeywordKind::compare_strings, Comparison::less},
    {"STRLESS_EQUAL", KeywordKind::compare_strings, Comparison::less_equal},
    {"STRGREATER", KeywordKind::compare_strings, Comparison::greater},
    {"STRGREATER_EQUAL", KeywordKind::compare_strings, Comparison::greater_equal},
    {"STREQUAL", KeywordKind::compare_strings, Comparison::equal},
    {"VERSION_LESS", KeywordKind::compare_versions, Comparison::less},
    {"VERSION_LESS_EQUAL", KeywordKind::compare_versions, Comparison::less_equal},
    {"VERSION_GREATER", KeywordKind::compare_versions, Comparison::greater},
    {"VERSION_GREATER_EQUAL", KeywordKind::compare_versions, Comparison::greater_equal},
    {"VERSION_EQUAL", KeywordKind::compare_versions, Comparison::equal},
    {"COMMAND", KeywordKind::foreign_test},
    {"EXISTS", KeywordKind::foreign_test},
    {"IS_ABSOLUTE", KeywordKind::foreign_test},
    {"IS_DIRECTORY", KeywordKind::foreign_test},
    {"IS_EXECUTABLE", KeywordKind::foreign_test},
    {"IS_READABLE", KeywordKind::foreign_test},
    {"IS_SYMLINK", KeywordKind::foreign_test},
    {"IS_WRITABLE", KeywordKind::foreign_test},
    {"POLICY", KeywordKind::foreign_test},
    {"TARGET", KeywordKind::foreign_test},
    {"TEST", KeywordKind::foreign_test},
    {"IS_NEWER_THAN", KeywordKind::foreign_relation},
    {"PATH_EQUAL", KeywordKind::foreign_relation},
};

}  // namespace

const Keyword* find_keyword(std::string_view text) {
  const Keyword* found = std::find_if(std::begin(keywords), std::end(keywords),
                                      [&](const Keyword& keyword) { return keyword.text == text; });
  return found == std::end(keywords) ? nullptr : found;
}

bool is_relation(KeywordKind kind) {
  return kind >= KeywordKind::in_list && kind <= KeywordKind::compare_versions;
}

std::optional<std::string> ToggleArgument::constant() const {
  if (pieces.empty()) return std::string();
  if (pieces.size() > 1 || pieces.front().kind != ArgumentPiece::Kind::text) return std::nullopt;
  if (quoted) return pieces.front().text;
  return split_list(pieces.front().text).front();  // its ';' are escaped, so that it is one element
}

const Keyword* ToggleArgument::keyword() const {
  if (quoted || pieces.size() != 1 || pieces.front().kind != ArgumentPiece::Kind::text) return nullptr;
  return find_keyword(pieces.front().text);
}

Result<std::vector<ToggleArgument>> read_arguments(std::string_view text, const Location& where) {
  return ArgumentReader(text, where).read();
}

}  // namespace bulkhead
