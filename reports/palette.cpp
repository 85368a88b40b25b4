#include "reports/palette.h"

#include <fmt/format.h>

namespace bulkhead {
namespace {

// What is by day comes from pen.h. Night has the brighter tints of Okabe and Ito, and of the greys the mirrored ones.
constexpr PaletteColour all[] = {
    {"white", "#0d1117"},   {"#2f3b45", "#d5dbe1"}, {"#7a858f", "#9aa5b1"}, {"#55606a", "#aab4be"},
    {"#c9ced3", "#3d4751"}, {"#d55e00", "#ff8a3d"}, {"#a34600", "#ffa366"}, {"#fdf0e6", "#33200f"},
    {"#009e73", "#2dc79a"}, {"#006b4e", "#5fd9b3"}, {"#0072b2", "#58b4ee"}, {"#eaf3f9", "#12283a"},
    {"#f3f4f5", "#1b2127"}, {"#a4508b", "#e08cc4"}, {"#fdf6dc", "#33290a"},
};

}  // namespace

std::span<const PaletteColour> palette() {
  return all;
}

std::string picture_style() {
  std::string style =
      ".bulkhead-picture{color-scheme:light dark}\n"
      ".bulkhead-picture a:hover,.bulkhead-picture a:focus{text-decoration:underline}\n"
      "@media (prefers-color-scheme:dark){\n";
  for (const PaletteColour& colour : all) {
    style +=
        fmt::format(".bulkhead-picture [fill=\"{0}\"]{{fill:{1}}}.bulkhead-picture [stroke=\"{0}\"]{{stroke:{1}}}\n",
                    colour.day, colour.night);
  }
  return style + "}\n";
}

}  // namespace bulkhead
