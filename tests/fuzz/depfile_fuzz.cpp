#include <algorithm>

#include "graph/depfile.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {

bool fuzz_depfile(std::string_view input) {
  const auto depfile = parse_depfile(input, "input.d");
  if (!depfile) {
    const Error& error = depfile.error();
    expect_promise(!error.message.empty(), "an error says what is wrong");
    expect_promise(error.location.line >= 1, "an error says where");
    expect_promise(error.location.line <= static_cast<std::size_t>(std::count(input.begin(), input.end(), '\n')) + 1,
                   "an error lies in the file");
    return false;
  }
  expect_promise(depfile->characters.size() <= input.size(), "no path is longer than it is written");
  for (const auto* const paths : {&depfile->targets, &depfile->dependencies}) {
    std::uint32_t end = 0;
    for (const IndexRange range : *paths) {
      expect_promise(range.begin >= end && range.end > range.begin, "a path is not empty, and has its own characters");
      expect_promise(range.end <= depfile->characters.size(), "a path lies in the characters");
      expect_promise(depfile->path(range).find('\n') == std::string_view::npos, "a path is on one line");
      end = range.end;
    }
  }
  expect_promise(depfile->dependencies.empty() || !depfile->targets.empty(), "a target has the dependencies");
  return true;
}

}  // namespace bulkhead::test
