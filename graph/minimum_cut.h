// The smallest set of arcs without which there is no way.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/digraph.h"

namespace bulkhead {

/// The arcs of least total weight that every way from a source to a sink uses one of, ascending; of several such sets
/// the one nearest to the sinks. Empty when there is no way; none when a vertex is both source and sink, for then
/// nothing can part them. `weights` has a number above 0 for each arc.
///
/// Max-flow min-cut by Dinic's algorithm (E. A. Dinic, Soviet Mathematics Doklady 11, 1970): O(V²E), and far less where
/// weights are alike.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> find_minimum_cut(const Digraph& graph,
                                                                         std::span<const std::uint64_t> weights,
                                                                         std::span<const std::uint32_t> sources,
                                                                         std::span<const std::uint32_t> sinks);

}  // namespace bulkhead
