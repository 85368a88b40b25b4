#include "reports/picture_format.h"

#include <array>

#include "reports/graphviz.h"

namespace bulkhead {

std::span<const PictureFormat> picture_formats() {
  static constexpr std::array all = {
      PictureFormat{"svg", "a picture, for browsers", render_web_svg},
      PictureFormat{"dot", "the same for Graphviz", render_dot},
      PictureFormat{"mermaid", "the same for Markdown of GitHub and GitLab", render_mermaid},
      PictureFormat{"graphml", "the same for yEd, Gephi and others", render_graphml},
  };
  return all;
}

}  // namespace bulkhead
