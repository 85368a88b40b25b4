// What depends on a thing, and what it depends on.
#pragma once

#include <cstdint>
#include <vector>

#include "auditor/selector_match.h"
#include "graph/inheritance.h"
#include "graph/paths.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// Which end of an edge is asked for.
enum class Side : std::uint8_t { dependers, dependees };

/// The targets, by number, of the set itself and on its side, however far, over edges that `counts` accepts: what a
/// question about the set can come to. O(V + E).
[[nodiscard]] std::vector<bool> find_region(const TargetGraph& graph, const EndSet& of, Side side,
                                            const EdgeFilter& counts);

/// What is asked for. Borrows the set.
struct NeighbourQuery {
  const EndSet& of;
  Side side = Side::dependers;
  EdgeFilter counts;        ///< True for the edges to look at.
  std::uint32_t depth = 1;  ///< How many edges away at most; at least 1.
};

/// An end that was found, and an edge that leads from it to what is nearer, or the other way around.
struct FoundNeighbour {
  Endpoint end;
  EdgeId edge;
  std::uint32_t depth;
};

/// In the order of depth, then of the graph.
struct FoundNeighbours {
  std::vector<FoundNeighbour> found;
  /// Of a question for depth 1: edges between targets that were left out since others bring them.
  std::uint64_t inherited = 0;
};

/// With depth 1 every edge that crosses the border of the set; else each end once, with the first edge by which it is
/// reached. Nothing in the set itself is found. An edge that `dependencies` merely repeats is left out where another
/// way between its ends is left, so that a depth is the number of direct edges. Only targets lead on.
[[nodiscard]] FoundNeighbours find_neighbours(const TargetGraph& graph, const Inheritance& inheritance,
                                              const NeighbourQuery& query);

}  // namespace bulkhead
