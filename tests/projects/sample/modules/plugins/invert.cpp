// A filter that Lantern loads at run time: a negative.
#include <cstddef>

extern "C" void lantern_filter(unsigned char* pixels, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) pixels[i] = static_cast<unsigned char>(255 - pixels[i]);
}
