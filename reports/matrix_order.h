// The order of a matrix's rows: dependers before what they depend on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "graph/digraph.h"

namespace bulkhead {

struct MatrixOrder {
  std::vector<std::uint32_t> rows;                ///< Vertices, the first row first.
  std::vector<std::optional<std::size_t>> cycle;  ///< By vertex: those with the same number depend on each other.
  std::size_t cycles = 0;                         ///< Numbered from 0, in the order of the rows.
};

/// The order of the condensation, so that arcs lead forward wherever no cycle forbids it; within a cycle arcs of little
/// weight lead back. Where there is a choice, the smallest vertex comes first. `weights` is by arc.
/// P. Eades, X. Lin, W. Smyth: A fast and effective heuristic for the feedback arc set problem (1993). O(V^2 + E).
[[nodiscard]] MatrixOrder order_rows(const Digraph& rows, const std::vector<std::uint32_t>& weights);

}  // namespace bulkhead
