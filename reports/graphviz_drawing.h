// A picture as a graph of libcgraph.
#pragma once

#include <cstdint>

#include "reports/graphviz_session.h"
#include "reports/picture.h"

namespace bulkhead {

/// Where the graph goes: to a reader of DOT, or to the layout for an SVG.
enum class Medium : std::uint8_t { dot, svg };

/// The picture with its legend; how things are named says render_dot(). `disciplines` must outlive it. Within a
/// session.
[[nodiscard]] GraphPointer draw_graph(const Picture& picture, Medium medium, Disciplines& disciplines);

}  // namespace bulkhead
