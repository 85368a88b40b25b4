// One file of ninja as it is written: its lines, and the paths and bindings in them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// `name = value`, with the value's escapes as they are.
struct NinjaBinding {
  std::string_view name;
  std::string_view value;
};

/// A text, read line by line. Views are into it, and may hold escaped line breaks; places are worked out when an error
/// needs one, so that lines need not be counted.
class NinjaText {
 public:
  /// `name` is the file's, as errors have it.
  NinjaText(std::string_view text, std::string name) : text_(text), name_(std::move(name)) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  /// Goes on to the next statement. Fails at a line that is indented, which belongs to none.
  Result<void> skip_blank_lines();
  /// The next line, less its break. A `$` before the break joins the line after it.
  Result<std::string_view> take_line();
  /// The indented lines that follow.
  Result<void> take_bindings(std::vector<NinjaBinding>& bindings);

  [[nodiscard]] Result<NinjaBinding> split_binding(std::string_view line) const;
  /// The path that `line` begins with, after blanks, which are taken off it; empty at `:`, `|` and the end.
  Result<std::string_view> take_path(std::string_view& line) const;

  /// An error at a character of the text.
  [[nodiscard]] tl::unexpected<Error> fail_at(const char* where, std::string message) const;

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  // Ninja wants a line break at the end, too.
  [[nodiscard]] tl::unexpected<Error> fail_cut_off() const {
    return fail_at(text_.data() + text_.size(), "this file ends in the middle of a line");
  }

  std::string_view text_;
  std::string name_;
  std::size_t at_ = 0;
};

/// The size of the name of a variable or rule that `text` begins with.
inline std::size_t name_size(std::string_view text) {
  static constexpr std::array<bool, 256> belongs = [] {
    std::array<bool, 256> is{};
    for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")) {
      is[static_cast<unsigned char>(c)] = true;
    }
    return is;
  }();
  std::size_t size = 0;
  while (size < text.size() && belongs[static_cast<unsigned char>(text[size])]) ++size;
  return size;
}

inline std::size_t count_blanks(std::string_view text) {
  return std::min(text.find_first_not_of(' '), text.size());
}

/// The size of the line break that `text` begins with; 0 for none.
inline std::size_t break_size(std::string_view text) {
  if (text.starts_with('\n')) return 1;
  return text.starts_with("\r\n") ? 2 : 0;
}

}  // namespace bulkhead
