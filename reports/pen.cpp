#include "reports/pen.h"

namespace bulkhead {
namespace {

constexpr const char* fonts = "Helvetica,Arial,sans-serif";

// Clusters inherit what the graph sets, so what is meant for one of them only stays empty here.
constexpr Attribute of_graph[] = {
    {"linelength", "0"},  // libcgraph breaks long strings otherwise
    {"charset", "UTF-8"},
    {"rankdir", "LR"},
    {"nodesep", "0.28"},
    {"pad", "0.25"},
    {"bgcolor", "white"},
    {"outputorder", "edgesfirst"},
    {"labelloc", "t"},
    {"labeljust", "l"},
    {"fontname", fonts},
    {"fontsize", "14"},
    {"fontcolor", ink},
    {"label", ""},
    {"id", ""},
    {"tooltip", ""},
    {"style", ""},
    {"color", ""},
    {"fillcolor", ""},
    {"margin", ""},
    // What bounds the time that "dot" takes: rounds of its network simplex for each node, edges that it looks at in a
    // round, sweeps against crossings.
    {"nslimit", "3"},
    {"nslimit1", "3"},
    {"searchsize", "20"},
    {"mclimit", "0.6"},
    {"splines", "true"},
};

// The label's default is that of the language: what a file does not say has it.
constexpr Attribute of_node[] = {
    {"fontname", fonts}, {"fontsize", "11"}, {"fontcolor", ink},      {"color", ink}, {"fillcolor", "white"},
    {"style", "filled"}, {"penwidth", "1"},  {"margin", "0.12,0.06"}, {"width", ""},  {"height", "0.4"},
    {"shape", ""},       {"label", "\\N"},   {"tooltip", ""},         {"id", ""},     {"peripheries", ""},
    {"URL", ""},         {"target", ""},
};

constexpr Attribute of_edge[] = {
    {"fontname", fonts}, {"fontsize", "10"},     {"fontcolor", ""}, {"color", ""},    {"style", ""},
    {"penwidth", ""},    {"arrowsize", "0.8"},   {"arrowhead", ""}, {"headport", ""}, {"tailport", ""},
    {"weight", ""},      {"label", ""},          {"tooltip", ""},   {"id", ""},       {"URL", ""},
    {"target", ""},      {"constraint", "true"},
};

}  // namespace

std::span<const Attribute> graph_attributes() {
  return of_graph;
}
std::span<const Attribute> node_attributes() {
  return of_node;
}
std::span<const Attribute> edge_attributes() {
  return of_edge;
}

const char* outline_of(Shape shape) {
  switch (shape) {
    case Shape::executable: return "egg";
    case Shape::static_library: return "octagon";
    case Shape::shared_library: return "doubleoctagon";
    case Shape::module_library: return "tripleoctagon";
    case Shape::object_library: return "hexagon";
    case Shape::interface_library: return "pentagon";
    case Shape::unknown_library: return "septagon";
    case Shape::utility:
    case Shape::target: return "box";  // the latter with round corners
    case Shape::file: return "note";
    case Shape::directory: return "folder";
    case Shape::library: return "ellipse";
    case Shape::definition: return "component";
    case Shape::project: return "box3d";
    case Shape::module: return "tab";
    case Shape::remark: return "plaintext";
    case Shape::folder: return "folder";
    case Shape::alike: return "box";  // with two outlines
  }
  return "ellipse";
}

Pen pen_of(Stroke stroke) {
  switch (stroke) {
    case Stroke::error: return {vermillion, dark_vermillion, "bold", "2.8", "normal"};
    case Stroke::warning: return {vermillion, dark_vermillion, "dashed", "2", "normal"};
    case Stroke::accepted: return {blue, blue, "dotted", "2", "normal"};
    case Stroke::hop: return {ink, ink, "solid", "1", "normal"};
    case Stroke::inherits: return {grey, grey, "dashed", "0.8", "vee"};
    case Stroke::added: return {green, dark_green, "solid", "2.4", "normal"};
    case Stroke::removed: return {vermillion, dark_vermillion, "dashed", "1.6", "empty"};
    // As cmake --graphviz draws them: solid, dotted, dashed.
    case Stroke::link:
    case Stroke::link_public: return {ink, ink, "solid", "1", "normal"};
    case Stroke::link_private: return {ink, ink, "dotted", "1.4", "normal"};
    case Stroke::link_interface: return {ink, ink, "dashed", "1", "normal"};
    case Stroke::order: return {grey, grey, "solid", "1", "vee"};
    case Stroke::other: return {blue, blue, "solid", "1", "odiamond"};
    case Stroke::backward: return {purple, purple, "solid", "1", "normal"};
    case Stroke::circle: return {vermillion, dark_vermillion, "bold", "2", "normal"};
  }
  return {ink, ink, "solid", "1", "normal"};
}

}  // namespace bulkhead
