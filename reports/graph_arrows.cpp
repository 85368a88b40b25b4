#include "reports/graph_arrows.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/backward_arcs.h"
#include "graph/components.h"
#include "graph/reduction.h"

namespace bulkhead {
namespace {

/// By vertex: the number of its cyclic component from 1 on, or 0.
std::vector<std::uint32_t> number_components(const Digraph& graph, std::size_t& count) {
  std::vector<std::uint32_t> numbers(graph.size(), 0);
  const auto components = find_cyclic_components(graph);
  for (std::size_t i = 0; i < components.size(); ++i) {
    for (const std::uint32_t vertex : components[i]) numbers[vertex] = static_cast<std::uint32_t>(i + 1);
  }
  count = components.size();
  return numbers;
}

Digraph digraph_of(const std::vector<GraphArrow>& arrows, std::size_t boxes) {
  std::vector<Arc> arcs;
  arcs.reserve(arrows.size());
  for (const GraphArrow& arrow : arrows) arcs.push_back({arrow.from, arrow.to});
  return {boxes, std::move(arcs)};
}

Stroke stroke_of(const Edge& edge) {
  if (edge.kind == EdgeKind::order) return Stroke::order;
  if (edge.kind != EdgeKind::link && edge.kind != EdgeKind::object) return Stroke::other;
  switch (edge.scope) {
    case LinkScope::private_link: return Stroke::link_private;
    case LinkScope::interface_link: return Stroke::link_interface;
    case LinkScope::public_link: return Stroke::link_public;
    case LinkScope::unknown: break;
  }
  return Stroke::link;
}

bool is_link(Stroke stroke) {
  return stroke == Stroke::link || stroke == Stroke::link_public || stroke == Stroke::link_private ||
         stroke == Stroke::link_interface;
}

template <class Accept>
void take_out(GraphArrows& arrows, std::size_t& edge_count, std::size_t& arrow_count, const Accept& accept) {
  std::vector<GraphArrow> kept;
  for (std::size_t i = 0; i < arrows.arrows.size(); ++i) {
    GraphArrow& arrow = arrows.arrows[i];
    if (accept(i)) {
      edge_count += arrow.edges.size();
      ++arrow_count;
    } else {
      kept.push_back(std::move(arrow));
    }
  }
  arrows.arrows = std::move(kept);
}

}  // namespace

Stroke stroke_of(const TargetGraph& graph, const std::vector<EdgeId>& edges) {
  Stroke strongest = stroke_of(graph[edges.front()]);
  for (const EdgeId id : edges) {
    const Stroke stroke = stroke_of(graph[id]);
    const bool differ = is_link(strongest) && is_link(stroke) && stroke != strongest;
    strongest = differ ? Stroke::link : std::min(strongest, stroke);
  }
  return strongest;
}

GraphArrows connect_boxes(const GraphView& view, const GraphSubject& subject, const GraphBoxes& boxes) {
  std::unordered_map<std::uint32_t, std::uint32_t> position;
  for (std::size_t i = 0; i < subject.things.size(); ++i) {
    position.emplace(subject.things[i].bits(), static_cast<std::uint32_t>(i));
  }
  std::vector<Arc> between_things;
  between_things.reserve(subject.edges.size());
  for (const EdgeId id : subject.edges) {
    const Edge& edge = (*view.graph)[id];
    between_things.push_back({position.at(edge.from.bits()), position.at(edge.to.bits())});
  }
  GraphArrows result;
  result.inside.assign(boxes.boxes.size(), 0);
  result.on_circle.assign(boxes.boxes.size(), false);
  const Digraph things(subject.things.size(), std::move(between_things));
  const std::vector<std::uint32_t> circle_of = number_components(things, result.circles);
  for (std::size_t i = 0; i < circle_of.size(); ++i) {
    if (circle_of[i] != 0) result.on_circle[boxes.box_of[i]] = true;
  }

  std::map<std::pair<std::uint32_t, std::uint32_t>, GraphArrow> by_ends;
  for (std::size_t i = 0; i < subject.edges.size(); ++i) {
    const Arc& arc = things.arcs()[i];
    const std::uint32_t from = boxes.box_of[arc.from];
    const std::uint32_t to = boxes.box_of[arc.to];
    if (from == to) {
      ++result.inside[from];
      continue;
    }
    GraphArrow& arrow = by_ends[{from, to}];
    arrow.from = from;
    arrow.to = to;
    arrow.edges.push_back(subject.edges[i]);
    arrow.on_circle = arrow.on_circle || (circle_of[arc.from] != 0 && circle_of[arc.from] == circle_of[arc.to]);
  }
  for (auto& [ends, arrow] : by_ends) result.arrows.push_back(std::move(arrow));
  std::vector<std::size_t> weights;
  for (const GraphArrow& arrow : result.arrows) weights.push_back(arrow.edges.size());
  const std::vector<bool> backward = find_backward_arcs(digraph_of(result.arrows, boxes.boxes.size()), weights);
  for (std::size_t i = 0; i < backward.size(); ++i) result.arrows[i].backward = backward[i];
  return result;
}

void leave_out_implied(GraphArrows& arrows, const GraphBoxes& boxes) {
  std::vector<GraphArrow> forward;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < arrows.arrows.size(); ++i) {
    if (arrows.arrows[i].backward) continue;
    places.push_back(i);
    forward.push_back(arrows.arrows[i]);
  }
  const std::vector<bool> implied = find_implied_arcs(digraph_of(forward, boxes.boxes.size()));
  std::vector<bool> out(arrows.arrows.size(), false);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Owner from = boxes.boxes[forward[i].from].owner;
    const Owner to = boxes.boxes[forward[i].to].owner;
    out[places[i]] = implied[i] && !forward[i].on_circle && !(to.is_module() && from != to);
  }
  take_out(arrows, arrows.implied_edges, arrows.implied_arrows, [&out](std::size_t i) { return out[i]; });
}

void leave_out_thin(GraphArrows& arrows, std::size_t limit) {
  if (arrows.arrows.size() <= limit) return;
  std::vector<std::size_t> order(arrows.arrows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&arrows](std::size_t a, std::size_t b) {
    const GraphArrow& first = arrows.arrows[a];
    const GraphArrow& second = arrows.arrows[b];
    return std::tuple(!first.on_circle, second.edges.size()) < std::tuple(!second.on_circle, first.edges.size());
  });
  std::vector<bool> out(order.size(), false);
  for (std::size_t i = limit; i < order.size(); ++i) out[order[i]] = true;
  take_out(arrows, arrows.edges_left_out, arrows.arrows_left_out, [&out](std::size_t i) { return out[i]; });
}

}  // namespace bulkhead
