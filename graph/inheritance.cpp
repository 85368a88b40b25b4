#include "graph/inheritance.h"

#include <algorithm>

namespace bulkhead {

bool is_inheritable(EdgeKind kind) {
  return kind == EdgeKind::link || kind == EdgeKind::object || kind == EdgeKind::compile;
}

bool Inheritance::is_inherited(const Edge& edge) const {
  if (edge.known == Known::declared || !is_inheritable(edge.kind)) return false;
  const auto siblings = graph_.edges_from(edge.from.target_id());
  // An entry with a call of its own was named by it; one that shares the call was, if the text says so.
  const bool through_same_call = std::any_of(siblings.begin(), siblings.end(), [&](const Edge& sibling) {
    return sibling.to.is_target() && sibling.to != edge.to && is_inheritable(sibling.kind) &&
           same_call(sibling.frame, edge.frame) && brings(sibling.to.target_id(), edge.to);
  });
  return through_same_call && !call_names_dependee(edge);
}

bool Inheritance::brings(TargetId target, Endpoint dependee) const {
  const auto edges = graph_.edges_from(target);
  return std::any_of(edges.begin(), edges.end(),
                     [&](const Edge& edge) { return edge.to == dependee && is_inheritable(edge.kind); });
}

bool Inheritance::same_call(std::optional<FrameId> a, std::optional<FrameId> b) const {
  if (!a || !b) return a == b;
  return *a == *b || graph_.call_stack(*a) == graph_.call_stack(*b);
}

bool Inheritance::call_names_dependee(const Edge& edge) const {
  if (!edge.frame) return false;
  const std::string_view name = graph_.name(edge.to.target_id());
  for (const CallFrame& frame : graph_.call_stack(*edge.frame)) {
    const CMakeCall* const call = sources_.call_at(frame.file, frame.line);
    if (call != nullptr && find_argument(*call, name) != nullptr) return true;
  }
  return false;
}

}  // namespace bulkhead
