#include "graph/components.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/random_digraph.h"

namespace bulkhead {
namespace {

using Numbers = std::vector<std::uint32_t>;

TEST(Components, AreThoseThatHoldACycle) {
  // 0 <-> 1 -> 2 -> 3 -> 4 -> 2, 5 with a loop, 6 without
  const Digraph graph(7, {{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 4}, {4, 2}, {5, 5}, {4, 6}});
  EXPECT_EQ(find_cyclic_components(graph), (std::vector<Numbers>{{0, 1}, {2, 3, 4}, {5}}));
  EXPECT_EQ(find_shortest_cycle(graph, Numbers{0, 1}), (Numbers{0, 1}));
  EXPECT_EQ(find_shortest_cycle(graph, Numbers{2, 3, 4}), (Numbers{3, 4, 5}));
  EXPECT_EQ(find_shortest_cycle(graph, Numbers{5}), (Numbers{6}));
}

TEST(Components, TakeDeepGraphs) {
  std::vector<Arc> arcs;
  for (std::uint32_t i = 0; i < 100'000; ++i) arcs.push_back({i, (i + 1) % 100'000});
  const Digraph graph(100'000, std::move(arcs));
  const auto components = find_cyclic_components(graph);
  ASSERT_EQ(components.size(), 1U);
  EXPECT_EQ(components.front().size(), 100'000U);
}

// The number of arcs of a shortest way from a vertex to another, at least one; 0 for none.
std::size_t distance(const Digraph& graph, std::uint32_t from, std::uint32_t to) {
  std::vector<bool> reached(graph.size(), false);
  Numbers frontier = {from};
  for (std::size_t length = 1; !frontier.empty(); ++length) {
    Numbers next;
    for (const std::uint32_t vertex : frontier) {
      for (const Arc& arc : graph.arcs()) {
        if (arc.from != vertex || reached[arc.to]) continue;
        if (arc.to == to) return length;
        reached[arc.to] = true;
        next.push_back(arc.to);
      }
    }
    frontier = std::move(next);
  }
  return 0;
}

TEST(Components, AgreeWithBruteForceOnRandomGraphs) {
  test::Chance chance(20260304);
  std::size_t cycles = 0;
  for (int round = 0; round < 200; ++round) {
    const Digraph graph = test::random_digraph(chance, 70);
    const Reachability reachability(graph);
    std::vector<std::size_t> component(graph.size(), 0);
    const auto components = find_cyclic_components(graph);
    for (std::size_t i = 0; i < components.size(); ++i) {
      std::size_t shortest = graph.size() + 1;
      for (const std::uint32_t vertex : components[i]) {
        component[vertex] = i + 1;
        shortest = std::min(shortest, distance(graph, vertex, vertex));
      }
      const Numbers cycle = find_shortest_cycle(graph, components[i]);
      ASSERT_EQ(cycle.size(), shortest) << "round " << round;
      for (std::size_t at = 0; at < cycle.size(); ++at) {
        ASSERT_EQ(graph[cycle[at]].to, graph[cycle[(at + 1) % cycle.size()]].from) << "round " << round;
      }
      ++cycles;
    }
    for (std::uint32_t from = 0; from < graph.size(); ++from) {
      for (std::uint32_t to = 0; to < graph.size(); ++to) {
        const bool reaches = distance(graph, from, to) != 0;
        ASSERT_EQ(reachability.reaches(from, to), reaches) << "round " << round << ": " << from << " to " << to;
        const bool both = reaches && distance(graph, to, from) != 0;
        ASSERT_EQ(component[from] != 0 && component[from] == component[to], both) << "round " << round;
      }
    }
  }
  EXPECT_GT(cycles, 50U);
}

}  // namespace
}  // namespace bulkhead
