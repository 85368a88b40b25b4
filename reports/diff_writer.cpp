#include "reports/diff_writer.h"

#include <algorithm>
#include <array>

namespace bulkhead {

std::span<const DiffFormat> diff_formats() {
  static constexpr std::array all = {
      DiffFormat{"text", "for people", write_diff_text},
      DiffFormat{"json", "for programs", write_diff_json},
      DiffFormat{"markdown", "for a comment on a pull request", write_diff_markdown},
      DiffFormat{"dot", "a picture, for Graphviz", write_diff_dot},
      DiffFormat{"svg", "a picture, for browsers", write_diff_svg},
  };
  return all;
}

const DiffFormat* find_diff_format(std::string_view name) {
  const auto all = diff_formats();
  const auto found = std::find_if(all.begin(), all.end(), [name](const DiffFormat& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace bulkhead
