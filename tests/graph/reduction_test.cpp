#include "graph/reduction.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/random_digraph.h"

namespace bulkhead {
namespace {

TEST(ImpliedArcs, AreThoseWithALongerWay) {
  EXPECT_EQ(find_implied_arcs(Digraph(3, {{0, 1}, {1, 2}, {0, 2}})), (std::vector<bool>{false, false, true}));
  EXPECT_TRUE(find_implied_arcs(Digraph(0, {})).empty());
}

TEST(ImpliedArcs, LeaveCyclesAlone) {
  const Digraph cycle(3, {{0, 1}, {1, 2}, {2, 0}, {0, 2}});
  EXPECT_EQ(find_implied_arcs(cycle), std::vector<bool>(4, false));
}

TEST(ImpliedArcs, KeepParallelOnes) {
  EXPECT_EQ(find_implied_arcs(Digraph(2, {{0, 1}, {0, 1}})), std::vector<bool>(2, false));
}

TEST(ImpliedArcs, ChangeNothingOfWhatCanBeReached) {
  test::Chance chance(20261126);
  for (int round = 0; round < 500; ++round) {
    const Digraph graph = test::random_digraph(chance, 8);
    const std::vector<bool> implied = find_implied_arcs(graph);
    std::vector<Arc> left;
    for (std::uint32_t i = 0; i < implied.size(); ++i) {
      if (!implied[i]) left.push_back(graph[i]);
    }
    const Digraph reduced(graph.size(), left);
    for (std::uint32_t from = 0; from < graph.size(); ++from) {
      for (std::uint32_t to = 0; to < graph.size(); ++to) {
        ASSERT_EQ(test::is_way(graph, {from}, {to}), test::is_way(reduced, {from}, {to})) << "round " << round;
      }
    }
    // What is left between components is needed: without it something can no longer be reached.
    for (std::uint32_t i = 0; i < left.size(); ++i) {
      const bool on_cycle = test::is_way(reduced, {left[i].to}, {left[i].from});
      const bool parallel = std::count(left.begin(), left.end(), left[i]) > 1;
      if (on_cycle || parallel) continue;
      const bool entered_elsewhere = test::is_way(test::without_arcs(reduced, 1U << i), {left[i].from}, {left[i].to});
      if (!entered_elsewhere) continue;
      // Only by another arc between the same two components.
      bool same_components = false;
      for (std::uint32_t other = 0; other < left.size(); ++other) {
        same_components = same_components || (other != i && test::is_way(reduced, {left[other].from}, {left[i].from}) &&
                                              test::is_way(reduced, {left[i].from}, {left[other].from}) &&
                                              test::is_way(reduced, {left[other].to}, {left[i].to}) &&
                                              test::is_way(reduced, {left[i].to}, {left[other].to}));
      }
      EXPECT_TRUE(same_components) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace bulkhead
