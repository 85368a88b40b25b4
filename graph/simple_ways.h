// All ways from one vertex to another, the shortest first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/digraph.h"

namespace bulkhead {

/// Ways as arcs in order, and whether there are others.
struct SimpleWays {
  std::vector<std::vector<std::uint32_t>> ways;
  bool more = false;  ///< There is at least one way that is not in `ways`.
};

/// The first `limit` (at least 1) of the ways from `from` to `to` that pass no vertex twice: by their number of arcs,
/// then by the numbers of these. None when `from` is `to`. J. Y. Yen: Finding the K Shortest Loopless Paths in a
/// Network (1971), where no class of ways is searched twice, as E. L. Lawler has it (1972). A way of L arcs takes at
/// most L breadth-first searches, so that the work is bounded however many ways there are: O(limit · L · (V + E)).
[[nodiscard]] SimpleWays find_simple_ways(const Digraph& graph, std::uint32_t from, std::uint32_t to,
                                          std::size_t limit);

}  // namespace bulkhead
