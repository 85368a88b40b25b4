#include <algorithm>

#include "graph/graph_diff.h"
#include "graph/saved_graph.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {

bool fuzz_saved_graph(std::string_view input) {
  const auto graph = parse_saved_graph(input, "input");
  if (!graph) {
    const Error& error = graph.error();
    const auto line_count = static_cast<std::uint32_t>(std::count(input.begin(), input.end(), '\n') + 1);
    expect_promise(!error.message.empty(), "an error says what is wrong");
    expect_promise(error.location.file == "input", "an error names the file");
    expect_promise(error.location.line <= line_count, "an error lies in the file");
    return false;
  }
  const auto itself = diff_graphs(*graph, *graph);
  expect_promise(itself.has_value(), "a graph can be compared with itself");
  expect_promise(itself->is_empty() && itself->remarks.empty(), "a graph is like itself");
  const std::string text = write_saved_graph(*graph, "0.0.0");
  const auto again = parse_saved_graph(text, "input");
  expect_promise(again.has_value(), "what is written is read");
  expect_promise(write_saved_graph(*again, "0.0.0") == text, "what is written stays as it is");
  const auto same = diff_graphs(*graph, *again);
  expect_promise(same.has_value() && same->is_empty(), "nothing is lost");
  return true;
}

}  // namespace bulkhead::test
