#include "graph/simple_ways.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "tests/support/random_digraph.h"

namespace bulkhead {
namespace {

using Way = std::vector<std::uint32_t>;
using Ways = std::vector<Way>;

TEST(SimpleWays, ComeShortestFirstThenInTheOrderOfArcs) {
  //  0 -> 1 -> 3, 0 -> 2 -> 3, 1 -> 2, 0 -> 3, and back 3 -> 0
  const Digraph graph(4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {1, 2}, {0, 3}, {3, 0}});
  const SimpleWays all = find_simple_ways(graph, 0, 3, 9);
  EXPECT_EQ(all.ways, (Ways{{5}, {0, 2}, {1, 3}, {0, 4, 3}}));
  EXPECT_FALSE(all.more);
}

TEST(SimpleWays, SayWhenThereAreMore) {
  const Digraph graph(3, {{0, 1}, {0, 1}, {1, 2}, {0, 2}});
  EXPECT_EQ(find_simple_ways(graph, 0, 2, 2).ways, (Ways{{3}, {0, 2}}));
  EXPECT_TRUE(find_simple_ways(graph, 0, 2, 2).more);
  EXPECT_EQ(find_simple_ways(graph, 0, 2, 3).ways, (Ways{{3}, {0, 2}, {1, 2}}));
  EXPECT_FALSE(find_simple_ways(graph, 0, 2, 3).more);
}

TEST(SimpleWays, MayBeNone) {
  const Digraph graph(3, {{0, 1}, {1, 0}, {2, 2}});
  for (const auto& [from, to] : {std::pair(0U, 2U), std::pair(2U, 0U), std::pair(1U, 1U), std::pair(2U, 2U)}) {
    EXPECT_TRUE(find_simple_ways(graph, from, to, 5).ways.empty()) << from << " to " << to;
    EXPECT_FALSE(find_simple_ways(graph, from, to, 5).more);
  }
}

// A ladder of 60 rungs has 2 to the 60 ways; the work is that of the few which are asked for.
TEST(SimpleWays, AreBoundedWhereThereAreAbsurdlyMany) {
  std::vector<Arc> arcs;
  for (std::uint32_t rung = 0; rung < 60; ++rung) arcs.insert(arcs.end(), {{rung, rung + 1}, {rung, rung + 1}});
  const SimpleWays found = find_simple_ways(Digraph(61, std::move(arcs)), 0, 60, 200);
  EXPECT_EQ(found.ways.size(), 200U);
  EXPECT_TRUE(found.more);
  EXPECT_TRUE(std::is_sorted(found.ways.begin(), found.ways.end()));
  EXPECT_EQ(std::adjacent_find(found.ways.begin(), found.ways.end()), found.ways.end());
}

// Every way, by trying every arc.
void walk(const Digraph& graph, std::uint32_t at, std::uint32_t to, std::vector<bool>& passed, Way& way, Ways& found) {
  if (at == to) {
    found.push_back(way);
    return;
  }
  passed[at] = true;
  for (std::uint32_t arc = 0; arc < graph.arcs().size(); ++arc) {
    if (graph[arc].from != at || passed[graph[arc].to]) continue;
    way.push_back(arc);
    walk(graph, graph[arc].to, to, passed, way, found);
    way.pop_back();
  }
  passed[at] = false;
}

TEST(SimpleWays, AgreeWithBruteForceOnRandomGraphs) {
  test::Chance chance(20260501);
  std::size_t most = 0;
  for (int round = 0; round < 1'000; ++round) {
    const Digraph graph = test::random_digraph(chance, 8);
    const auto from = static_cast<std::uint32_t>(chance.below(graph.size()));
    const auto to = static_cast<std::uint32_t>(chance.below(graph.size()));
    if (from == to) continue;
    Ways expected;
    std::vector<bool> passed(graph.size(), false);
    Way way;
    walk(graph, from, to, passed, way, expected);
    std::sort(expected.begin(), expected.end(),
              [](const Way& a, const Way& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    most = std::max(most, expected.size());
    const std::size_t limit = 1 + chance.below(expected.size() + 2);
    const SimpleWays found = find_simple_ways(graph, from, to, limit);
    const bool more = expected.size() > limit;
    if (more) expected.resize(limit);
    ASSERT_EQ(found.ways, expected) << "round " << round << ", at most " << limit;
    ASSERT_EQ(found.more, more) << "round " << round << ", at most " << limit;
  }
  EXPECT_GT(most, 20U) << "the graphs are too thin to tell anything";
}

}  // namespace
}  // namespace bulkhead
