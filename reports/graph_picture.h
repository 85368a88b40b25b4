// The picture of a graph, or of a part of it.
#pragma once

#include <cstddef>

#include "reports/graph_boxes.h"
#include "reports/graph_subject.h"
#include "reports/graph_view.h"
#include "reports/picture.h"

namespace bulkhead {

/// What a picture of a graph may hold, and what it leaves out.
struct GraphPictureOptions {
  GroupingOptions grouping{};  ///< Also how many boxes there may be.
  std::size_t arrows = 80;     ///< At most so many; at least 1.
  std::size_t alike = 3;       ///< So many targets with the same neighbours share a box; at least 2.
  bool reduce = false;         ///< Leave out the arrows that others imply, even where there is room for them.
};

/// Draws each thing of the subject in a box, and each edge in an arrow or inside a box, or counts it in the caption.
/// What is too much is condensed by folder; where there are too many arrows even so, those are left out first that
/// others imply, then there are fewer boxes, and at last the thinnest arrows go. O(E log E) in the edges of the
/// subject.
[[nodiscard]] Picture build_graph_picture(const GraphView& view, const GraphSubject& subject,
                                          const GraphPictureOptions& options);

}  // namespace bulkhead
