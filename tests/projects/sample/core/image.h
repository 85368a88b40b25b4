// Grey images in memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lantern {

/// A grey image: rows of pixels from the top, 0 is black.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

/// A picture of a lit lantern, for those who have brought no file.
Image lantern_image(int width, int height);
/// Softens the image; a radius of 0 changes nothing.
void blur(Image& image, int radius);
/// Every `step`-th pixel of every `step`-th row.
Image shrink(const Image& image, int step);
/// One character a pixel, the brighter the denser.
std::string to_text(const Image& image);

}  // namespace lantern
