// The edges whose depender is a target.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/joined_batches.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// The edges and the entries of `dependencies` of consecutive targets, in order.
struct TargetEdges {
  std::vector<Edge> edges;
  std::vector<Dependency> dependencies;
  std::vector<std::uint32_t> dependency_counts;  ///< One for each target.
};

/// The targets [begin, end), and how many edges and entries of `dependencies` they can have at most.
struct TargetRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t edge_room = 0;
  std::size_t dependency_room = 0;
};

/// The range of that name, with its room. Every target has been placed.
[[nodiscard]] TargetRange measure(const JoinedBatches& joined, std::size_t begin, std::size_t end);

/// Makes the edges of a range of targets, into arrays that have the range's room. `parts` has its strings, frames and
/// targets. Only reads its arguments, so that several threads may work on their own ranges.
[[nodiscard]] TargetEdges make_target_edges(const JoinedBatches& joined, const TargetGraphParts& parts,
                                            const TargetRange& range);

}  // namespace bulkhead
