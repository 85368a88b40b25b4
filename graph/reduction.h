// Which arcs of a graph say nothing that the others do not say.
#pragma once

#include <vector>

#include "graph/digraph.h"

namespace bulkhead {

/// By arc: true where another way leads from one end to the other, through vertices on no common cycle with either.
/// Without these arcs the same can be reached; of cycles all arcs stay, since which of them to take out would be
/// arbitrary. A. Aho, M. Garey, J. Ullman: The Transitive Reduction of a Directed Graph (1972), with the cycles left as
/// they are. Takes a bit for each pair of vertices. O(V E).
[[nodiscard]] std::vector<bool> find_implied_arcs(const Digraph& graph);

}  // namespace bulkhead
