#include "blur.h"

#include <algorithm>

namespace lantern::cuda {
namespace {

// What one GPU thread does: one pixel.
std::uint8_t mean_around(const std::vector<std::uint8_t>& pixels, int width, int x, int y, int radius) {
  const int height = static_cast<int>(pixels.size()) / width;
  int sum = 0;
  int count = 0;
  for (int row = std::max(0, y - radius); row <= std::min(height - 1, y + radius); ++row) {
    for (int column = std::max(0, x - radius); column <= std::min(width - 1, x + radius); ++column) {
      sum += pixels[static_cast<std::size_t>(row * width + column)];
      ++count;
    }
  }
  return static_cast<std::uint8_t>(sum / count);
}

}  // namespace

void blur(std::vector<std::uint8_t>& pixels, int width, int radius) {
  const std::vector<std::uint8_t> original = pixels;
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const int position = static_cast<int>(i);
    pixels[i] = mean_around(original, width, position % width, position / width, radius);
  }
}

}  // namespace lantern::cuda
