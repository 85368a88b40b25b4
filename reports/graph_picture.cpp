#include "reports/graph_picture.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>

#include "reports/folder_tree.h"
#include "reports/graph_arrows.h"
#include "reports/graph_folding.h"
#include "reports/graph_picture_text.h"

namespace bulkhead {
namespace {

/// What is drawn, before it has words.
struct Layout {
  GraphBoxes boxes;
  GraphArrows arrows;
};

/// Boxes that are alike become one, which makes room to open more folders.
GraphBoxes choose_boxes(const GraphView& view, const GraphSubject& subject, const GraphPictureOptions& options,
                        std::size_t limit) {
  constexpr int rounds = 4;
  GroupingOptions grouping = options.grouping;
  grouping.boxes = limit;
  GraphBoxes chosen = fold_alike(view, subject, sort_into_boxes(view, subject, grouping), options.alike);
  for (int round = 0; round < rounds && chosen.boxes.size() < limit; ++round) {
    grouping.boxes += limit - chosen.boxes.size();
    GraphBoxes more = fold_alike(view, subject, sort_into_boxes(view, subject, grouping), options.alike);
    if (more.boxes.size() <= chosen.boxes.size() || more.boxes.size() > limit) break;
    chosen = std::move(more);
  }
  return chosen;
}

Layout arrange(const GraphView& view, const GraphSubject& subject, const GraphPictureOptions& options,
               std::size_t boxes) {
  Layout layout{.boxes = choose_boxes(view, subject, options, boxes), .arrows = {}};
  layout.arrows = connect_boxes(view, subject, layout.boxes);
  // In a condensed picture what is implied hides what is not.
  const bool is_condensed = layout.boxes.boxes.size() < subject.things.size();
  const std::size_t room = is_condensed ? std::min(options.arrows, layout.boxes.boxes.size() * 3 / 2) : options.arrows;
  if (options.reduce || layout.arrows.arrows.size() > room) {
    leave_out_implied(layout.arrows, layout.boxes);
  }
  return layout;
}

/// With as many boxes as the arrows between them allow.
Layout fit(const GraphView& view, const GraphSubject& subject, const GraphPictureOptions& options) {
  constexpr std::size_t fewest = 12;  // with fewer boxes a picture says less than one without its thinnest arrows
  std::size_t boxes = options.grouping.boxes;
  Layout layout = arrange(view, subject, options, boxes);
  while (layout.arrows.arrows.size() > options.arrows && boxes > fewest) {
    boxes = std::max(fewest, boxes * 4 / 5);
    layout = arrange(view, subject, options, boxes);
  }
  leave_out_thin(layout.arrows, options.arrows);
  return layout;
}

class Builder {
 public:
  Builder(const GraphView& view, const GraphSubject& subject, Layout layout)
      : view_(view), subject_(subject), layout_(std::move(layout)) {}

  Picture build() {
    for (const EdgeId id : subject_.edges) {
      const Edge& edge = (*view_.graph)[id];
      if (edge.kind == EdgeKind::include_dir) directories_.insert(edge.to.bits());
    }
    for (std::size_t i = 0; i < layout_.boxes.boxes.size(); ++i) add_box(i);
    for (const GraphArrow& arrow : layout_.arrows.arrows) add_arrow(arrow);
    picture_.caption = say_graph_caption(view_, subject_, layout_.boxes, layout_.arrows);
    return std::move(picture_);
  }

 private:
  void add_box(std::size_t i) {
    const GraphBox& box = layout_.boxes.boxes[i];
    PictureNode node{.label = say_box(view_, subject_, box),
                     .tooltip = explain_box(view_, subject_, box, layout_.arrows.inside[i]),
                     .shape = shape_of_box(view_, subject_, box)};
    if (box.kind == BoxKind::thing && directories_.contains(subject_.things[box.things.front()].bits())) {
      node.shape = Shape::directory;
    }
    const bool whole = box.kind == BoxKind::owner;
    if (box.owner.is_module() && box.kind != BoxKind::owners) {
      if (!whole) node.cluster = cluster_of(box.owner.module_index());
      if (whole) node.tone = view_.modules[box.owner.module_index()].on ? Tone::on : Tone::off;
    } else if (!box.owner.is_core() && box.kind != BoxKind::owners) {
      node.tone = Tone::set_aside;
    }
    if (box.chosen && node.tone == Tone::plain) node.tone = Tone::chosen;
    if (box.kind == BoxKind::thing) node.place = place_of_thing(view_, subject_, box);
    if (box.kind == BoxKind::thing && layout_.arrows.on_circle[i]) node.mark = Stroke::circle;
    picture_.nodes.push_back(std::move(node));
  }

  std::size_t cluster_of(std::size_t module) {
    const auto [place, fresh] = clusters_.try_emplace(module, picture_.clusters.size());
    if (fresh) picture_.clusters.push_back(frame_of_module(view_.modules[module]));
    return place->second;
  }

  void add_arrow(const GraphArrow& arrow) {
    PictureEdge edge{.from = arrow.from,
                     .to = arrow.to,
                     .stroke = stroke_of(*view_.graph, arrow.edges),
                     .tooltip = explain_arrow(view_, arrow),
                     .count = arrow.edges.size(),
                     .place = place_of_edge(view_, arrow.edges.front())};
    if (arrow.on_circle) {
      edge.stroke = Stroke::circle;
    } else if (arrow.backward) {
      edge.stroke = Stroke::backward;
    }
    picture_.edges.push_back(std::move(edge));
  }

  const GraphView& view_;
  const GraphSubject& subject_;
  Layout layout_;
  Picture picture_;
  std::map<std::size_t, std::size_t> clusters_;    // by module
  std::unordered_set<std::uint32_t> directories_;  // on include paths, by Endpoint::bits()
};

}  // namespace

Picture build_graph_picture(const GraphView& view, const GraphSubject& subject, const GraphPictureOptions& options) {
  return Builder(view, subject, fit(view, subject, options)).build();
}

}  // namespace bulkhead
