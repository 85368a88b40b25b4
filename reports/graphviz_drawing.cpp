#include "reports/graphviz_drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/label.h"
#include "reports/pen.h"

namespace bulkhead {
namespace {

template <class Object>
void set(Object* object, const char* name, const std::string& value) {
  agset(object, borrowed(name), borrowed(value.c_str()));
}

class Drawing {
 public:
  Drawing(Medium medium, Disciplines& disciplines)
      : medium_(medium), graph_(agopen(borrowed("bulkhead"), Agdirected, &disciplines)) {}

  GraphPointer draw(const Picture& picture) {
    declare_attributes(picture);
    const bool wide = std::any_of(picture.edges.begin(), picture.edges.end(), [](const PictureEdge& edge) {
      return edge.stroke == Stroke::inherits || edge.stroke == Stroke::hop;
    });
    const Legend legend = legend_of(picture);
    // Between parts that do not hang together, "dot" puts what was made last on top.
    if (picture.legend && !legend.shapes.empty()) add_legend(legend, wide ? 4 : 3);
    std::vector<Agraph_t*> clusters(picture.clusters.size());
    std::vector<Agnode_t*> nodes(picture.nodes.size());
    for (const std::size_t i : order_of(picture)) {
      const PictureNode& node = picture.nodes[i];
      Agraph_t* frame = graph_.get();
      if (node.cluster) {
        Agraph_t*& cluster = clusters[*node.cluster];
        if (cluster == nullptr) cluster = add_cluster(picture.clusters[*node.cluster], *node.cluster);
        frame = cluster;
      }
      nodes[i] = add_node(frame, node, fmt::format("n{}", i));
    }
    for (std::size_t i = 0; i < picture.edges.size(); ++i) {
      const PictureEdge& edge = picture.edges[i];
      add_edge(nodes[edge.from], nodes[edge.to], edge, fmt::format("e{}", i));
    }
    return std::move(graph_);
  }

 private:
  void declare(int kind, const char* name, const std::string& value) {
    agattr(graph_.get(), kind, borrowed(name), borrowed(value.c_str()));
  }

  /// The order in which to make the nodes, so that the first part of the picture comes out on top.
  static std::vector<std::size_t> order_of(const Picture& picture) {
    const std::vector<std::size_t> parts = parts_of(picture);
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&parts](std::size_t a, std::size_t b) { return parts[a] > parts[b]; });
    return order;
  }

  void declare_attributes(const Picture& picture) {
    for (const Attribute& attribute : graph_attributes()) declare(AGRAPH, attribute.name, attribute.value);
    for (const Attribute& attribute : node_attributes()) declare(AGNODE, attribute.name, attribute.value);
    for (const Attribute& attribute : edge_attributes()) declare(AGEDGE, attribute.name, attribute.value);
    // Where many edges run side by side they need room to turn.
    const bool has_words = std::any_of(picture.edges.begin(), picture.edges.end(),
                                       [](const PictureEdge& edge) { return !edge.label.empty(); });
    const double room = std::min(0.5 + (has_words ? 0.02 : 0.005) * static_cast<double>(picture.edges.size()), 1.5);
    declare(AGRAPH, "ranksep", fmt::format("{:.2f}", room));
    set(graph_.get(), "label", escape_label(picture.caption, "\\l"));
    set(graph_.get(), "id", "picture");
  }

  Agraph_t* add_cluster(const PictureCluster& cluster, std::size_t number) {
    Agraph_t* frame = agsubg(graph_.get(), borrowed(fmt::format("cluster_{}", number).c_str()), 1);
    set(frame, "id", fmt::format("c{}", number));
    set(frame, "label", escape_label(cluster.label, "\\l"));
    set(frame, "tooltip", tooltip(cluster.tooltip));
    set(frame, "fontsize", "12");
    set(frame, "style", cluster.on ? "filled,rounded" : "filled,rounded,dashed");
    set(frame, "color", cluster.on ? blue : grey);
    set(frame, "fillcolor", cluster.on ? "#EAF3F9" : "#F3F4F5");
    set(frame, "margin", "14");
    return frame;
  }

  Agnode_t* add_node(Agraph_t* frame, const PictureNode& node, const std::string& name) {
    Agnode_t* box = agnode(frame, borrowed(name.c_str()), 1);
    set(box, "id", name);
    set(box, "shape", outline_of(node.shape));
    set(box, "label", escape_label(node.label));
    set(box, "tooltip", tooltip(node.tooltip));
    if (node.shape == Shape::remark) {
      set(box, "fontcolor", "#55606A");
      set(box, "style", "");
    }
    if (node.shape == Shape::module) set(box, "margin", "0.2,0.12");
    if (node.shape == Shape::target) set(box, "style", "filled,rounded");
    if (node.shape == Shape::alike) set(box, "peripheries", "2");
    set_tone(box, node.tone);
    if (node.mark) mark(box, node.shape, *node.mark);
    set_link(box, node.url);
    return box;
  }

  static void set_tone(Agnode_t* box, Tone tone) {
    switch (tone) {
      case Tone::plain: return;
      case Tone::chosen:
        set(box, "penwidth", "2");
        set(box, "fillcolor", "#FDF6DC");
        return;
      case Tone::on:
        set(box, "color", blue);
        set(box, "fillcolor", "#EAF3F9");
        return;
      case Tone::off:
        set(box, "color", grey);
        set(box, "fillcolor", "#F3F4F5");
        set(box, "style", "filled,dashed");
        return;
      case Tone::set_aside:
        set(box, "color", grey);
        set(box, "fontcolor", "#55606A");
        set(box, "style", "filled,dotted");
        return;
    }
  }

  // In an SVG links are <a> elements, which svg.cpp writes.
  template <class Object>
  void set_link(Object* object, const std::string& url) const {
    if (url.empty() || medium_ == Medium::svg) return;
    set(object, "URL", escape_label(url));
    set(object, "target", "_top");
  }

  static void mark(Agnode_t* box, Shape shape, Stroke stroke) {
    const Pen pen = pen_of(stroke);
    if (shape == Shape::remark) set(box, "shape", "box");
    set(box, "color", pen.colour);
    set(box, "fontcolor", pen.text);
    const bool is_finding = stroke == Stroke::error || stroke == Stroke::warning;
    set(box, "fillcolor", is_finding ? "#FDF0E6" : "white");
    set(box, "style", fmt::format("filled,{}{}", shape == Shape::target ? "rounded," : "", pen.style));
    set(box, "penwidth", pen.width);
  }

  /// In an SVG the label is a box of words in the middle of the arrow, and nobody wonders which arrow it belongs to.
  /// (Also, dot 2.42 frees memory twice after it has laid out a labelled edge between two nodes of the first rank.)
  void add_edge(Agnode_t* from, Agnode_t* to, const PictureEdge& edge, const std::string& id) {
    if (medium_ == Medium::dot || edge.label.empty()) {
      Agedge_t* arrow = add_line(from, to, edge, id);
      set(arrow, "label", escape_label(edge.label));
      set(arrow, "tooltip", tooltip(edge.tooltip));
      set_link(arrow, edge.url);
      return;
    }
    Agnode_t* words = agnode(graph_.get(), borrowed((id + "_label").c_str()), 1);
    set(words, "id", id + "_label");
    set(words, "shape", "plaintext");
    set(words, "style", "");
    set(words, "margin", "0.06,0.02");
    set(words, "height", "0");
    set(words, "fontsize", "10");
    set(words, "fontcolor", pen_of(edge.stroke).text);
    set(words, "label", escape_label(edge.label));
    set(add_line(from, words, edge, id + "_tail"), "arrowhead", "none");
    add_line(words, to, edge, id);
  }

  Agedge_t* add_line(Agnode_t* from, Agnode_t* to, const PictureEdge& edge, const std::string& id) {
    const Pen pen = pen_of(edge.stroke);
    Agedge_t* line = agedge(graph_.get(), from, to, nullptr, 1);
    set(line, "id", id);
    set(line, "color", pen.colour);
    set(line, "fontcolor", pen.text);
    set(line, "style", pen.style);
    set(line, "penwidth", edge.count == 1 ? pen.width : width_for(edge.count, pen));
    set(line, "arrowhead", pen.arrow);
    const bool of_graph = edge.stroke >= Stroke::link;
    if (edge.stroke == Stroke::backward) set(line, "constraint", "false");
    if (from != to && !of_graph) {
      set(line, "tailport", "e");
      set(line, "headport", "w");
    }
    return line;
  }

  /// Thicker for more edges, by their order of magnitude: ten edges add about as much as one line is wide.
  static std::string width_for(std::size_t count, const Pen& pen) {
    return fmt::format("{:.1f}", std::strtod(pen.width, nullptr) + std::log10(static_cast<double>(count)));
  }

  /// Rows that fill the ranks of the picture itself, so that the legend makes it no wider.
  void add_legend(const Legend& legend, std::size_t columns) {
    std::vector<Agnode_t*> boxes;
    std::size_t number = 0;
    Agraph_t* frame = agsubg(graph_.get(), borrowed("cluster_legend"), 1);
    set(frame, "id", "legend");
    set(frame, "label", "Legend\\l");
    set(frame, "fontsize", "11");
    set(frame, "style", "rounded");
    set(frame, "color", "#C9CED3");
    const auto add_box = [&](std::string_view label, Shape shape) {
      Agnode_t* box =
          add_node(frame, {.label = std::string(label), .tooltip = "", .shape = shape}, fmt::format("l{}", number++));
      set(box, "fontsize", "9");
      set(box, "height", "0.3");
      boxes.push_back(box);
      return box;
    };
    for (const Stroke stroke : legend.strokes) {
      const Pen pen = pen_of(stroke);
      Agnode_t* line = add_box(to_string(stroke), Shape::remark);
      set(line, "shape", "underline");
      set(line, "color", pen.colour);
      set(line, "fontcolor", pen.text);
      set(line, "style", pen.style);
      set(line, "penwidth", pen.width);
    }
    arrange_in_rows(frame, std::exchange(boxes, {}), columns);
    for (const Shape shape : legend.shapes) add_box(to_string(shape), shape);
    if (legend.mark) mark(add_box("in the build\nalthough off", Shape::target), Shape::target, *legend.mark);
    arrange_in_rows(frame, boxes, columns);
  }

  static void arrange_in_rows(Agraph_t* frame, const std::vector<Agnode_t*>& boxes, std::size_t columns) {
    for (std::size_t i = 1; i < boxes.size(); ++i) {
      if (i % columns == 0) continue;
      Agedge_t* gap = agedge(frame, boxes[i - 1], boxes[i], nullptr, 1);
      set(gap, "style", "invis");
      set(gap, "weight", "100");
    }
  }

  // In an SVG tooltips are <title> elements, which svg.cpp writes.
  [[nodiscard]] std::string tooltip(std::string_view text) const {
    return medium_ == Medium::svg ? std::string() : escape_label(text);
  }

  Medium medium_;
  GraphPointer graph_;
};

}  // namespace

GraphPointer draw_graph(const Picture& picture, Medium medium, Disciplines& disciplines) {
  return Drawing(medium, disciplines).draw(picture);
}

}  // namespace bulkhead
