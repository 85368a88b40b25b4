#include "reports/graphviz.h"

#include <cgraph.h>
#include <fmt/format.h>
#include <gvc.h>
#include <gvplugin_textlayout.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/label.h"
#include "reports/pen.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BULKHEAD_LEAK_CHECK
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define BULKHEAD_LEAK_CHECK
#endif
#ifdef BULKHEAD_LEAK_CHECK
#include <sanitizer/lsan_interface.h>
#endif

namespace bulkhead {
namespace {

enum class Medium { dot, svg };

// ---- Graphviz's ways ------------------------------------------------------------------------------------------------

/// Graphviz has one error function for the whole process, and neither library is thread-safe: a session has both to
/// itself, and collects what Graphviz would otherwise print.
class Session {
 public:
  Session() : turn_(mutex_), previous_(agseterrf(&collect)), previous_level_(agseterr(AGWARN)) { said_.clear(); }
  ~Session() {
    agseterrf(previous_);
    agseterr(previous_level_);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// A sentence, and the first one that Graphviz said.
  [[nodiscard]] tl::unexpected<Error> error(std::string_view what, std::string hint) const {
    std::string_view said = said_;
    for (const std::string_view level : {"Error: ", "Warning: "}) {
      if (said.starts_with(level)) said.remove_prefix(level.size());
    }
    said = said.substr(0, said.find('\n'));
    said = said.substr(0, said.find(". "));
    return fail({}, said.empty() ? std::string(what) : fmt::format("{}: {}", what, displayable(said)), std::move(hint));
  }

 private:
  static int collect(char* text) {
    said_ += text;
    return 0;
  }

  static inline std::mutex mutex_;
  static inline std::string said_;
  std::lock_guard<std::mutex> turn_;
  agusererrf previous_;
  agerrlevel_t previous_level_;
};

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using GraphPointer = std::unique_ptr<Agraph_t, CloseGraph>;

// libcgraph takes `char*` and copies what it is given.
char* borrowed(const char* text) {
  return const_cast<char*>(text);
}

template <class Object>
void set(Object* object, const char* name, const std::string& value) {
  agset(object, borrowed(name), borrowed(value.c_str()));
}

// ---- the graph ------------------------------------------------------------------------------------------------------

/// How a graph numbers its parts, and where agwrite() writes to; must outlive the graph. libcgraph's own numbers are
/// the addresses of names, and it keeps subgraphs in the order of their numbers: another run, another picture. These
/// count in the order of creation.
class Disciplines : public Agdisc_t {
 public:
  Disciplines() : Agdisc_t{} {
    ids_.open = [](Agraph_t* graph, Agdisc_t* disciplines) -> void* {
      auto* const self = static_cast<Disciplines*>(disciplines);
      self->graph_ = graph;
      return self;
    };
    ids_.map = &number_of;
    ids_.alloc = [](void*, int, IDTYPE) -> long { return 0; };  // nobody brings a number along
    ids_.free = [](void*, int, IDTYPE) {};                      // the graph frees the names
    ids_.print = &name_of;
    ids_.close = [](void*) {};
    ids_.idregister = [](void*, int, void*) {};
    output_.putstr = [](void* text, const char* piece) {
      static_cast<std::string*>(text)->append(piece);
      return 0;
    };
    output_.flush = [](void*) { return 0; };
    id = &ids_;
    io = &output_;
  }
  Disciplines(const Disciplines&) = delete;
  Disciplines& operator=(const Disciplines&) = delete;

 private:
  /// Sets `number` to that of the name, or to a new one for what has no name. Returns 0 when there is none.
  static long number_of(void* state, int, char* name, IDTYPE* number, int create) {
    auto& self = *static_cast<Disciplines*>(state);
    const auto known = name == nullptr ? self.numbers_.end() : self.numbers_.find(name);
    if (known == self.numbers_.end() && create == 0) return 0;
    *number = known == self.numbers_.end() ? ++self.last_ : known->second;
    if (name != nullptr && known == self.numbers_.end()) {
      self.numbers_.emplace(name, *number);
      self.names_.emplace(*number, agstrdup(self.graph_, name));
    }
    return 1;
  }

  static char* name_of(void* state, int, IDTYPE number) {
    const auto& names = static_cast<Disciplines*>(state)->names_;
    const auto known = names.find(number);
    return known == names.end() ? nullptr : known->second;
  }

  Agiddisc_t ids_{};
  Agiodisc_t output_ = AgIoDisc;
  Agraph_t* graph_ = nullptr;
  std::map<std::string, IDTYPE> numbers_;
  std::map<IDTYPE, char*> names_;  // the graph's
  IDTYPE last_ = 0;
};

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
    const double room = std::min(0.5 + 0.02 * static_cast<double>(picture.edges.size()), 1.5);
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
    if (node.mark) mark(box, node.shape, *node.mark);
    return box;
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
    set(line, "penwidth", pen.width);
    set(line, "arrowhead", pen.arrow);
    if (from != to) {
      set(line, "tailport", "e");
      set(line, "headport", "w");
    }
    return line;
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

// ---- writing --------------------------------------------------------------------------------------------------------

/// Text is as wide as label.h says, in whatever font: without this plugin libgvc asks the fonts of this machine.
template <class Flag>
Flag measure(textspan_t* span, char**) {
  span->size.x = width_of(span->str) * span->font->size;
  span->size.y = 1.3 * span->font->size;
  span->yoffset_layout = 0;
  span->yoffset_centerline = 0.08 * span->font->size;
  span->layout = nullptr;
  span->free_layout = nullptr;
  return 1;
}

// libgvc keeps pointers to these for as long as a context lives.
gvtextlayout_engine_t measure_engine = {&measure};
gvplugin_installed_t measure_types[] = {{0, "textlayout", 1000, &measure_engine, nullptr},
                                        {0, nullptr, 0, nullptr, nullptr}};
gvplugin_api_t measure_apis[] = {{API_textlayout, measure_types}, {static_cast<api_t>(0), nullptr}};
char measure_name[] = "bulkhead";
gvplugin_library_t measure_library = {measure_name, measure_apis};
lt_symlist_t built_in[] = {{"gvplugin_bulkhead_LTX_library", &measure_library}, {nullptr, nullptr}};

/// libgvc and its plugins never free some tens of kilobytes a picture (seen in 2.42): theirs, not ours to report.
#ifdef BULKHEAD_LEAK_CHECK
using AllowLeaks = __lsan::ScopedDisabler;
#else
struct AllowLeaks {
  AllowLeaks() {}
};
#endif

struct FreeContext {
  void operator()(GVC_t* context) const { gvFreeContext(context); }
};

constexpr const char* hint = "install Graphviz with its plugins (package graphviz), then run 'dot -c' as root";

}  // namespace

Result<std::string> render_dot(const Picture& picture) {
  const Session session;
  Disciplines disciplines;
  const GraphPointer graph = Drawing(Medium::dot, disciplines).draw(picture);
  std::string text;
  if (agwrite(graph.get(), &text) != 0) return session.error("Graphviz could not write the graph", "");
  return text;
}

Result<std::string> render_svg(const Picture& picture) {
  const Session session;
  Disciplines disciplines;
  const GraphPointer graph = Drawing(Medium::svg, disciplines).draw(picture);
  const AllowLeaks from_here_on;
  const std::unique_ptr<GVC_t, FreeContext> context(gvContextPlugins(built_in, 1));
  if (gvLayout(context.get(), graph.get(), "dot") != 0) {
    return session.error("Graphviz could not lay out the graph", hint);
  }
  char* data = nullptr;
  unsigned int size = 0;
  const int status = gvRenderData(context.get(), graph.get(), "svg", &data, &size);
  std::string text;
  if (data != nullptr) {
    text.assign(data, size);
    gvFreeRenderData(data);
  }
  gvFreeLayout(context.get(), graph.get());
  if (status != 0 || text.empty()) return session.error("Graphviz could not draw the graph as SVG", hint);
  return text;
}

}  // namespace bulkhead
