#include "reports/excerpt.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

namespace bulkhead {
namespace {

constexpr std::size_t longest_line = 100;
// A call that spans more lines is rare, and the name is then better looked for by eye.
constexpr std::size_t most_call_lines = 400;

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::optional<std::size_t> find_word(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word_character(line[at - 1]);
    const bool ends = end == line.size() || !is_word_character(line[end]);
    if (begins && ends) return at;
  }
  return std::nullopt;
}

// Tabs would shift the caret; control characters could do worse to a terminal.
std::string printable(std::string_view text) {
  std::string result(text);
  std::replace_if(
      result.begin(), result.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }, ' ');
  return result;
}

struct Marked {
  std::size_t line;
  std::optional<std::size_t> column;  // 0-based
};

// Where the word is: on the line itself, or on a later line of the same call.
Marked find_mark(const std::vector<std::string>& lines, const ExcerptRequest& request) {
  const std::size_t first = request.line - 1;
  if (request.column != 0) return {first, request.column - 1};
  if (request.mark.empty()) return {first, std::nullopt};
  int depth = 0;
  bool opened = false;
  for (std::size_t at = first; at < std::min(lines.size(), first + most_call_lines); ++at) {
    const std::size_t begin = lines[at].find_first_not_of(" \t");
    if (at != first && begin != std::string::npos && lines[at][begin] == '#') continue;  // a comment within the call
    if (const auto column = find_word(lines[at], request.mark)) return {at, column};
    for (const char c : lines[at]) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      opened = opened || c == '(';
    }
    if (opened && depth <= 0) break;
  }
  return {first, std::nullopt};
}

}  // namespace

const std::vector<std::string>& TextFiles::lines(const std::string& path) {
  const auto [found, is_new] = files_.try_emplace(path);
  std::error_code ignored;
  if (is_new && std::filesystem::is_regular_file(path, ignored)) {  // a device may never end
    std::ifstream file(path, std::ios::binary);
    for (std::string line; std::getline(file, line);) {
      if (line.ends_with('\r')) line.pop_back();
      found->second.push_back(std::move(line));
    }
  }
  return found->second;
}

std::string write_excerpt(TextFiles& files, const ExcerptRequest& request, const Style& style) {
  if (request.line == 0) return {};
  const std::vector<std::string>& lines = files.lines(request.path);
  if (request.line > lines.size()) return {};
  const Marked marked = find_mark(lines, request);

  std::string text = printable(lines[marked.line]);
  std::size_t caret = std::min(marked.column.value_or(0), text.size());
  std::size_t width = 1;
  if (marked.column) {
    std::size_t end = caret;
    if (!request.mark.empty()) {
      end = caret + request.mark.size();
    } else {
      while (end < text.size() && is_word_character(text[end])) ++end;
    }
    width = std::max<std::size_t>(1, std::min(end, text.size()) - caret);
  }
  if (text.size() > longest_line) {
    const std::size_t begin = caret > longest_line / 2 ? caret - longest_line / 2 : 0;
    const bool cut_end = begin + longest_line < text.size();
    text = (begin != 0 ? "..." : "") + text.substr(begin, longest_line) + (cut_end ? "..." : "");
    caret = caret - begin + (begin != 0 ? 3 : 0);
    width = std::max<std::size_t>(1, std::min(width, text.size() - std::min(text.size(), caret)));
  }

  // A name on a later line of the call: show both ends of the call.
  const std::string first_number = std::to_string(request.line);
  const std::string number = std::to_string(marked.line + 1);
  const std::string margin(std::max(number.size(), first_number.size()), ' ');
  const std::string bar = style(Colour::blue, "|");
  std::string result = fmt::format(" {} {}\n", margin, bar);
  if (marked.line + 1 != request.line) {
    result += fmt::format(" {} {} {}\n", style(Colour::blue, fmt::format("{:>{}}", first_number, margin.size())), bar,
                          printable(lines[request.line - 1]).substr(0, longest_line));
    if (marked.line > request.line) result += fmt::format(" {} {} ...\n", margin, bar);
  }
  result += fmt::format(" {} {} {}\n", style(Colour::blue, fmt::format("{:>{}}", number, margin.size())), bar, text);
  if (marked.column) {
    const std::string caret_line = "^" + std::string(width - 1, '~');
    result += fmt::format(" {} {} {}{}\n", margin, bar, std::string(caret, ' '), style(Colour::green, caret_line));
  }
  return result;
}

}  // namespace bulkhead
