#include "image.h"

#include <iostream>

int main() {
  const lantern::Image image = lantern::lantern_image(8, 4);
  lantern::Image same = image;
  lantern::blur(same, 0);
  const lantern::Image half = lantern::shrink(image, 2);
  if (same.pixels == image.pixels && half.width == 4 && half.height == 2 && half.pixels.size() == 8) return 0;
  std::cerr << "image_test: a radius of 0 must change nothing, and a step of 2 must halve both sides\n";
  return 1;
}
