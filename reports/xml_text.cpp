#include "reports/xml_text.h"

#include <algorithm>

#include "reports/label.h"

namespace bulkhead {
namespace {

// A line at a time: displayable() makes a blank of a line break.
std::string write(std::string_view text, std::string_view line_break) {
  std::string written;
  for (;;) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    written += escape_xml(displayable(text.substr(0, end)));
    if (end == text.size()) return written;
    written += line_break;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string escape_xml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string xml_text(std::string_view text) {
  return write(text, "\n");
}

std::string xml_attribute(std::string_view text) {
  return write(text, "&#10;");  // the character itself would be read as a blank
}

}  // namespace bulkhead
