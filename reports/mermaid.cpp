// The picture of the findings as a flowchart in Mermaid's language, which GitHub and GitLab draw inside Markdown.

#include <fmt/format.h>

#include <vector>

#include "reports/pen.h"
#include "reports/picture.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

// Of a Picture's text, in quotes: what Mermaid, its Markdown or HTML could take for more than text becomes an entity,
// which Mermaid writes with a number sign, and so does a blank at the front, which it would drop. It looks for "%%"
// everywhere, quotes or not.
std::string quote(std::string_view text) {
  constexpr std::string_view special = "\"#&<>%`*_~;\\[]{}()|$";
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\n') {
      quoted += "<br/>";
    } else if (special.find(c) != std::string_view::npos || (c == ' ' && quoted.size() == 1)) {
      quoted += fmt::format("#{};", static_cast<int>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

// The caption in YAML, before the flowchart; it knows no entities.
std::string write_title(std::string_view caption) {
  std::string title;
  for (const char c : caption) {
    if (c == '\n') {
      title += "; ";
    } else {
      title += std::string_view("\"\\<>%").find(c) == std::string_view::npos ? c : '?';
    }
  }
  return fmt::format("---\ntitle: \"{}\"\n---\n", title);
}

struct Brackets {
  std::string_view open;
  std::string_view close;
};

Brackets brackets_of(Shape shape) {
  switch (shape) {
    case Shape::executable: return {"([", "])"};
    case Shape::shared_library:
    case Shape::module_library: return {"[[", "]]"};
    case Shape::object_library:
    case Shape::definition: return {"{{", "}}"};
    case Shape::interface_library:
    case Shape::library: return {"(", ")"};
    case Shape::file:
    case Shape::directory: return {">", "]"};
    default: return {"[", "]"};
  }
}

std::string_view arrow_of(Stroke stroke) {
  switch (stroke) {
    case Stroke::error: return "==>";
    case Stroke::hop: return "-->";
    default: return "-.->";
  }
}

std::string write_node(const PictureNode& node, std::size_t number, std::string_view indent) {
  const Brackets brackets = brackets_of(node.shape);
  std::string text = fmt::format("{}n{}{}{}{}\n", indent, number, brackets.open, quote(node.label), brackets.close);
  if (node.mark) {
    text += fmt::format("{}style n{} stroke:{},stroke-width:3px\n", indent, number, pen_of(*node.mark).colour);
  } else if (node.shape == Shape::remark) {
    text += fmt::format("{}style n{} fill:none,stroke:none\n", indent, number);
  }
  return text;
}

std::string write_clusters(const Picture& picture) {
  std::string text;
  for (std::size_t i = 0; i < picture.clusters.size(); ++i) {
    const PictureCluster& cluster = picture.clusters[i];
    text += fmt::format("  subgraph c{}[{}]\n", i, quote(cluster.label));
    for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
      if (picture.nodes[node].cluster == i) text += write_node(picture.nodes[node], node, "    ");
    }
    text += "  end\n";
    if (!cluster.on) text += fmt::format("  style c{} stroke-dasharray:5 5\n", i);
  }
  return text;
}

}  // namespace

Result<std::string> write_mermaid(const Report& report, const WriteOptions&) {
  const Picture picture = build_picture(report);
  std::string text = write_title(picture.caption) + "flowchart LR\n" + write_clusters(picture);
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    if (!picture.nodes[i].cluster) text += write_node(picture.nodes[i], i, "  ");
  }
  for (std::size_t i = 0; i < picture.edges.size(); ++i) {
    const PictureEdge& edge = picture.edges[i];
    const std::string label = edge.label.empty() ? "" : fmt::format("|{}|", quote(edge.label));
    text += fmt::format("  n{} {}{} n{}\n  linkStyle {} stroke:{}\n", edge.from, arrow_of(edge.stroke), label, edge.to,
                        i, pen_of(edge.stroke).colour);
  }
  return text;
}

}  // namespace bulkhead
