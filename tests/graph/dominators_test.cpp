#include "graph/dominators.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/random_digraph.h"

namespace bulkhead {
namespace {

using Numbers = std::vector<std::uint32_t>;

TEST(Dominators, AreTheLastOneThatEveryWayGoesThrough) {
  // 0 -> 1, which leads to 4 by 2 and by 3; 4 -> 5 -> 1. Nothing leads to 6.
  const Digraph graph(7, {{0, 1}, {1, 2}, {1, 3}, {2, 4}, {3, 4}, {4, 5}, {5, 1}, {6, 4}});
  const auto found = find_dominators(graph, 0);
  EXPECT_EQ(found, (std::vector<std::optional<std::uint32_t>>{std::nullopt, 0, 1, 1, 1, 4, std::nullopt}));
}

// A dominator is on every way from the root, and all others that are lie before it.
TEST(Dominators, AgreeWithBruteForceOnRandomGraphs) {
  test::Chance chance(20260304);
  std::size_t dominated = 0;
  for (int round = 0; round < 300; ++round) {
    const Digraph graph = test::random_digraph(chance, 10);
    const auto root = static_cast<std::uint32_t>(chance.below(graph.size()));
    const auto found = find_dominators(graph, root);
    const auto is_on_every_way = [&](std::uint32_t vertex, std::uint32_t to) {
      return vertex == root || vertex == to || !test::is_way(test::without_vertex(graph, vertex), {root}, {to});
    };
    for (std::uint32_t to = 0; to < graph.size(); ++to) {
      const bool has_one = to != root && test::is_way(graph, {root}, {to});
      ASSERT_EQ(found[to].has_value(), has_one) << "round " << round << ", vertex " << to;
      if (!has_one) continue;
      ASSERT_NE(*found[to], to);
      ASSERT_TRUE(is_on_every_way(*found[to], to)) << "round " << round << ", vertex " << to;
      for (std::uint32_t other = 0; other < graph.size(); ++other) {
        if (other == to || !is_on_every_way(other, to)) continue;
        ASSERT_TRUE(is_on_every_way(other, *found[to])) << "round " << round << ": " << other << " is nearer to " << to;
      }
      dominated += *found[to] == root ? 0 : 1;
    }
  }
  EXPECT_GT(dominated, 100U);
}

TEST(Gates, AreInTheOrderOfTheWay) {
  const Digraph graph(7, {{0, 1}, {1, 2}, {1, 3}, {2, 4}, {3, 4}, {4, 5}, {4, 6}});
  EXPECT_EQ(find_gates(graph, Numbers{0}, Numbers{5}), (Numbers{0, 1, 4, 5}));
  EXPECT_EQ(find_gates(graph, Numbers{0}, Numbers{5, 6}), (Numbers{0, 1, 4}));
  EXPECT_EQ(find_gates(graph, Numbers{2, 3}, Numbers{5}), (Numbers{4, 5}));
  EXPECT_TRUE(find_gates(graph, Numbers{5}, Numbers{0}).empty());
}

TEST(Gates, AgreeWithBruteForceOnRandomGraphs) {
  test::Chance chance(20260303);
  std::size_t gates = 0;
  for (int round = 0; round < 300; ++round) {
    const Digraph graph = test::random_digraph(chance, 10);
    const Numbers sources = test::random_vertices(chance, graph);
    const Numbers sinks = test::random_vertices(chance, graph);
    const Numbers found = find_gates(graph, sources, sinks);
    const bool any = test::is_way(graph, sources, sinks);
    for (std::uint32_t vertex = 0; vertex < graph.size(); ++vertex) {
      // Without it there is no way: neither by its arcs, nor because it is an end itself.
      Numbers from = sources;
      Numbers to = sinks;
      std::erase(from, vertex);
      std::erase(to, vertex);
      const bool is_gate = any && !test::is_way(test::without_vertex(graph, vertex), from, to);
      ASSERT_EQ(std::find(found.begin(), found.end(), vertex) != found.end(), is_gate)
          << "round " << round << ", vertex " << vertex;
      gates += is_gate ? 1 : 0;
    }
  }
  EXPECT_GT(gates, 100U);
}

}  // namespace
}  // namespace bulkhead
