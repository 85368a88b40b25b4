#include "graph/backward_arcs.h"

#include <gtest/gtest.h>

#include "graph/components.h"
#include "tests/support/random_digraph.h"

namespace bulkhead {
namespace {

using Weights = std::vector<std::size_t>;

TEST(BackwardArcs, AreTheLightOnesOfACycle) {
  const Digraph triangle(3, {{0, 1}, {1, 2}, {2, 0}});
  EXPECT_EQ(find_backward_arcs(triangle, Weights{5, 5, 1}), (std::vector<bool>{false, false, true}));
  EXPECT_EQ(find_backward_arcs(triangle, Weights{5, 1, 5}), (std::vector<bool>{false, true, false}));
}

TEST(BackwardArcs, AreNoneWithoutACycle) {
  const Digraph diamond(4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}});
  EXPECT_EQ(find_backward_arcs(diamond, Weights{1, 1, 1, 1}), std::vector<bool>(4, false));
  EXPECT_TRUE(find_backward_arcs(Digraph(0, {}), {}).empty());
}

TEST(BackwardArcs, AreLoops) {
  EXPECT_EQ(find_backward_arcs(Digraph(2, {{0, 0}, {0, 1}}), Weights{9, 1}), (std::vector<bool>{true, false}));
}

TEST(BackwardArcs, LeaveNoCycleAndSpareWhatIsOnNone) {
  test::Chance chance(20261125);
  for (int round = 0; round < 2000; ++round) {
    const Digraph graph = test::random_digraph(chance, 9);
    Weights weights(graph.arcs().size());
    for (std::size_t& weight : weights) weight = 1 + chance.below(5);
    const std::vector<bool> backward = find_backward_arcs(graph, weights);
    std::vector<Arc> forward;
    for (std::uint32_t i = 0; i < backward.size(); ++i) {
      const Arc arc = graph[i];
      if (!backward[i]) forward.push_back(arc);
      EXPECT_TRUE(!backward[i] || test::is_way(graph, {arc.to}, {arc.from})) << "round " << round;
    }
    EXPECT_TRUE(find_cyclic_components(Digraph(graph.size(), forward)).empty()) << "round " << round;
  }
}

}  // namespace
}  // namespace bulkhead
