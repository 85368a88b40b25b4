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

/// Makes the edges of the targets [begin, end). `parts` has its strings, frames and targets. Only reads its arguments,
/// so that several threads may work on their own ranges.
[[nodiscard]] TargetEdges make_target_edges(const JoinedBatches& joined, const TargetGraphParts& parts,
                                            std::size_t begin, std::size_t end);

}  // namespace bulkhead
