#include "reports/html_text.h"

#include <fmt/format.h>

#include "reports/label.h"

namespace bulkhead {

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : displayable(text)) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string escape_html_lines(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    escaped += escape_html(text.substr(0, end));
    if (end == std::string_view::npos) break;
    escaped += '\n';
    text.remove_prefix(end + 1);
  }
  return escaped;
}

std::string escape_script(std::string_view json) {
  std::string escaped;
  for (const char c : json) {
    // Within JSON these stand in strings only, where an escape means the same.
    switch (c) {
      case '<': escaped += "\\u003c"; break;
      case '>': escaped += "\\u003e"; break;
      case '&': escaped += "\\u0026"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string to_base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      word = word << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += at + i > bytes.size() ? '=' : digits[word >> (18U - 6U * static_cast<std::uint32_t>(i)) & 63U];
    }
  }
  return text;
}

std::string bare_label(std::string_view label) {
  const std::size_t colon = label.find(':');
  if (colon == std::string_view::npos) return std::string(label);
  const std::string_view name = label.substr(colon + 1);
  if (label.starts_with("library:")) return "-l" + std::string(name);
  if (label.starts_with("definition:")) return "-D" + std::string(name);
  return std::string(name);
}

std::string count_html(std::uint64_t count, std::string_view noun) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return fmt::format("{} {}{}", digits, noun, count == 1 ? "" : "s");
}

}  // namespace bulkhead
