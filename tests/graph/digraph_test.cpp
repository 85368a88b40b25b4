#include "graph/digraph.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/random_digraph.h"

namespace bulkhead {
namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers list(std::span<const std::uint32_t> numbers) {
  return {numbers.begin(), numbers.end()};
}

//  0 -> 1 -> 3
//  0 -> 2 -> 3 -> 0, and 4 alone
Digraph diamond() {
  return {5, {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 0}}};
}

TEST(Digraph, ListsArcsByEitherEnd) {
  const Digraph graph = diamond();
  EXPECT_EQ(graph.size(), 5U);
  EXPECT_EQ(list(graph.out(0)), (Numbers{0, 1}));
  EXPECT_EQ(list(graph.in(3)), (Numbers{2, 3}));
  EXPECT_TRUE(graph.out(4).empty());
  EXPECT_TRUE(graph.in(4).empty());
  EXPECT_EQ(graph[4], (Arc{3, 0}));
}

TEST(Digraph, MayBeEmpty) {
  const Digraph graph(0, {});
  EXPECT_EQ(graph.size(), 0U);
  EXPECT_TRUE(find_reachable(graph, {}).empty());
}

TEST(FindWay, TakesTheFewestArcsAndTheFirstOfThose) {
  const std::vector<bool> goals = {false, false, false, true, false};
  EXPECT_EQ(find_way(diamond(), Numbers{0}, goals), (Numbers{0, 2}));
  EXPECT_EQ(find_way(diamond(), Numbers{4, 2}, goals), (Numbers{3}));
  EXPECT_TRUE(find_way(diamond(), Numbers{4}, goals).empty());
  EXPECT_TRUE(find_way(diamond(), Numbers{3}, goals).empty());
}

TEST(Digraph, FloodsAgreeWithBruteForceOnRandomGraphs) {
  test::Chance chance(20260301);
  for (int round = 0; round < 200; ++round) {
    const Digraph graph = test::random_digraph(chance, 12);
    const Numbers starts = test::random_vertices(chance, graph);
    const std::vector<bool> reached = find_reachable(graph, starts);
    const std::vector<bool> reaching = find_reaching(graph, starts);
    for (std::uint32_t vertex = 0; vertex < graph.size(); ++vertex) {
      ASSERT_EQ(reached[vertex], test::is_way(graph, starts, {vertex})) << "round " << round;
      ASSERT_EQ(reaching[vertex], test::is_way(graph, {vertex}, starts)) << "round " << round;
      std::vector<bool> goals(graph.size(), false);
      goals[vertex] = true;
      const Numbers way = find_way(graph, starts, goals);
      const bool is_start = std::find(starts.begin(), starts.end(), vertex) != starts.end();
      ASSERT_EQ(!way.empty(), reached[vertex] && !is_start) << "round " << round;
      for (std::size_t i = 1; i < way.size(); ++i) ASSERT_EQ(graph[way[i - 1]].to, graph[way[i]].from);
    }
  }
}

}  // namespace
}  // namespace bulkhead
