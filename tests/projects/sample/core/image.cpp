#include "image.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#ifdef LANTERN_USE_CUDA
#include "blur.h"
#endif

namespace lantern {

Image lantern_image(int width, int height) {
  Image image{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int distance = 255 * std::abs(2 * x - width) / width + 255 * std::abs(2 * y - height) / height;
      image.pixels.push_back(static_cast<std::uint8_t>(std::clamp(255 - distance, 0, 255)));
    }
  }
  return image;
}

void blur(Image& image, int radius) {
#ifdef LANTERN_USE_CUDA
  cuda::blur(image.pixels, image.width, radius);
#else
  // Rows only: good enough for a preview.
  const Image original = image;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const int begin = std::max(0, x - radius);
      const int end = std::min(image.width, x + radius + 1);
      int sum = 0;
      for (int i = begin; i < end; ++i) sum += original.pixels[static_cast<std::size_t>(y * image.width + i)];
      image.pixels[static_cast<std::size_t>(y * image.width + x)] = static_cast<std::uint8_t>(sum / (end - begin));
    }
  }
#endif
}

Image shrink(const Image& image, int step) {
  Image small{(image.width + step - 1) / step, (image.height + step - 1) / step, {}};
  for (int y = 0; y < image.height; y += step) {
    for (int x = 0; x < image.width; x += step) {
      small.pixels.push_back(image.pixels[static_cast<std::size_t>(y * image.width + x)]);
    }
  }
  return small;
}

std::string to_text(const Image& image) {
  constexpr std::string_view shades = " .:-=+*#%@";
  std::string text;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      text += shades[image.pixels[static_cast<std::size_t>(y * image.width + x)] * shades.size() / 256];
    }
    text += '\n';
  }
  return text;
}

}  // namespace lantern
