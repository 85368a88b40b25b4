#include "graph/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/reply_writer.h"

namespace bulkhead {
namespace {

using test::graph_of;
using test::TargetSpec;

const EdgeFilter any_edge = [](const Edge&) { return true; };

EndpointFilter is(const TargetGraph& graph, const std::string& name) {
  return [goal = Endpoint::target(*graph.find_target(name))](Endpoint endpoint) { return endpoint == goal; };
}

std::string say(const TargetGraph& graph, const std::vector<EdgeId>& path) {
  std::string text;
  for (const EdgeId id : path) {
    if (text.empty()) text = to_label(graph, graph[id].from);
    text += " > " + to_label(graph, graph[id].to);
  }
  return text;
}

TargetGraph two_ways() {
  return graph_of({
      {.name = "app", .dependencies = {{"long1", {}}, {"short", {}}, {"other", {}}}},
      {.name = "long1", .dependencies = {{"long2", {}}}},
      {.name = "long2", .dependencies = {{"core", {}}}},
      {.name = "short", .dependencies = {{"core", {}}}},
      {.name = "other", .dependencies = {{"core", {}}}},
      {.name = "core", .dependencies = {{"app", {}}}, .sources = {{"core.cpp", {}}}},
      {.name = "alone"},
  });
}

TEST(FindPath, TakesTheFewestHopsAndTheFirstOfThose) {
  const TargetGraph graph = two_ways();
  const std::vector<TargetId> from = {*graph.find_target("app")};
  EXPECT_EQ(say(graph, find_path(graph, from, is(graph, "core"), any_edge)), "target:app > target:short > target:core");
  EXPECT_EQ(say(graph, find_path(graph, from, is(graph, "alone"), any_edge)), "");
  const EndpointFilter is_file = [](Endpoint endpoint) { return endpoint.kind() == EndpointKind::file; };
  EXPECT_EQ(say(graph, find_path(graph, from, is_file, any_edge)),
            "target:app > target:short > target:core > file:core.cpp");
}

TEST(FindPath, HasAtLeastOneHop) {
  const TargetGraph graph = two_ways();
  EXPECT_EQ(say(graph, find_path(graph, {*graph.find_target("core")}, is(graph, "core"), any_edge)),
            "target:core > target:app > target:short > target:core");
  EXPECT_TRUE(find_path(graph, {}, is(graph, "core"), any_edge).empty());
}

TEST(FindPath, UsesOnlyTheEdgesItMay) {
  const TargetGraph graph = two_ways();
  const TargetId closed = *graph.find_target("short");
  const TargetId closed_too = *graph.find_target("other");
  const EdgeFilter use = [&](const Edge& edge) {
    return edge.to != Endpoint::target(closed) && edge.to != Endpoint::target(closed_too);
  };
  EXPECT_EQ(say(graph, find_path(graph, {*graph.find_target("app")}, is(graph, "core"), use)),
            "target:app > target:long1 > target:long2 > target:core");
}

// A graph of random edges, cycles and loops included.
TargetGraph random_graph(std::mt19937& random, std::size_t count, double density) {
  std::bernoulli_distribution linked(density);
  std::vector<TargetSpec> targets(count);
  for (std::size_t i = 0; i < count; ++i) {
    targets[i].name = "t" + std::to_string(i);
    for (std::size_t j = 0; j < count; ++j) {
      if (linked(random)) targets[i].dependencies.push_back({"t" + std::to_string(j), {}});
    }
  }
  return graph_of(targets);
}

constexpr std::size_t unreachable = 1'000;

// The number of hops between any two targets by edges that `use` accepts, by Floyd and Warshall's algorithm.
std::vector<std::vector<std::size_t>> all_distances(const TargetGraph& graph, const EdgeFilter& use) {
  const std::size_t count = graph.targets().size();
  std::vector<std::vector<std::size_t>> hops(count, std::vector<std::size_t>(count, unreachable));
  for (const Edge& edge : graph.edges()) {
    if (use(edge)) hops[edge.from.index()][edge.to.index()] = 1;
  }
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) hops[i][j] = std::min(hops[i][j], hops[i][k] + hops[k][j]);
    }
  }
  return hops;
}

TEST(Paths, AgreeWithBruteForceOnRandomGraphs) {
  std::mt19937 random(20260101);
  for (int round = 0; round < 60; ++round) {
    const std::size_t count = 1 + random() % 14;
    const TargetGraph graph = random_graph(random, count, 0.02 + 0.01 * static_cast<double>(random() % 30));
    // Each edge may be used or not, as a coin says.
    const std::uint32_t coin = static_cast<std::uint32_t>(random());
    const EdgeFilter use = [coin](const Edge& edge) {
      return (coin * (edge.from.index() * 31 + edge.to.index() + 7) >> 16) % 4 != 0;
    };
    const auto hops = all_distances(graph, use);
    for (std::size_t goal = 0; goal < count; ++goal) {
      const Endpoint end = Endpoint::target(TargetId(goal));
      std::vector<TargetId> dependers;
      for (std::size_t start = 0; start < count; ++start) {
        const auto path = find_path(
            graph, {TargetId(start)}, [&](Endpoint one) { return one == end; }, use);
        const std::size_t expected = hops[start][goal] >= unreachable ? 0 : hops[start][goal];
        ASSERT_EQ(path.size(), expected) << "round " << round << ": " << start << " to " << goal;
        if (expected == 0) continue;
        dependers.emplace_back(start);
        EXPECT_EQ(graph[path.back()].to, end);
        for (std::size_t i = 0; i < path.size(); ++i) {
          EXPECT_TRUE(use(graph[path[i]]));
          EXPECT_EQ(graph[path[i]].from, i == 0 ? Endpoint::target(TargetId(start)) : graph[path[i - 1]].to);
        }
      }
      EXPECT_EQ(find_dependers(graph, TargetId(goal), use), dependers) << "round " << round << ": of " << goal;
    }
  }
}

TEST(Paths, BeginAtTheNearestOfSeveralStarts) {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    const std::size_t count = 4 + random() % 10;
    const TargetGraph graph = random_graph(random, count, 0.12);
    const auto hops = all_distances(graph, any_edge);
    const std::vector<TargetId> from = {TargetId(0), TargetId(1), TargetId(0), TargetId(2)};
    const Endpoint end = Endpoint::target(TargetId(count - 1));
    const std::size_t nearest = std::min({hops[0][count - 1], hops[1][count - 1], hops[2][count - 1]});
    const auto path = find_path(
        graph, from, [&](Endpoint one) { return one == end; }, any_edge);
    ASSERT_EQ(path.size(), nearest >= unreachable ? 0 : nearest) << "round " << round;
  }
}

}  // namespace
}  // namespace bulkhead
