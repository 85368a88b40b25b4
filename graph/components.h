// Cycles: which vertices lie on common ones, and a shortest one to show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/digraph.h"

namespace bulkhead {

/// The strongly connected components that hold a cycle: two vertices or more, or one with a loop. Each ascending, and
/// all by their first vertex. R. Tarjan: Depth-First Search and Linear Graph Algorithms (1972). O(V + E).
[[nodiscard]] std::vector<std::vector<std::uint32_t>> find_cyclic_components(const Digraph& graph);

/// A shortest cycle within a component, as arcs in order; of several the one from the first vertex. Precondition:
/// `component` is one of those above. Of a component with more than 1,000 vertices only these first ones are tried as
/// beginnings, so that a shorter cycle may exist. O(V E).
[[nodiscard]] std::vector<std::uint32_t> find_shortest_cycle(const Digraph& graph,
                                                             std::span<const std::uint32_t> component);

/// Which vertex can be reached from which, for questions about many pairs. Takes a bit for each pair of vertices.
class Reachability {
 public:
  explicit Reachability(const Digraph& graph);

  /// True when there is a way of at least one arc.
  [[nodiscard]] bool reaches(std::uint32_t from, std::uint32_t to) const {
    return (rows_[component_[from] * words_ + to / bits] >> (to % bits) & 1U) != 0;
  }

 private:
  static constexpr std::size_t bits = 64;

  std::size_t words_;                   // a row
  std::vector<std::size_t> component_;  // by vertex; those of a component share a row
  std::vector<std::uint64_t> rows_;     // by component, a bit for each vertex
};

}  // namespace bulkhead
