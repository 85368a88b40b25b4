// What every way goes through.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/digraph.h"

namespace bulkhead {

/// For each vertex the last one before it that every way from `root` to it goes through; none for `root` and for what
/// cannot be reached from it. K. D. Cooper, T. J. Harvey, K. Kennedy: A Simple, Fast Dominance Algorithm (2001). O(V²)
/// at worst, and about linear for the graphs of builds.
[[nodiscard]] std::vector<std::optional<std::uint32_t>> find_dominators(const Digraph& graph, std::uint32_t root);

/// The vertices that every way from a source to a sink goes through, in their order on the way. A source or a sink is
/// one of them when it is the only one that ways begin or end at. Empty when there is no way.
[[nodiscard]] std::vector<std::uint32_t> find_gates(const Digraph& graph, std::span<const std::uint32_t> sources,
                                                    std::span<const std::uint32_t> sinks);

}  // namespace bulkhead
