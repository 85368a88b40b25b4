// bulkhead_generate_reply DIRECTORY TARGETS EDGES: writes the reply of a project of that size, for ./compare.

#include <fmt/format.h>

#include <charconv>
#include <exception>
#include <string_view>

#include "tests/bench/reply_generator.h"

namespace {

bool parse(std::string_view text, std::uint32_t& number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size() && number != 0;
}

}  // namespace

int main(int argc, char** argv) {
  bulkhead::bench::GeneratedProject project;
  if (argc != 4 || !parse(argv[2], project.targets) || !parse(argv[3], project.edges)) {
    fmt::print(stderr, "usage: bulkhead_generate_reply DIRECTORY TARGETS EDGES\n");
    return 2;
  }
  try {
    bulkhead::bench::generate_reply(project, argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 2;
  }
  return 0;
}
