// The picture of the findings as a graph in GraphML, http://graphml.graphdrawing.org: with attributes for Gephi and
// other programs that read it, and with yEd's shapes and labels.

#include <fmt/format.h>

#include "reports/pen.h"
#include "reports/picture.h"
#include "reports/writer.h"
#include "reports/xml_text.h"

namespace bulkhead {
namespace {

constexpr std::string_view head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:y=\"http://www.yworks.com/xml/graphml\">\n"
    "  <key id=\"caption\" for=\"graph\" attr.name=\"caption\" attr.type=\"string\"/>\n"
    "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "  <key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n"
    "  <key id=\"module\" for=\"node\" attr.name=\"module\" attr.type=\"string\"/>\n"
    "  <key id=\"mark\" for=\"node\" attr.name=\"mark\" attr.type=\"string\"/>\n"
    "  <key id=\"details\" for=\"node\" attr.name=\"details\" attr.type=\"string\"/>\n"
    "  <key id=\"box\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n"
    "  <key id=\"edge_label\" for=\"edge\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "  <key id=\"stroke\" for=\"edge\" attr.name=\"stroke\" attr.type=\"string\"/>\n"
    "  <key id=\"edge_details\" for=\"edge\" attr.name=\"details\" attr.type=\"string\"/>\n"
    "  <key id=\"line\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n";

std::string data(std::string_view key, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("      <data key=\"{}\">{}</data>\n", key, xml_text(text));
}

std::string_view outline_in_yed(Shape shape) {
  switch (shape) {
    case Shape::executable: return "ellipse";
    case Shape::static_library:
    case Shape::shared_library:
    case Shape::module_library: return "octagon";
    case Shape::object_library:
    case Shape::interface_library: return "hexagon";
    case Shape::target: return "roundrectangle";
    default: return "rectangle";
  }
}

std::string_view line_in_yed(std::string_view style) {
  return style == "dashed" || style == "dotted" ? style : "line";
}

std::string write_node(const Picture& picture, std::size_t number) {
  const PictureNode& node = picture.nodes[number];
  const std::string_view colour = node.mark ? pen_of(*node.mark).colour : ink;
  return fmt::format("    <node id=\"n{}\">\n", number) + data("label", node.label) +
         data("type", to_string(node.shape)) +
         data("module", node.cluster ? std::string_view(picture.clusters[*node.cluster].label) : std::string_view()) +
         data("mark", node.mark ? to_string(*node.mark) : std::string_view()) + data("details", node.tooltip) +
         fmt::format(
             "      <data key=\"box\"><y:ShapeNode><y:Geometry width=\"200\" height=\"60\"/><y:BorderStyle "
             "color=\"{}\" type=\"line\" width=\"{}\"/><y:NodeLabel>{}</y:NodeLabel><y:Shape "
             "type=\"{}\"/></y:ShapeNode></data>\n    </node>\n",
             colour, node.mark ? 2 : 1, xml_text(node.label), outline_in_yed(node.shape));
}

std::string write_edge(const PictureEdge& edge, std::size_t number) {
  const Pen pen = pen_of(edge.stroke);
  return fmt::format("    <edge id=\"e{}\" source=\"n{}\" target=\"n{}\">\n", number, edge.from, edge.to) +
         data("edge_label", edge.label) + data("stroke", to_string(edge.stroke)) + data("edge_details", edge.tooltip) +
         fmt::format(
             "      <data key=\"line\"><y:PolyLineEdge><y:LineStyle color=\"{}\" type=\"{}\" width=\"{}\"/><y:Arrows "
             "source=\"none\" target=\"standard\"/><y:EdgeLabel>{}</y:EdgeLabel></y:PolyLineEdge></data>\n    "
             "</edge>\n",
             pen.colour, line_in_yed(pen.style), pen.width, xml_text(edge.label));
}

}  // namespace

Result<std::string> write_graphml(const Report& report, const WriteOptions&) {
  const Picture picture = build_picture(report);
  std::string text(head);
  text += "  <graph id=\"findings\" edgedefault=\"directed\">\n" + data("caption", picture.caption);
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) text += write_node(picture, i);
  for (std::size_t i = 0; i < picture.edges.size(); ++i) text += write_edge(picture.edges[i], i);
  return text + "  </graph>\n</graphml>\n";
}

}  // namespace bulkhead
