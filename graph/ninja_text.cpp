#include "graph/ninja_text.h"

#include <algorithm>
#include <cstring>

namespace bulkhead {
namespace {

constexpr std::size_t most_bindings = 1000;  // of a statement

constexpr std::array<bool, 256> ends_path = [] {
  std::array<bool, 256> ends{};
  for (const char c : std::string_view(" :|$")) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

}  // namespace

tl::unexpected<Error> NinjaText::fail_at(const char* where, std::string message) const {
  const std::string_view before = text_.substr(0, static_cast<std::size_t>(where - text_.data()));
  const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return fail({name_, line, static_cast<std::uint32_t>(before.size() - line_begin + 1)}, std::move(message),
              "run CMake again; it may have been writing this file");
}

Result<void> NinjaText::skip_blank_lines() {
  while (at_ < text_.size()) {
    const char first = text_[at_];
    if (first != '#' && first != ' ' && first != '\n' && first != '\r') break;
    const std::string_view begin = rest().substr(count_blanks(rest()));
    if (!begin.empty() && !begin.starts_with('#') && break_size(begin) == 0) {
      return fail_at(begin.data(), "expected a statement, not an indented line");
    }
    const std::size_t newline = text_.find('\n', at_);
    if (newline == std::string_view::npos) return fail_cut_off();
    at_ = newline + 1;
  }
  return {};
}

Result<std::string_view> NinjaText::take_line() {
  const std::size_t begin = at_;
  for (std::size_t part_begin = begin;;) {
    const auto* const found =
        static_cast<const char*>(std::memchr(text_.data() + part_begin, '\n', text_.size() - part_begin));
    // Ninja wants the last break, too; without it the file has been cut off.
    if (found == nullptr) return fail_cut_off();
    const auto newline = static_cast<std::size_t>(found - text_.data());
    std::size_t end = newline;
    if (end > part_begin && text_[end - 1] == '\r') --end;
    std::size_t dollars = 0;
    while (end - dollars > part_begin && text_[end - dollars - 1] == '$') ++dollars;
    at_ = newline + 1;
    if (dollars % 2 == 0) return text_.substr(begin, end - begin);
    part_begin = at_;
  }
}

Result<NinjaBinding> NinjaText::split_binding(std::string_view line) const {
  const std::size_t size = name_size(line);
  std::string_view value = line.substr(size);
  value.remove_prefix(count_blanks(value));
  if (size == 0 || !value.starts_with('=')) return fail_at(line.data(), "expected `name = value`");
  value.remove_prefix(1);
  value.remove_prefix(count_blanks(value));
  return NinjaBinding{line.substr(0, size), value};
}

// As in ninja, a comment may stand between them, and an empty line ends them.
Result<void> NinjaText::take_bindings(std::vector<NinjaBinding>& bindings) {
  bindings.clear();
  while (at_ < text_.size() && text_[at_] == ' ') {
    const std::string_view begin = rest().substr(count_blanks(rest()));
    if (begin.starts_with('#')) {
      const std::size_t newline = begin.find('\n');
      if (newline == std::string_view::npos) break;  // skip_blank_lines() says what is wrong with it
      at_ = static_cast<std::size_t>(begin.data() - text_.data()) + newline + 1;
      continue;
    }
    if (begin.empty() || break_size(begin) != 0) break;
    at_ = static_cast<std::size_t>(begin.data() - text_.data());
    const auto line = take_line();
    if (!line) return tl::unexpected(line.error());
    const auto binding = split_binding(*line);
    if (!binding) return tl::unexpected(binding.error());
    if (bindings.size() == most_bindings) return fail_at(line->data(), "more than 1000 variables in a block");
    bindings.push_back(*binding);
  }
  return {};
}

Result<std::string_view> NinjaText::take_path(std::string_view& line) const {
  for (;;) {
    line.remove_prefix(count_blanks(line));
    const std::size_t joined = line.starts_with('$') ? break_size(line.substr(1)) : 0;
    if (joined == 0) break;
    line.remove_prefix(1 + joined);
  }
  std::size_t size = 0;
  for (;; ++size) {
    while (size < line.size() && !ends_path[static_cast<unsigned char>(line[size])]) ++size;
    if (size == line.size() || line[size] != '$') break;
    // What is escaped is part of the path, and so are the blanks behind a line break.
    ++size;
    if (size == line.size()) return fail_at(line.data(), "a `$` at the end of a path");
    if (const std::size_t joined = break_size(line.substr(size)); joined != 0) {
      size += joined;
      size += count_blanks(line.substr(size)) - 1;
    }
  }
  const std::string_view path = line.substr(0, size);
  line.remove_prefix(size);
  return path;
}

}  // namespace bulkhead
