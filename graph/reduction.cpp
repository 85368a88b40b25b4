#include "graph/reduction.h"

#include "graph/components.h"

namespace bulkhead {

std::vector<bool> find_implied_arcs(const Digraph& graph) {
  const Reachability ways(graph);
  const auto on_cycle = [&ways](std::uint32_t a, std::uint32_t b) {
    return a == b || (ways.reaches(a, b) && ways.reaches(b, a));
  };
  std::vector<bool> implied(graph.arcs().size(), false);
  for (std::size_t i = 0; i < implied.size(); ++i) {
    const Arc& arc = graph.arcs()[i];
    if (on_cycle(arc.from, arc.to)) continue;
    for (std::uint32_t middle = 0; middle < graph.size() && !implied[i]; ++middle) {
      implied[i] = ways.reaches(arc.from, middle) && ways.reaches(middle, arc.to) && !on_cycle(arc.from, middle) &&
                   !on_cycle(middle, arc.to);
    }
  }
  return implied;
}

}  // namespace bulkhead
