#include "reports/markdown_text.h"

#include <fmt/format.h>

#include "reports/label.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::size_t longest_name = 160;  // characters; longer ones lose their middle
constexpr std::size_t reserve = 1000;      // bytes, for what has to stand at the end

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string shorten(const std::string& text) {
  if (length_of(text) <= longest_name) return text;
  const std::size_t half = longest_name / 2 - 1;
  const auto is_inside = [&text](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80; };
  std::size_t head = 0;
  for (std::size_t count = 0; count < half || is_inside(head); ++head) {
    if (!is_inside(head)) ++count;
  }
  std::size_t tail = text.size();
  for (std::size_t count = 0; count < half; ++count) {
    --tail;
    while (is_inside(tail)) --tail;
  }
  return text.substr(0, head) + "…" + text.substr(tail);
}

// `text` is displayable().
std::string escape(std::string_view text) {
  constexpr std::string_view special = "&<>|\\`*[]~@#!$\"'";
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool at_word_end = i == 0 || i + 1 == text.size() || !is_word(text[i - 1]) || !is_word(text[i + 1]);
    const bool starts_link =
        (c == ':' && text.compare(i, 3, "://") == 0) || (c == '.' && text.substr(0, i).ends_with("www"));
    if (special.find(c) != std::string_view::npos || (c == '_' && at_word_end) || starts_link) {
      escaped += fmt::format("&#{};", static_cast<int>(c));
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::string markdown_plain(std::string_view text) {
  return escape(shorten(displayable(text)));
}

std::string markdown_prose(std::string_view text) {
  return escape(displayable(text));
}

std::string markdown_code(std::string_view text) {
  return text.empty() ? std::string() : "<code>" + markdown_plain(text) + "</code>";
}

MarkdownCut append_sections(std::string& text, const std::vector<MarkdownSection>& sections) {
  MarkdownCut cut;
  for (const MarkdownSection& section : sections) {
    const auto fits = [&](std::size_t size) {
      return text.size() + size + section.tail.size() + reserve <= most_markdown;
    };
    const bool opens = cut.rows == 0 && fits(section.head.size() + section.rows.front().size());
    std::size_t written = 0;
    if (opens) {
      text += section.head;
      for (; written < section.rows.size() && fits(section.rows[written].size()); ++written)
        text += section.rows[written];
      text += section.tail;
    }
    cut.rows += section.rows.size() - written;
    if (written < section.rows.size()) ++cut.sections;
  }
  return cut;
}

}  // namespace bulkhead
