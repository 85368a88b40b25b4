#include "auditor/way_search.h"

#include <algorithm>
#include <set>
#include <utility>

#include "auditor/direct_edges.h"
#include "auditor/neighbours.h"
#include "graph/digraph.h"
#include "graph/simple_ways.h"

namespace bulkhead {
namespace {

class WayFinder {
 public:
  WayFinder(const TargetGraph& graph, const Inheritance& inheritance, const WayQuery& query)
      : graph_(graph), inheritance_(inheritance), query_(query) {
    for (std::size_t i = 0; i < graph.targets().size(); ++i) {
      if (query.from.contains(Endpoint::target(TargetId(i)))) starts_.emplace_back(i);
    }
    is_circle_ = starts_.size() == 1 && query.to.target_count() == 1 && query.to.other_count() == 0 &&
                 query.to.contains(Endpoint::target(starts_.front()));
  }

  [[nodiscard]] FoundWays find() const {
    FoundWays found;
    if (query_.count == WayCount::shortest) {
      auto way = find_path(
          graph_, starts_, [this](Endpoint end) { return is_goal(end); },
          [this](const Edge& edge) {
            return may_use(edge) && (!edge.to.is_target() || !inheritance_.is_inherited(edge));
          });
      if (!way.empty()) {
        found.ways.push_back(std::move(way));
        return found;
      }
    }
    found = search_network();
    if (found.ways.empty()) found.doubtful = find_doubtful();
    return found;
  }

 private:
  [[nodiscard]] bool is_goal(Endpoint end) const {
    return query_.to.contains(end) && (is_circle_ || !query_.from.contains(end));
  }
  [[nodiscard]] bool may_use(const Edge& edge) const { return query_.counts(edge) && !query_.avoided(edge); }

  // The targets are the vertices. All starts are one vertex, and all goals another, so that a simple way of the network
  // touches each only once.
  [[nodiscard]] FoundWays search_network() const {
    const auto start = static_cast<std::uint32_t>(graph_.targets().size());
    const std::uint32_t goal = start + 1;
    std::vector<EdgeId> edges;
    std::vector<Arc> arcs;
    std::set<std::pair<Endpoint, Endpoint>> seen;
    const auto add = [&](EdgeId id) {
      const Edge& edge = graph_[id];
      if (query_.avoided(edge)) return;
      const bool starts = query_.from.contains(edge.from);
      const bool ends = is_goal(edge.to);
      if (!starts && (!edge.from.is_target() || is_goal(edge.from))) return;
      if (!ends && (!edge.to.is_target() || query_.from.contains(edge.to))) return;
      if (!seen.emplace(edge.from, edge.to).second) return;
      edges.push_back(id);
      arcs.push_back({starts ? start : edge.from.index(), ends ? goal : edge.to.index()});
    };
    for (const EdgeId id : network_edges()) add(id);
    const SimpleWays ways = find_simple_ways(Digraph(goal + 1, std::move(arcs)), start, goal, query_.limit);
    FoundWays found{.ways = {}, .more = ways.more};
    for (const auto& way : ways.ways) {
      found.ways.emplace_back();
      for (const std::uint32_t arc : way) found.ways.back().push_back(edges[arc]);
    }
    return found;
  }

  // Without those that a closure repeats; in the order of the graph.
  [[nodiscard]] std::vector<EdgeId> network_edges() const {
    const std::vector<bool> reached = find_region(graph_, query_.from, Side::dependees, query_.counts);
    const std::vector<bool> reaching = find_region(graph_, query_.to, Side::dependers, query_.counts);
    const auto is_between = [&](Endpoint end) { return reached[end.index()] && reaching[end.index()]; };
    std::vector<EdgeId> edges = find_direct_edges(graph_, inheritance_, [&](const Edge& edge) {
      return is_between(edge.from) && is_between(edge.to) && query_.counts(edge);
    });
    for (const Edge& edge : graph_.edges()) {
      const bool between_targets = edge.from.is_target() && edge.to.is_target();
      if (!between_targets && query_.counts(edge)) edges.push_back(graph_.id_of(edge));
    }
    std::sort(edges.begin(), edges.end());
    return edges;
  }

  [[nodiscard]] std::vector<EdgeId> find_doubtful() const {
    std::vector<EdgeId> way = find_path(
        graph_, starts_, [this](Endpoint end) { return is_goal(end); },
        [this](const Edge& edge) { return may_use(edge); });
    std::erase_if(way,
                  [this](EdgeId id) { return !graph_[id].to.is_target() || !inheritance_.is_inherited(graph_[id]); });
    return way;
  }

  const TargetGraph& graph_;
  const Inheritance& inheritance_;
  const WayQuery& query_;
  std::vector<TargetId> starts_;
  bool is_circle_ = false;
};

}  // namespace

FoundWays find_ways(const TargetGraph& graph, const Inheritance& inheritance, const WayQuery& query) {
  return WayFinder(graph, inheritance, query).find();
}

}  // namespace bulkhead
