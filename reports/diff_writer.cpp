#include "reports/diff_writer.h"

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

}  // namespace bulkhead
