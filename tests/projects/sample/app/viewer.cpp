// lantern [PLUGIN]: shows the picture, through a filter if one is named.
#include <cstddef>
#include <iostream>

#include "image.h"

#ifdef LANTERN_USE_PLUGINS
#include <dlfcn.h>
#endif

int main(int argc, char** argv) {
  lantern::Image image = lantern::lantern_image(60, 24);
  lantern::blur(image, 2);
#ifdef LANTERN_USE_PLUGINS
  if (argc > 1) {
    void* plugin = dlopen(argv[1], RTLD_NOW);
    void* symbol = plugin != nullptr ? dlsym(plugin, "lantern_filter") : nullptr;
    if (symbol == nullptr) {
      std::cerr << "lantern: cannot load the filter " << argv[1] << '\n';
      return 1;
    }
    reinterpret_cast<void (*)(unsigned char*, std::size_t)>(symbol)(image.pixels.data(), image.pixels.size());
  }
#else
  if (argc > 1) {
    std::cerr << "lantern: cannot load " << argv[1] << ", because this lantern was built without USE_PLUGINS\n";
    return 1;
  }
#endif
  std::cout << lantern::to_text(image);
}
