#include "auditor/neighbours.h"

#include <algorithm>

#include "auditor/direct_edges.h"

namespace bulkhead {
namespace {

// Ends by Endpoint::bits().
class EndMarks {
 public:
  [[nodiscard]] bool contains(Endpoint end) const { return end.bits() < marks_.size() && marks_[end.bits()]; }
  /// False when it was there already.
  bool insert(Endpoint end) {
    if (contains(end)) return false;
    if (end.bits() >= marks_.size()) marks_.resize(end.bits() + 1, false);
    marks_[end.bits()] = true;
    return true;
  }

 private:
  std::vector<bool> marks_;
};

class NeighbourSearch {
 public:
  NeighbourSearch(const TargetGraph& graph, const Inheritance& inheritance, const NeighbourQuery& query)
      : graph_(graph), query_(query) {
    const std::vector<bool> region = find_region(graph, query.of, query.side, query.counts);
    edges_ = find_direct_edges(graph, inheritance, [&](const Edge& edge) {
      return region[edge.from.index()] && region[edge.to.index()] && query.counts(edge);
    });
    direct_between_targets_ = count_crossing();
    for (const Edge& edge : graph.edges()) {
      const bool between_targets = edge.from.is_target() && edge.to.is_target();
      if (between_targets && query.counts(edge)) all_between_targets_ += crosses(edge) ? 1 : 0;
      if (!between_targets && query.counts(edge)) edges_.push_back(graph.id_of(edge));
    }
    std::sort(edges_.begin(), edges_.end());
  }

  [[nodiscard]] FoundNeighbours find_direct() const {
    FoundNeighbours result{.found = {}, .inherited = all_between_targets_ - direct_between_targets_};
    for (const EdgeId id : edges_) {
      if (crosses(graph_[id])) result.found.push_back({far(graph_[id]), id, 1});
    }
    return result;
  }

  [[nodiscard]] FoundNeighbours find_all() const {
    FoundNeighbours result;
    EndMarks reached;
    EndMarks nearer;  // found in the round before
    for (std::uint32_t depth = 1; depth <= query_.depth; ++depth) {
      const std::size_t before = result.found.size();
      for (const EdgeId id : edges_) {
        const Edge& edge = graph_[id];
        const bool leads_on = depth == 1 ? query_.of.contains(near(edge)) : nearer.contains(near(edge));
        if (!leads_on || query_.of.contains(far(edge)) || !reached.insert(far(edge))) continue;
        result.found.push_back({far(edge), id, depth});
      }
      if (result.found.size() == before) break;
      nearer = EndMarks();
      for (std::size_t i = before; i < result.found.size(); ++i) {
        if (result.found[i].end.is_target()) nearer.insert(result.found[i].end);
      }
    }
    return result;
  }

 private:
  [[nodiscard]] Endpoint near(const Edge& edge) const { return query_.side == Side::dependers ? edge.to : edge.from; }
  [[nodiscard]] Endpoint far(const Edge& edge) const { return query_.side == Side::dependers ? edge.from : edge.to; }
  [[nodiscard]] bool crosses(const Edge& edge) const {
    return query_.of.contains(near(edge)) && !query_.of.contains(far(edge));
  }
  [[nodiscard]] std::uint64_t count_crossing() const {
    return static_cast<std::uint64_t>(
        std::count_if(edges_.begin(), edges_.end(), [this](EdgeId id) { return crosses(graph_[id]); }));
  }

  const TargetGraph& graph_;
  const NeighbourQuery& query_;
  std::vector<EdgeId> edges_;
  std::uint64_t direct_between_targets_ = 0;
  std::uint64_t all_between_targets_ = 0;
};

}  // namespace

std::vector<bool> find_region(const TargetGraph& graph, const EndSet& of, Side side, const EdgeFilter& counts) {
  std::vector<bool> reached(graph.targets().size(), false);
  std::vector<TargetId> queue;
  const auto visit = [&](Endpoint end) {
    if (!end.is_target() || reached[end.index()]) return;
    reached[end.index()] = true;
    queue.push_back(end.target_id());
  };
  for (const Edge& edge : graph.edges()) {
    const Endpoint near = side == Side::dependers ? edge.to : edge.from;
    if (of.contains(near) && counts(edge)) visit(side == Side::dependers ? edge.from : edge.to);
  }
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (of.contains(Endpoint::target(TargetId(i)))) visit(Endpoint::target(TargetId(i)));
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const TargetId target = queue[next];
    if (side == Side::dependers) {
      for (const EdgeId id : graph.edges_to(target)) {
        if (counts(graph[id])) visit(graph[id].from);
      }
    } else {
      for (const Edge& edge : graph.edges_from(target)) {
        if (counts(edge)) visit(edge.to);
      }
    }
  }
  return reached;
}

FoundNeighbours find_neighbours(const TargetGraph& graph, const Inheritance& inheritance, const NeighbourQuery& query) {
  const NeighbourSearch search(graph, inheritance, query);
  return query.depth == 1 ? search.find_direct() : search.find_all();
}

}  // namespace bulkhead
