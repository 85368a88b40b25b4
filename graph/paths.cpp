#include "graph/paths.h"

#include <algorithm>

namespace bulkhead {

std::vector<EdgeId> find_path(const TargetGraph& graph, const std::vector<TargetId>& from,
                              const EndpointFilter& is_goal, const EdgeFilter& use) {
  std::vector<std::optional<EdgeId>> reached_by(graph.targets().size());
  std::vector<bool> reached(graph.targets().size(), false);
  std::vector<TargetId> queue;
  for (const TargetId start : from) {
    if (!reached[start.value()]) queue.push_back(start);
    reached[start.value()] = true;
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const Edge& edge : graph.edges_from(queue[next])) {
      if (!use(edge)) continue;
      if (is_goal(edge.to)) {
        std::vector<EdgeId> path = {graph.id_of(edge)};
        for (std::optional<EdgeId> at = reached_by[queue[next].value()]; at;) {
          path.push_back(*at);
          at = reached_by[graph[*at].from.index()];
        }
        std::reverse(path.begin(), path.end());
        return path;
      }
      if (!edge.to.is_target() || reached[edge.to.index()]) continue;
      reached[edge.to.index()] = true;
      reached_by[edge.to.index()] = graph.id_of(edge);
      queue.push_back(edge.to.target_id());
    }
  }
  return {};
}

std::vector<TargetId> find_dependers(const TargetGraph& graph, TargetId target, const EdgeFilter& use) {
  std::vector<bool> reached(graph.targets().size(), false);
  std::vector<TargetId> found;
  std::vector<TargetId> queue = {target};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const EdgeId id : graph.edges_to(queue[next])) {
      const Edge& edge = graph[id];
      if (!edge.from.is_target() || reached[edge.from.index()] || !use(edge)) continue;
      reached[edge.from.index()] = true;
      found.push_back(edge.from.target_id());
      queue.push_back(edge.from.target_id());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace bulkhead
