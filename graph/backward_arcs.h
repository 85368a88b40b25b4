// Which arcs to turn around so that a graph has no cycle.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "graph/digraph.h"

namespace bulkhead {

/// By arc: true for a set of little weight without which the graph has no cycle; a loop is always one of them. Only
/// arcs inside of strongly connected components are. To find the least such set is NP-hard; this is the heuristic of
/// P. Eades, X. Lin, W. Smyth: A Fast and Effective Heuristic for the Feedback Arc Set Problem (1993), with weights.
/// `weights` has one for each arc. O(V^2 + E) in the largest component.
[[nodiscard]] std::vector<bool> find_backward_arcs(const Digraph& graph, std::span<const std::size_t> weights);

}  // namespace bulkhead
