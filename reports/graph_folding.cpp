#include "reports/graph_folding.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "reports/graph_arrows.h"

namespace bulkhead {
namespace {

/// An arrow as one of its ends sees it: the other end, the direction, and how it is drawn.
using Neighbour = std::tuple<std::uint32_t, bool, Stroke>;

/// What boxes must have in common to be alike.
struct Likeness {
  std::int64_t owner;
  bool chosen;
  std::optional<TargetType> type;  // none for a folder
  std::vector<Neighbour> neighbours;

  auto operator<=>(const Likeness&) const = default;
};

std::vector<std::vector<Neighbour>> neighbours_of(const TargetGraph& graph, const GraphArrows& arrows,
                                                  std::size_t boxes) {
  std::vector<std::vector<Neighbour>> neighbours(boxes);
  for (const GraphArrow& arrow : arrows.arrows) {
    const Stroke stroke = stroke_of(graph, arrow.edges);
    neighbours[arrow.from].emplace_back(arrow.to, true, stroke);
    neighbours[arrow.to].emplace_back(arrow.from, false, stroke);
  }
  for (std::vector<Neighbour>& one : neighbours) std::sort(one.begin(), one.end());
  return neighbours;
}

}  // namespace

GraphBoxes fold_alike(const GraphView& view, const GraphSubject& subject, const GraphBoxes& boxes, std::size_t least) {
  const GraphArrows arrows = connect_boxes(view, subject, boxes);
  auto neighbours = neighbours_of(*view.graph, arrows, boxes.boxes.size());
  std::map<Likeness, std::vector<std::size_t>> sets;
  for (std::size_t i = 0; i < boxes.boxes.size(); ++i) {
    const GraphBox& box = boxes.boxes[i];
    const Endpoint thing = subject.things[box.things.front()];
    const bool is_target = box.kind == BoxKind::thing && thing.is_target();
    // What hangs on nothing is alike only by chance, and one on a circle is of interest.
    if (!(is_target || box.kind == BoxKind::folder) || neighbours[i].empty() || arrows.on_circle[i]) continue;
    const Owner owner = box.owner;
    sets[{owner.is_module() ? static_cast<std::int64_t>(owner.module_index())
          : owner.is_core() ? -1
                            : -2,
          box.chosen, (*view.graph)[thing.target_id()].type, std::move(neighbours[i])}]
        .push_back(i);
  }
  std::vector<std::size_t> leader(boxes.boxes.size());
  for (std::size_t i = 0; i < leader.size(); ++i) leader[i] = i;
  for (const auto& [likeness, members] : sets) {
    if (members.size() < least) continue;
    for (const std::size_t member : members) leader[member] = members.front();
  }

  GraphBoxes folded{.boxes = {}, .box_of = boxes.box_of, .by = boxes.by};
  std::vector<std::size_t> place(leader.size());
  for (std::size_t i = 0; i < leader.size(); ++i) {
    if (leader[i] == i) {
      place[i] = folded.boxes.size();
      folded.boxes.push_back(boxes.boxes[i]);
      continue;
    }
    GraphBox& box = folded.boxes[place[leader[i]]];
    const GraphBox& other = boxes.boxes[i];
    if (box.kind != BoxKind::alike) box.names.push_back(box.folder);
    box.kind = BoxKind::alike;
    box.names.push_back(other.folder);
    box.things.insert(box.things.end(), other.things.begin(), other.things.end());
    place[i] = place[leader[i]];
  }
  for (GraphBox& box : folded.boxes) std::sort(box.things.begin(), box.things.end());
  for (std::uint32_t& box : folded.box_of) box = static_cast<std::uint32_t>(place[box]);
  return folded;
}

}  // namespace bulkhead
