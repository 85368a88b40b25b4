// Drawings of Graphviz within a page.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "reports/html_parts.h"
#include "reports/html_text.h"

namespace bulkhead {
namespace {

// An id would stand in the page many times, and a strict page takes no styles from elements.
constexpr std::array<std::string_view, 5> unwanted = {"id", "class", "style", "role", "xmlns:xlink"};

bool is_unwanted(std::string_view name) {
  return std::find(unwanted.begin(), unwanted.end(), name) != unwanted.end();
}

/// A tag without the attributes that are not wanted. Values are in double quotes, as Graphviz and reports/svg.cpp
/// write them.
std::string clean_tag(std::string_view tag) {
  std::string kept;
  while (!tag.empty()) {
    const std::size_t equals = tag.find("=\"");
    if (equals == std::string_view::npos) break;
    const std::size_t end = tag.find('"', equals + 2);
    const std::size_t begin = tag.substr(0, equals).find_last_of(" \n") + 1;
    kept += tag.substr(0, begin);
    if (is_unwanted(tag.substr(begin, equals - begin))) {
      kept.pop_back();
    } else {
      kept += tag.substr(begin, end + 1 - begin);
    }
    tag.remove_prefix(end == std::string_view::npos ? tag.size() : end + 1);
  }
  return kept + std::string(tag);
}

}  // namespace

std::string write_inline_svg(std::string_view svg, std::string_view name) {
  const std::size_t begin = svg.find("<svg");
  svg.remove_prefix(begin == std::string_view::npos ? svg.size() : begin + 4);
  std::string page = fmt::format("<svg role=\"img\" aria-label=\"{}\"", escape_html(name));
  bool in_tag = true;  // in the head of <svg>
  // A '<' or '>' that is no tag's is escaped in what Graphviz writes.
  while (!svg.empty()) {
    const std::size_t end = svg.find(in_tag ? '>' : '<');
    const std::string_view piece = svg.substr(0, end);
    if (in_tag && piece.starts_with("<style")) {
      const std::size_t close = svg.find("</style>");
      svg.remove_prefix(close == std::string_view::npos ? svg.size() : close + 8);
      in_tag = false;
      continue;
    }
    page += in_tag ? clean_tag(piece) : std::string(piece);
    if (end == std::string_view::npos) break;
    if (in_tag) page += '>';
    svg.remove_prefix(in_tag ? end + 1 : end);
    in_tag = !in_tag;
  }
  return page;
}

}  // namespace bulkhead
