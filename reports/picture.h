// A picture: which boxes, frames and arrows to show, and what they say; and that of a report. Knows nothing about
// Graphviz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"

namespace bulkhead {

/// What a box stands for; each has an outline of its own.
enum class Shape : std::uint8_t {
  executable,
  static_library,
  shared_library,
  module_library,
  object_library,
  interface_library,
  unknown_library,
  utility,
  target,  ///< A target whose type is not known.
  file,
  directory,
  library,     ///< A library that is linked by name: `-lfoo`.
  definition,  ///< A preprocessor definition.
  project,     ///< The configure step as a whole.
  module,      ///< A whole module, when there is no finding to draw.
  remark,      ///< Words: what is not drawn, or a finding that is not about an edge.
  folder,      ///< All targets below a folder.
  alike,       ///< Targets with the same neighbours.
};
/// As the legend says it: "static library".
[[nodiscard]] std::string_view to_string(Shape shape);

/// How an arrow, or the outline of a box, is drawn.
enum class Stroke : std::uint8_t {
  error,           ///< The edge of a new finding that is an error.
  warning,         ///< The edge of a new finding that is a warning.
  accepted,        ///< The edge of findings that are all in the baseline or waived.
  hop,             ///< Another hop of a finding's path.
  inherits,        ///< A target that has the finding's edge only because the other end has it.
  added,           ///< Of a diff: what came.
  removed,         ///< Of a diff: what went.
  link,            ///< Of a graph: links, or takes the objects of; nothing more is known.
  link_public,     ///< Of a graph: links with the keyword PUBLIC.
  link_private,    ///< Likewise.
  link_interface,  ///< Likewise.
  order,           ///< Of a graph: is only built after it.
  other,           ///< Of a graph: any other kind of edge.
  backward,  ///< Of a graph: against the others, so that there is a circle of boxes, though perhaps not of targets.
  circle,    ///< Of a graph: on a circle of targets.
};
/// As the legend says it.
[[nodiscard]] std::string_view to_string(Stroke stroke);

/// What else the look of a box says.
enum class Tone : std::uint8_t {
  plain,
  chosen,     ///< It was asked for by name.
  on,         ///< A module that is on.
  off,        ///< A module that is off.
  set_aside,  ///< What the policy sets aside.
};

/// A line of a file; none when the file is empty.
struct PicturePlace {
  std::string file{};      ///< Canonical, see graph/source_paths.h; any bytes.
  std::uint32_t line = 0;  ///< 0 for the file itself.

  bool operator==(const PicturePlace&) const = default;
};

/// All texts are valid UTF-8 without control characters; '\n' separates lines.
struct PictureNode {
  std::string label;
  std::string tooltip;
  Shape shape = Shape::target;
  std::optional<std::size_t> cluster{};  ///< Index into Picture::clusters; none for the core.
  std::optional<Stroke> mark{};          ///< Set when the box itself is the finding, or on a circle.
  Tone tone = Tone::plain;
  PicturePlace place{};  ///< Where the thing is made.
  std::string url{};     ///< A link, see reports/link_template.h; may be empty.

  bool operator==(const PictureNode&) const = default;
};

/// Depender → dependee.
struct PictureEdge {
  std::size_t from = 0;  ///< Index into Picture::nodes.
  std::size_t to = 0;    ///< Likewise.
  Stroke stroke = Stroke::error;
  std::string label{};  ///< May be empty.
  std::string tooltip{};
  std::size_t count = 1;  ///< How many edges it stands for.
  PicturePlace place{};   ///< The call that makes the edge, or the first of them.
  std::string url{};      ///< As of a node.

  bool operator==(const PictureEdge&) const = default;
};

/// A module.
struct PictureCluster {
  std::string label;
  std::string tooltip;
  bool on = false;  ///< True when the module is on in every configuration.

  bool operator==(const PictureCluster&) const = default;
};

struct Picture {
  std::string caption;
  std::vector<PictureCluster> clusters;
  std::vector<PictureNode> nodes;
  std::vector<PictureEdge> edges;
  bool legend = true;  ///< Whether shapes and strokes are explained.

  bool operator==(const Picture&) const = default;
};

/// What a picture may hold, so that people can read it and the layout stays quick.
struct PictureLimits {
  std::size_t nodes = 40;       ///< At least 3. Each module may have one remark on top.
  std::size_t edges = 120;      ///< Edges of findings; at least 1.
  std::size_t inheritors = 8;   ///< For one depender; the rest is folded into a remark.
  std::size_t off_targets = 8;  ///< For one finding; likewise.
};

/// Draws the first findings, in the order of the report, that the limits allow; says what it leaves out. Findings that
/// name the same edge (in another configuration, or by another rule) share one arrow; blind spots and complaints about
/// the policy are counted in the caption. With no finding to draw it shows the modules and their verdicts.
[[nodiscard]] Picture build_picture(const Report& report, const PictureLimits& limits = {});

/// The part of the picture that each node belongs to: nodes hang together by edges and by clusters. Parts are numbered
/// from 0 in the order of their first nodes.
[[nodiscard]] std::vector<std::size_t> parts_of(const Picture& picture);

/// The outlines and strokes that occur in the picture, each once, in the order of their enumerators.
struct Legend {
  std::vector<Shape> shapes;
  std::vector<Stroke> strokes;
  std::optional<Stroke> mark{};  ///< The strongest mark of a target.

  bool operator==(const Legend&) const = default;
};
[[nodiscard]] Legend legend_of(const Picture& picture);

}  // namespace bulkhead
