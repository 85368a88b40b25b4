#include "graph/minimum_cut.h"

#include <gtest/gtest.h>

#include "tests/support/random_digraph.h"

namespace bulkhead {
namespace {

using Numbers = std::vector<std::uint32_t>;

std::optional<Numbers> cut(const Digraph& graph, const Numbers& sources, const Numbers& sinks) {
  const std::vector<std::uint64_t> weights(graph.arcs().size(), 1);
  return find_minimum_cut(graph, weights, sources, sinks);
}

TEST(MinimumCut, IsTheNarrowestPlace) {
  // 0 and 1 each reach 2, which leads to 5 by two ways.
  const Digraph graph(6, {{0, 2}, {1, 2}, {2, 3}, {2, 4}, {3, 5}, {4, 5}, {2, 2}});
  EXPECT_EQ(cut(graph, {0}, {5}), (Numbers{0}));
  EXPECT_EQ(cut(graph, {0, 1}, {5}), (Numbers{4, 5})) << "of two sets of two the one at the sinks";
  EXPECT_EQ(cut(graph, {0, 1}, {3, 5}), (Numbers{2, 5}));
}

TEST(MinimumCut, PrefersLightArcs) {
  const Digraph graph(3, {{0, 1}, {1, 2}});
  EXPECT_EQ(find_minimum_cut(graph, std::vector<std::uint64_t>{3, 4}, Numbers{0}, Numbers{2}), (Numbers{0}));
  EXPECT_EQ(find_minimum_cut(graph, std::vector<std::uint64_t>{4, 3}, Numbers{0}, Numbers{2}), (Numbers{1}));
}

TEST(MinimumCut, CountsParallelArcs) {
  const Digraph graph(3, {{0, 1}, {0, 1}, {1, 2}});
  EXPECT_EQ(cut(graph, {0}, {1}), (Numbers{0, 1}));
  EXPECT_EQ(cut(graph, {0}, {2}), (Numbers{2}));
}

TEST(MinimumCut, IsEmptyWithoutAWayAndNoneWhereNothingCanPart) {
  const Digraph graph(3, {{0, 1}});
  EXPECT_EQ(cut(graph, {1}, {0, 2}), Numbers{});
  EXPECT_EQ(cut(graph, {0, 1}, {1}), std::nullopt);
}

TEST(MinimumCut, FollowsLongWays) {
  std::vector<Arc> arcs;
  for (std::uint32_t i = 0; i < 200'000; ++i) arcs.push_back({i, i + 1});
  const Digraph graph(200'001, std::move(arcs));
  EXPECT_EQ(cut(graph, {0}, {200'000}), (Numbers{199'999}));
}

// Among all sets of arcs that part the two there is none that is lighter, and none as light that is nearer to the
// sinks.
TEST(MinimumCut, AgreesWithBruteForceOnRandomGraphs) {
  test::Chance chance(20260302);
  std::size_t parted = 0;
  for (int round = 0; round < 1000; ++round) {
    const Digraph graph = test::random_digraph(chance, 6);
    const auto count = static_cast<std::uint32_t>(graph.arcs().size());
    if (count > 11) continue;
    std::vector<std::uint64_t> weights(count);
    for (std::uint64_t& weight : weights) weight = 1 + chance.below(3);
    const Numbers sources = test::random_vertices(chance, graph);
    const Numbers sinks = test::random_vertices(chance, graph);
    const auto found = find_minimum_cut(graph, weights, sources, sinks);
    const bool inseparable = test::is_way(Digraph(graph.size(), {}), sources, sinks);
    ASSERT_EQ(!found, inseparable) << "round " << round;
    if (!found) continue;
    const auto weigh = [&weights](std::uint32_t bits) {
      std::uint64_t sum = 0;
      for (std::uint32_t i = 0; i < weights.size(); ++i) sum += (bits >> i & 1U) != 0 ? weights[i] : 0;
      return sum;
    };
    std::uint32_t bits = 0;
    for (const std::uint32_t arc : *found) bits |= 1U << arc;
    ASSERT_FALSE(test::is_way(test::without_arcs(graph, bits), sources, sinks)) << "round " << round;
    parted += found->empty() ? 0 : 1;
    for (std::uint32_t other = 0; other < 1U << count; ++other) {
      if (weigh(other) > weigh(bits)) continue;
      const Digraph left = test::without_arcs(graph, other);
      if (test::is_way(left, sources, sinks)) continue;
      ASSERT_EQ(weigh(other), weigh(bits)) << "round " << round << ": " << other;
      const std::vector<bool> nearest = find_reaching(test::without_arcs(graph, bits), sinks);
      const std::vector<bool> beyond = find_reaching(left, sinks);
      for (std::size_t i = 0; i < graph.size(); ++i) ASSERT_TRUE(!nearest[i] || beyond[i]) << "round " << round;
    }
  }
  EXPECT_GT(parted, 30U);
}

}  // namespace
}  // namespace bulkhead
