#include "graph/target_graph.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "graph/source_paths.h"

namespace bulkhead {
namespace {

// Calls that only bring another CMake file in; the line to fix is in that file.
bool only_brings_in(std::string_view command) {
  return command == "include" || command == "add_subdirectory" || command == "find_package" || command == "subdirs";
}

}  // namespace

std::string_view to_string(Known known) {
  return known == Known::declared ? "declared" : "derived";
}

TargetGraph::TargetGraph(TargetGraphParts parts) : parts_(std::move(parts)) {
  const std::size_t target_count = parts_.targets.size();
  out_offsets_.assign(target_count + 1, 0);
  in_offsets_.assign(target_count + 1, 0);
  for (const Edge& edge : parts_.edges) {
    if (edge.from.is_target()) ++out_offsets_[edge.from.index() + 1];
    if (edge.to.is_target()) ++in_offsets_[edge.to.index() + 1];
  }
  std::partial_sum(out_offsets_.begin(), out_offsets_.end(), out_offsets_.begin());
  std::partial_sum(in_offsets_.begin(), in_offsets_.end(), in_offsets_.begin());

  in_edges_.assign(in_offsets_.back(), EdgeId(0));
  std::vector<std::uint32_t> next(in_offsets_.begin(), in_offsets_.end() - 1);
  for (std::size_t i = 0; i < parts_.edges.size(); ++i) {
    const Endpoint to = parts_.edges[i].to;
    if (to.is_target()) in_edges_[next[to.index()]++] = EdgeId(i);
  }

  // Names are interned: sorting by the name's id spares comparing texts.
  by_name_.reserve(target_count);
  for (std::size_t i = 0; i < target_count; ++i) by_name_.emplace_back(i);
  std::stable_sort(by_name_.begin(), by_name_.end(), [this](TargetId a, TargetId b) {
    return parts_.targets[a.value()].name < parts_.targets[b.value()].name;
  });
}

std::optional<TargetId> TargetGraph::find_target(std::string_view wanted) const {
  const std::optional<StringId> name = parts_.strings.find(wanted);
  if (!name) return std::nullopt;
  const auto found = std::lower_bound(by_name_.begin(), by_name_.end(), *name, [this](TargetId id, StringId text) {
    return parts_.targets[id.value()].name < text;
  });
  if (found == by_name_.end() || parts_.targets[found->value()].name != *name) return std::nullopt;
  return *found;
}

std::span<const Edge> TargetGraph::edges_from(TargetId id) const {
  const std::uint32_t begin = out_offsets_[id.value()];
  return std::span(parts_.edges).subspan(begin, out_offsets_[id.value() + 1] - begin);
}

std::span<const EdgeId> TargetGraph::edges_to(TargetId id) const {
  const std::uint32_t begin = in_offsets_[id.value()];
  return std::span(in_edges_).subspan(begin, in_offsets_[id.value() + 1] - begin);
}

std::span<const Edge> TargetGraph::edges_from_files() const {
  return std::span(parts_.edges).subspan(out_offsets_.back());
}

std::span<const Dependency> TargetGraph::dependencies(TargetId id) const {
  const std::uint32_t begin = parts_.dependency_offsets[id.value()];
  return std::span(parts_.dependencies).subspan(begin, parts_.dependency_offsets[id.value() + 1] - begin);
}

std::span<const StringId> TargetGraph::artifacts(TargetId id) const {
  const IndexRange range = (*this)[id].artifacts;
  return std::span(parts_.artifacts).subspan(range.begin, range.size());
}

std::vector<CallFrame> TargetGraph::call_stack(FrameId id) const {
  std::vector<CallFrame> stack;
  for (OptionalFrameId at = id; at;) {
    const TargetGraphParts::Frame& frame = parts_.frames[(*at).value()];
    if (frame.line != 0) stack.push_back({text(frame.file), text(frame.command), frame.line});
    at = frame.parent;
  }
  std::reverse(stack.begin(), stack.end());
  return stack;
}

std::optional<CallFrame> TargetGraph::call_site(FrameId id) const {
  const std::vector<CallFrame> stack = call_stack(id);
  for (const CallFrame& frame : stack) {
    if (!only_brings_in(frame.command) && !is_outside(frame.file)) return frame;
  }
  // The call that matters is itself an include() or the like, or lies outside the project.
  for (auto frame = stack.rbegin(); frame != stack.rend(); ++frame) {
    if (!is_outside(frame->file)) return *frame;
  }
  if (stack.empty()) return std::nullopt;
  return stack.front();
}

std::string to_label(const TargetGraph& graph, Endpoint endpoint) {
  switch (endpoint.kind()) {
    case EndpointKind::target: return "target:" + std::string(graph.name(endpoint.target_id()));
    case EndpointKind::file: return "file:" + std::string(graph.text(endpoint.string_id()));
    case EndpointKind::library: return "library:" + std::string(graph.text(endpoint.string_id()));
    case EndpointKind::definition: return "definition:" + std::string(graph.text(endpoint.string_id()));
  }
  return {};
}

}  // namespace bulkhead
