// Box blur on the GPU.
#pragma once

#include <cstdint>
#include <vector>

namespace lantern::cuda {

/// Blurs `pixels`, which are the rows of a grey image of that width, over a square of 2 * radius + 1 pixels a side.
void blur(std::vector<std::uint8_t>& pixels, int width, int radius);

}  // namespace lantern::cuda
