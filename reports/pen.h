// How the shapes and strokes of a picture look, in Graphviz's words.
#pragma once

#include <span>

#include "reports/picture.h"

namespace bulkhead {

// After Okabe and Ito: colour-blind people can tell them apart. Widths and dashes tell the strokes apart in print.
inline constexpr const char* vermillion = "#D55E00";
inline constexpr const char* dark_vermillion = "#A34600";  ///< For text, which needs more contrast.
inline constexpr const char* green = "#009E73";
inline constexpr const char* dark_green = "#006B4E";  ///< For text.
inline constexpr const char* blue = "#0072B2";
inline constexpr const char* purple = "#A4508B";  ///< Their reddish purple, darkened.
inline constexpr const char* ink = "#2F3B45";
inline constexpr const char* grey = "#7A858F";

/// What a line is drawn with: values of Graphviz's attributes `color`, `fontcolor`, `style`, `penwidth`, `arrowhead`.
struct Pen {
  const char* colour;
  const char* text;
  const char* style;
  const char* width;
  const char* arrow;
};
[[nodiscard]] Pen pen_of(Stroke stroke);

/// The outline that `cmake --graphviz` draws for a target of that type, and one of Graphviz's own for what CMake does
/// not draw: a value of the attribute `shape`.
[[nodiscard]] const char* outline_of(Shape shape);

/// An attribute of Graphviz and its value where nothing else is said; all that the drawing sets are among them.
struct Attribute {
  const char* name;
  const char* value;
};
[[nodiscard]] std::span<const Attribute> graph_attributes();
[[nodiscard]] std::span<const Attribute> node_attributes();
[[nodiscard]] std::span<const Attribute> edge_attributes();

}  // namespace bulkhead
