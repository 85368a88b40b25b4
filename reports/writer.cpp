#include "reports/writer.h"

#include <array>

namespace bulkhead {

std::span<const Format> formats() {
  static constexpr std::array all = {
      Format{"text", "for people, in the manner of a compiler", write_text},
      Format{"json", "for programs; schema in docs/schema/bulkhead-report-1.json", write_json},
      Format{"dot", "the findings as a graph, for Graphviz", write_dot},
      Format{"svg", "the findings as a picture", write_svg},
  };
  return all;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace bulkhead
