// lantern_thumbnail: shows the picture at a quarter of its size.
#include <iostream>

#include "image.h"

int main() {
  lantern::Image image = lantern::lantern_image(80, 40);
  lantern::blur(image, 1);
  std::cout << lantern::to_text(lantern::shrink(image, 4));
}
