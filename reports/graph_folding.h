// Draws boxes that are alike as one.
#pragma once

#include <cstddef>

#include "reports/graph_boxes.h"
#include "reports/graph_subject.h"
#include "reports/graph_view.h"

namespace bulkhead {

/// Joins single targets of the same type and owner, and folders of the same owner, that depend on the same boxes and
/// have the same dependers, by edges that look the same, where there are at least `least` of them (2 or more). Such
/// sets are the false twins of graph theory, the simplest bicliques: what n dependers draw to m dependees with n x m
/// arrows, m arrows say. Folding them loses no edge. See T. Dwyer et al.: Edge Compression Techniques for Visualization
/// of Dense Directed Graphs (2013), "matching neighbours". O(E log E).
[[nodiscard]] GraphBoxes fold_alike(const GraphView& view, const GraphSubject& subject, const GraphBoxes& boxes,
                                    std::size_t least);

}  // namespace bulkhead
