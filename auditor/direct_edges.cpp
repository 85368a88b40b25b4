#include "auditor/direct_edges.h"

#include <algorithm>
#include <tuple>

#include "graph/components.h"

namespace bulkhead {

Digraph make_digraph(const TargetGraph& graph, std::vector<EdgeId>& edges) {
  const auto key = [&graph](EdgeId id) {
    const Edge& edge = graph[id];
    return std::tuple(edge.from.index(), edge.to.index());
  };
  std::stable_sort(edges.begin(), edges.end(), [&](EdgeId a, EdgeId b) {
    return std::tuple(key(a), graph[a].known != Known::declared) <
           std::tuple(key(b), graph[b].known != Known::declared);
  });
  edges.erase(std::unique(edges.begin(), edges.end(), [&](EdgeId a, EdgeId b) { return key(a) == key(b); }),
              edges.end());
  std::vector<Arc> arcs;
  arcs.reserve(edges.size());
  for (const EdgeId id : edges) arcs.push_back({graph[id].from.index(), graph[id].to.index()});
  return {graph.targets().size(), std::move(arcs)};
}

std::vector<EdgeId> find_direct_edges(const RuleInput& input, const Inheritance& inheritance, const RuleScope& scope) {
  return find_direct_edges(input.graph, inheritance, [&scope](const Edge& edge) { return scope.counts(edge); });
}

std::vector<EdgeId> find_direct_edges(const TargetGraph& graph, const Inheritance& inheritance,
                                      const EdgeFilter& counts) {
  std::vector<EdgeId> own;
  std::vector<EdgeId> inherited;
  for (const Edge& edge : graph.edges()) {
    if (!edge.from.is_target() || !edge.to.is_target() || !counts(edge)) continue;
    (inheritance.is_inherited(edge) ? inherited : own).push_back(graph.id_of(edge));
  }
  if (inherited.empty()) return own;
  std::vector<EdgeId> unique = own;
  const Reachability ways(make_digraph(graph, unique));
  for (const EdgeId id : inherited) {
    if (!ways.reaches(graph[id].from.index(), graph[id].to.index())) own.push_back(id);
  }
  std::sort(own.begin(), own.end());
  return own;
}

}  // namespace bulkhead
