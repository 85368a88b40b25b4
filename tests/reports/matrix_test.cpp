// The dependency matrix and the order of its rows.
#include "reports/matrix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/components.h"
#include "reports/matrix_order.h"

namespace bulkhead::test {
namespace {

PageEnd target(const std::string& name, const std::string& directory, Owner owner = Owner::core()) {
  return {.label = "target:" + name, .type = "STATIC_LIBRARY", .directory = directory, .owner = owner};
}

PageGraph graph_of(std::vector<PageEnd> ends, std::vector<PageEdge> edges) {
  PageGraph graph{.modules = {{.name = "cuda"}, {.name = "rpc", .on = true}}, .ends = std::move(ends)};
  graph.target_count = graph.ends.size();
  graph.edges = std::move(edges);
  return graph;
}

std::vector<std::string> labels_of(const Matrix& matrix) {
  std::vector<std::string> labels;
  for (const MatrixRow& row : matrix.rows) labels.push_back(row.label);
  return labels;
}

TEST(Matrix, HasARowForEachModuleAndFolderAndCountsEdgesByKind) {
  const Matrix matrix =
      build_matrix(graph_of({target("app", "app"), target("core", "core"), target("cuda", "m/cuda", Owner::module(0)),
                             target("test", "tests", Owner::set_aside())},
                            {{.from = 0, .to = 1},
                             {.from = 1, .to = 2},
                             {.from = 1, .to = 2, .kind = EdgeKind::order},
                             {.from = 3, .to = 1}}));
  EXPECT_EQ(labels_of(matrix), (std::vector<std::string>{"app", "set aside", "core", "cuda"}));
  ASSERT_EQ(matrix.cells.size(), 3U);
  EXPECT_EQ(matrix.cells[2].row, 2U);
  EXPECT_EQ(matrix.cells[2].column, 3U);
  EXPECT_EQ(matrix.cells[2].edges, 2U);
  EXPECT_EQ(matrix.cells[2].by_kind[static_cast<std::size_t>(EdgeKind::order)], 1U);
  EXPECT_TRUE(matrix.rows[3].off);
  EXPECT_EQ(matrix.cycles, 0U);
}

TEST(Matrix, SplitsTheFullestFolderWhileThereIsRoom) {
  std::vector<PageEnd> ends;
  for (const char* name : {"a", "b", "c", "d"}) ends.push_back(target(name, std::string("lib/") + name));
  ends.push_back(target("tool", "tools/x"));
  const PageGraph graph = graph_of(std::move(ends), {});
  EXPECT_EQ(labels_of(build_matrix(graph, {.rows = 7})),
            (std::vector<std::string>{"lib/a", "lib/b", "lib/c", "lib/d", "tools"}));
  EXPECT_EQ(labels_of(build_matrix(graph, {.rows = 6})), (std::vector<std::string>{"lib", "tools"}));
}

TEST(Matrix, KeepsWhatLiesInAFolderItselfApartFromWhatLiesBelow) {
  const PageGraph graph = graph_of({target("a", "lib"), target("b", "lib/b"), target("c", "../lib/b")}, {});
  EXPECT_EQ(labels_of(build_matrix(graph)), (std::vector<std::string>{"../lib", "lib", "lib/b"}));
}

TEST(Matrix, DoesNotDependOnTheOrderOfTargets) {
  const std::vector<PageEnd> ends = {target("a", "a"), target("b", "b"), target("c", "c"), target("d", "d")};
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs = {{0, 1}, {1, 2}, {2, 0}, {3, 0}};
  std::vector<std::uint32_t> place = {0, 1, 2, 3};
  std::set<std::vector<std::string>> orders;
  do {
    std::vector<PageEnd> moved(ends.size(), target("", ""));
    for (std::size_t i = 0; i < ends.size(); ++i) moved[place[i]] = ends[i];
    std::vector<PageEdge> edges;
    for (const auto& [from, to] : arcs) edges.push_back({.from = place[from], .to = place[to]});
    orders.insert(labels_of(build_matrix(graph_of(moved, edges))));
  } while (std::next_permutation(place.begin(), place.end()));
  EXPECT_EQ(orders.size(), 1U);
}

TEST(MatrixOrder, LetsLittleWeightLeadBack) {
  const Digraph cycle(3, {{0, 1}, {1, 2}, {2, 0}});
  EXPECT_EQ(order_rows(cycle, {9, 9, 1}).rows, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(order_rows(cycle, {1, 9, 9}).rows, (std::vector<std::uint32_t>{1, 2, 0}));
}

// Whatever the graph: each row once, arcs lead back within cycles only, and cycles are what components.h calls so.
TEST(MatrixOrder, IsThatOfTheCondensation) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const std::size_t size = 1 + random() % 12;
    std::vector<Arc> arcs;
    for (std::size_t i = random() % (2 * size); i > 0; --i) {
      const Arc arc{static_cast<std::uint32_t>(random() % size), static_cast<std::uint32_t>(random() % size)};
      if (arc.from != arc.to) arcs.push_back(arc);
    }
    const Digraph rows(size, arcs);
    const MatrixOrder order = order_rows(rows, std::vector<std::uint32_t>(arcs.size(), 1));
    std::vector<std::size_t> position(size, size);
    for (std::size_t i = 0; i < order.rows.size(); ++i) position[order.rows[i]] = i;
    ASSERT_EQ(order.rows.size(), size);
    ASSERT_EQ(std::count(position.begin(), position.end(), size), 0);
    const auto components = find_cyclic_components(rows);
    EXPECT_EQ(order.cycles, components.size());
    for (const auto& component : components) {
      for (const std::uint32_t row : component) {
        EXPECT_TRUE(order.cycle[row]);
        EXPECT_EQ(order.cycle[row], order.cycle[component.front()]);
      }
    }
    for (const Arc& arc : arcs) {
      if (position[arc.from] > position[arc.to]) {
        EXPECT_TRUE(order.cycle[arc.from] && order.cycle[arc.from] == order.cycle[arc.to]);
      }
    }
  }
}

}  // namespace
}  // namespace bulkhead::test
