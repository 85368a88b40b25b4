// The words in a picture of a graph.
#pragma once

#include <cstddef>
#include <string>

#include "reports/graph_arrows.h"
#include "reports/graph_boxes.h"
#include "reports/graph_subject.h"
#include "reports/graph_view.h"
#include "reports/picture.h"

namespace bulkhead {

/// The outline of a box: of a single target that of its type.
[[nodiscard]] Shape shape_of_box(const GraphView& view, const GraphSubject& subject, const GraphBox& box);
/// What stands in a box: a name, or that of a folder and how many targets it holds; broken into lines.
[[nodiscard]] std::string say_box(const GraphView& view, const GraphSubject& subject, const GraphBox& box);
/// What a box is, with places and the first names of what it holds. `inside` counts the edges that it hides.
[[nodiscard]] std::string explain_box(const GraphView& view, const GraphSubject& subject, const GraphBox& box,
                                      std::size_t inside);
/// From where to where, of which kinds, and the first edges with their places.
[[nodiscard]] std::string explain_arrow(const GraphView& view, const GraphArrow& arrow);
/// The frame of a module: "cuda (USE_CUDA=OFF)", and its stage.
[[nodiscard]] PictureCluster frame_of_module(const ViewedModule& module);
/// Where the call stands that made the edge, or the single thing of a box; none when the reply does not say.
[[nodiscard]] PicturePlace place_of_edge(const GraphView& view, EdgeId edge);
[[nodiscard]] PicturePlace place_of_thing(const GraphView& view, const GraphSubject& subject, const GraphBox& box);
/// What is seen, how much of it, and all that is not drawn.
[[nodiscard]] std::string say_graph_caption(const GraphView& view, const GraphSubject& subject, const GraphBoxes& boxes,
                                            const GraphArrows& arrows);

}  // namespace bulkhead
