// The colours of pictures, by day and by night.
#pragma once

#include <span>
#include <string>

namespace bulkhead {

/// A colour of a picture, and what takes its place where the reader prefers dark pages: as light against the dark as
/// the other is dark against the light. `#rrggbb` as Graphviz writes it into SVG, in lower case.
struct PaletteColour {
  const char* day;
  const char* night;
};
[[nodiscard]] std::span<const PaletteColour> palette();

/// A style sheet for an SVG of class `bulkhead-picture`, whose colours are attributes of its elements: other colours in
/// dark mode, and links that show that they are some.
[[nodiscard]] std::string picture_style();

}  // namespace bulkhead
