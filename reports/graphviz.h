// A picture in Graphviz's hands. Only the graphviz*.cpp files and graphviz_session.h include Graphviz's headers.
#pragma once

#include <string>

#include "graph/result.h"
#include "reports/picture.h"

namespace bulkhead {

/// The picture in the DOT language, legend included, as libcgraph writes it. Nodes are n0, n1, ... and modules
/// cluster_0, cluster_1, ... in the picture's order; the `id` attribute of an edge is e0, e1, ...
[[nodiscard]] Result<std::string> render_dot(const Picture& picture);

/// The same graph laid out by libgvc with "dot", as SVG. Elements have the ids of render_dot(), c0, c1, ... for modules
/// and "picture" for the whole; an arrow e0 with words has them in e0_label, and its first half in e0_tail. The size of
/// text is estimated, so that the bytes do not depend on the machine's fonts. Fails when Graphviz is installed without
/// its plugins. Calls from several threads take turns.
[[nodiscard]] Result<std::string> render_svg(const Picture& picture);

/// render_svg() made fit for web pages: whole texts as tooltips, links, a size that follows the window, other colours
/// in dark mode, no reference to a DTD.
[[nodiscard]] Result<std::string> render_web_svg(const Picture& picture);

}  // namespace bulkhead
