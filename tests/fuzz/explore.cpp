#include "tests/fuzz/explore.h"

#include <algorithm>

#include "graph/blind_spots.h"
#include "graph/inheritance.h"
#include "graph/paths.h"
#include "graph/source_paths.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {
namespace {

// Only to be sure that every byte of a text can be read.
std::size_t checksum(std::string_view text) {
  std::size_t sum = 0;
  for (const char c : text) sum = sum * 31 + static_cast<unsigned char>(c);
  return sum;
}

std::size_t explore_frame(const TargetGraph& graph, OptionalFrameId frame) {
  if (!frame) return 0;
  std::size_t sum = 0;
  const std::vector<CallFrame> stack = graph.call_stack(*frame);
  for (const CallFrame& call : stack) {
    expect_promise(call.line != 0, "call_stack() leaves out frames without a line");
    sum += checksum(call.file) + checksum(call.command);
  }
  expect_promise(graph.call_site(*frame).has_value() == !stack.empty(), "call_site() is one of the call_stack()");
  return sum;
}

void explore_edge(const TargetGraph& graph, const Edge& edge) {
  std::size_t sum = checksum(to_label(graph, edge.from)) + checksum(to_label(graph, edge.to));
  sum += explore_frame(graph, edge.frame) + checksum(to_string(edge.kind)) + checksum(to_string(edge.known));
  expect_promise(&graph[graph.id_of(edge)] == &edge, "id_of() is the position of an edge");
  expect_promise(!edge.traced || edge.frame.has_value(), "a traced edge has a frame");
  expect_promise(sum != 1, "sum");  // so that no compiler drops the reading
}

// An absolute path in a frame would be read from this machine.
bool leaves_project(const TargetGraph& graph, const Edge& edge) {
  if (!edge.frame) return false;
  const std::vector<CallFrame> stack = graph.call_stack(*edge.frame);
  return std::any_of(stack.begin(), stack.end(), [](const CallFrame& call) { return is_outside(call.file); });
}

bool any_edge(const Edge&) {
  return true;
}

}  // namespace

void explore(const TargetGraph& graph) {
  std::size_t edges_from_targets = 0;
  std::size_t edges_to_targets = 0;
  for (const Edge& edge : graph.edges()) {
    explore_edge(graph, edge);
    edges_to_targets += edge.to.is_target() ? 1 : 0;
  }
  // A reply without sources; the paths of its frames lead nowhere.
  CMakeSources sources("/nonexistent/source", "/nonexistent/build");
  const Inheritance inheritance(graph, sources);
  std::size_t found_edges_to = 0;
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    const TargetId id(i);
    const Target& target = graph[id];
    expect_promise(graph.find_target(graph.name(id)).has_value(), "find_target() finds every target's name");
    std::size_t sum = checksum(graph.text(target.source_directory)) + checksum(graph.text(target.build_directory));
    sum += explore_frame(graph, target.frame);
    for (const StringId path : graph.artifacts(id)) sum += checksum(graph.text(path));
    for (const Dependency& one : graph.dependencies(id)) sum += checksum(graph.name(one.target));
    expect_promise(sum != 1, "sum");
    for (const Edge& edge : graph.edges_from(id)) {
      expect_promise(edge.from == Endpoint::target(id), "edges_from() are the target's own");
      ++edges_from_targets;
      if (edge.to.is_target() && !leaves_project(graph, edge)) static_cast<void>(inheritance.is_inherited(edge));
    }
    for (const EdgeId edge : graph.edges_to(id)) {
      expect_promise(graph[edge].to == Endpoint::target(id), "edges_to() lead to the target");
      ++found_edges_to;
    }
    const std::vector<TargetId> dependers = find_dependers(graph, id, any_edge);
    for (const TargetId depender : dependers) {
      const auto path = find_path(
          graph, {depender}, [id](Endpoint end) { return end == Endpoint::target(id); }, any_edge);
      expect_promise(!path.empty(), "a depender has a path");
    }
  }
  expect_promise(edges_from_targets + graph.edges_from_files().size() == graph.edges().size(),
                 "every edge is of a target or of a file");
  expect_promise(found_edges_to == edges_to_targets, "edges_to() misses no edge");
  for (const Edge& edge : graph.edges_from_files()) {
    expect_promise(edge.from.kind() == EndpointKind::file, "edges_from_files() are of files");
  }
  for (const Directory& directory : graph.directories()) {
    expect_promise(!directory.parent || *directory.parent < graph.directories().size(), "parents exist");
    expect_promise(checksum(graph.text(directory.source)) + checksum(graph.text(directory.build)) != 1, "sum");
  }
  expect_promise(!find_blind_spots(graph, {}).empty(), "no reply shows everything");
}

}  // namespace bulkhead::test
