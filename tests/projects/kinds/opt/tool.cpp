#include <fstream>

// Writes the files that it is given.
int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) std::ofstream(argv[i]) << "int generated_by_opt_tool() { return 4; }\n";
}
