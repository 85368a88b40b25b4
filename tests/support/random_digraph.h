// Small random graphs, for algorithms that are held against brute force.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/digraph.h"
#include "tests/property/chance.h"

namespace bulkhead::test {

/// A graph of one to `most` vertices, sparse or dense, with loops, parallel arcs and cycles.
inline Digraph random_digraph(Chance& chance, std::size_t most) {
  const std::size_t count = 1 + chance.below(most);
  std::vector<Arc> arcs(chance.below(count * 3 + 1));
  for (Arc& arc : arcs) {
    arc = {static_cast<std::uint32_t>(chance.below(count)), static_cast<std::uint32_t>(chance.below(count))};
  }
  return {count, std::move(arcs)};
}

/// Some of the vertices, at least one.
inline std::vector<std::uint32_t> random_vertices(Chance& chance, const Digraph& graph) {
  std::vector<std::uint32_t> vertices(1 + chance.below(2));
  for (std::uint32_t& vertex : vertices) vertex = static_cast<std::uint32_t>(chance.below(graph.size()));
  return vertices;
}

/// The graph without the arcs whose bit is set.
inline Digraph without_arcs(const Digraph& graph, std::uint32_t bits) {
  std::vector<Arc> left;
  for (std::uint32_t i = 0; i < graph.arcs().size(); ++i) {
    if ((bits >> i & 1U) == 0) left.push_back(graph[i]);
  }
  return {graph.size(), std::move(left)};
}

/// The graph without the arcs of a vertex.
inline Digraph without_vertex(const Digraph& graph, std::uint32_t vertex) {
  std::vector<Arc> left;
  for (const Arc& arc : graph.arcs()) {
    if (arc.from != vertex && arc.to != vertex) left.push_back(arc);
  }
  return {graph.size(), std::move(left)};
}

/// Whether there is a way from one of `from` to one of `to`, of no arc at all if need be.
inline bool is_way(const Digraph& graph, const std::vector<std::uint32_t>& from, const std::vector<std::uint32_t>& to) {
  std::vector<bool> reached(graph.size(), false);
  for (const std::uint32_t vertex : from) reached[vertex] = true;
  for (std::size_t round = 0; round < graph.size(); ++round) {
    for (const Arc& arc : graph.arcs()) reached[arc.to] = reached[arc.to] || reached[arc.from];
  }
  for (const std::uint32_t vertex : to) {
    if (reached[vertex]) return true;
  }
  return false;
}

}  // namespace bulkhead::test
