#include "graph/depfile.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace bulkhead {
namespace {

// Where a path may end, or is not written as it is.
constexpr std::array<bool, 256> is_special = [] {
  std::array<bool, 256> special{};
  for (const char c : std::string_view(" \t\r\n\\$:")) special[static_cast<unsigned char>(c)] = true;
  return special;
}();

class DepfileParser {
 public:
  DepfileParser(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {}

  Result<Depfile> parse();

 private:
  enum class Ending : std::uint8_t { none, colon };

  [[nodiscard]] char at(std::size_t position) const { return position < text_.size() ? text_[position] : '\0'; }
  [[nodiscard]] bool is_blank(std::size_t position) const { return at(position) == ' ' || at(position) == '\t'; }
  // The size of the line break there; 0 for none.
  [[nodiscard]] std::size_t break_at(std::size_t position) const {
    if (at(position) == '\n') return 1;
    return at(position) == '\r' && at(position + 1) == '\n' ? 2 : 0;
  }
  // A backslash before a line break.
  [[nodiscard]] bool joins_lines(std::size_t position) const {
    return at(position) == '\\' && break_at(position + 1) != 0;
  }
  [[nodiscard]] bool ends_word(std::size_t position) const {
    return position >= text_.size() || is_blank(position) || break_at(position) != 0;
  }
  [[nodiscard]] tl::unexpected<Error> fail_at(std::size_t position, std::string message) const;
  void skip_blanks();
  [[nodiscard]] bool take_backslashes();
  Ending take_word();
  Result<void> parse_line();

  std::string_view text_;
  std::string name_;
  std::size_t position_ = 0;
  Depfile depfile_;
};

tl::unexpected<Error> DepfileParser::fail_at(std::size_t position, std::string message) const {
  const std::string_view before = text_.substr(0, position);
  const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return fail({name_, line, static_cast<std::uint32_t>(position - line_begin + 1)}, std::move(message),
              "build again; the compiler may have been stopped");
}

// Blanks, and breaks with a backslash before them.
void DepfileParser::skip_blanks() {
  for (;;) {
    if (is_blank(position_)) {
      ++position_;
    } else if (joins_lines(position_)) {
      position_ += 1 + break_at(position_ + 1);
    } else {
      return;
    }
  }
}

// Appends what a run of backslashes, and the character that it escapes, stand for. True when the path ends behind it.
bool DepfileParser::take_backslashes() {
  std::string& path = depfile_.characters;
  const std::size_t end = std::min(text_.find_first_not_of('\\', position_), text_.size());
  const std::size_t count = end - position_;
  if (is_blank(end)) {
    path.append(count / 2, '\\');
    position_ = end;
    if (count % 2 == 0) return true;
    path.push_back(text_[position_++]);
    return false;
  }
  if (break_at(end) != 0) {  // the last one joins the lines
    path.append(count - 1, '\\');
    position_ = end - 1;
    return true;
  }
  const bool escapes = at(end) == '#' || (at(end) == ':' && !ends_word(end + 1));
  path.append(escapes ? count - 1 : count, '\\');
  position_ = end;
  if (escapes) path.push_back(text_[position_++]);
  return false;
}

// Appends one path to the characters, and goes on behind it, and behind the colon that ends it.
DepfileParser::Ending DepfileParser::take_word() {
  std::string& path = depfile_.characters;
  while (!ends_word(position_)) {
    std::size_t end = position_;
    while (end < text_.size() && !is_special[static_cast<unsigned char>(text_[end])]) ++end;
    path.append(text_.substr(position_, end - position_));
    position_ = end;
    if (ends_word(position_)) break;
    const char c = text_[position_];
    if (c == '\\') {
      if (take_backslashes()) break;
    } else if (c == ':' && (ends_word(position_ + 1) || joins_lines(position_ + 1))) {
      ++position_;
      return Ending::colon;
    } else if (is_special[static_cast<unsigned char>(c)]) {
      position_ += c == '$' && at(position_ + 1) == '$' ? 2 : 1;
      path.push_back(c);
    }
  }
  return Ending::none;
}

Result<void> DepfileParser::parse_line() {
  const std::size_t line = position_;
  const bool is_first = depfile_.targets.empty();
  const std::size_t characters_before = depfile_.characters.size();
  const std::size_t targets_before = depfile_.targets.size();
  const std::size_t dependencies_before = depfile_.dependencies.size();
  bool has_colon = false;
  for (skip_blanks(); break_at(position_) == 0; skip_blanks()) {
    if (position_ == text_.size()) return fail_at(position_, "this file ends in the middle of a line");
    const auto begin = static_cast<std::uint32_t>(depfile_.characters.size());
    const std::size_t before = position_;
    Ending ending = take_word();
    // Behind the targets it is part of a path.
    if (has_colon && ending == Ending::colon) {
      depfile_.characters.push_back(':');
      ending = Ending::none;
    }
    const IndexRange path{begin, static_cast<std::uint32_t>(depfile_.characters.size())};
    if (path.size() != 0) (has_colon ? depfile_.dependencies : depfile_.targets).push_back(path);
    if (ending == Ending::colon) {
      if (depfile_.targets.size() == targets_before) return fail_at(before, "expected a target before the `:`");
      has_colon = true;
    }
  }
  position_ += break_at(position_);
  const bool is_blank_line = depfile_.targets.size() == targets_before;
  if (!has_colon && !is_blank_line) return fail_at(line, "expected `:` behind the targets of this line");
  // Other targets may have more dependencies; a line without any is there so that make does not miss a header.
  if (!is_first && depfile_.dependencies.size() == dependencies_before) {
    depfile_.targets.resize(targets_before);
    depfile_.characters.resize(characters_before);
  }
  return {};
}

Result<Depfile> DepfileParser::parse() {
  if (const std::size_t nul = text_.find('\0'); nul != std::string_view::npos) {
    return fail_at(nul, "a NUL byte, which no text has");
  }
  depfile_.characters.reserve(text_.size());
  while (position_ < text_.size()) {
    if (at(position_) == '#') {
      const std::size_t newline = text_.find('\n', position_);
      if (newline == std::string_view::npos) return fail_at(text_.size(), "this file ends in the middle of a line");
      position_ = newline + 1;
      continue;
    }
    if (auto line = parse_line(); !line) return tl::unexpected(line.error());
  }
  return std::move(depfile_);
}

}  // namespace

Result<Depfile> parse_depfile(std::string_view text, std::string name) {
  return DepfileParser(text, std::move(name)).parse();
}

}  // namespace bulkhead
