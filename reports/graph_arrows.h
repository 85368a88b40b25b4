// The edges between the boxes of a picture, and which of them can be left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reports/graph_boxes.h"
#include "reports/graph_subject.h"
#include "reports/graph_view.h"
#include "reports/picture.h"

namespace bulkhead {

/// All edges from one box to another.
struct GraphArrow {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::vector<EdgeId> edges;  ///< In the order of the graph; never empty.
  bool on_circle = false;     ///< An edge of it is on a circle of targets.
  bool backward = false;      ///< Runs against the others: without such arrows there is no circle of boxes.
};

/// The arrows, by their ends. Edges are in an arrow, inside a box, or counted as left out.
struct GraphArrows {
  std::vector<GraphArrow> arrows;
  std::vector<std::size_t> inside;  ///< By box: edges both ends of which are in it.
  std::vector<bool> on_circle;      ///< By box: a thing in it is on a circle.
  std::size_t circles = 0;          ///< Circles of targets: sets of targets that all depend on each other.
  std::size_t implied_edges = 0;    ///< Left out since other arrows lead from one end to the other.
  std::size_t implied_arrows = 0;   ///< In so many arrows.
  std::size_t edges_left_out = 0;   ///< Left out for want of room.
  std::size_t arrows_left_out = 0;  ///< In so many arrows.
};

/// Draws the edges between boxes, and finds circles: strongly connected components of the things, and arrows that run
/// backward, see graph/backward_arcs.h.
[[nodiscard]] GraphArrows connect_boxes(const GraphView& view, const GraphSubject& subject, const GraphBoxes& boxes);

/// Takes out the arrows that others imply: the transitive reduction, see graph/reduction.h. Those stay that run
/// backward, that are on a circle, and that lead onto a module from elsewhere: whoever looks for these wants to see
/// each.
void leave_out_implied(GraphArrows& arrows, const GraphBoxes& boxes);

/// Takes out those of the fewest edges until no more than `limit` are left; those on a circle go last.
void leave_out_thin(GraphArrows& arrows, std::size_t limit);

/// What an arrow of these edges looks like: the strongest of them, and links of several keywords as mere links. At
/// least one edge.
[[nodiscard]] Stroke stroke_of(const TargetGraph& graph, const std::vector<EdgeId>& edges);

}  // namespace bulkhead
