#include "graph/inheritance.h"

#include <algorithm>
#include <vector>

namespace bulkhead {

bool is_inheritable(EdgeKind kind) {
  return kind == EdgeKind::link || kind == EdgeKind::object || kind == EdgeKind::compile;
}

bool Inheritance::is_inherited(const Edge& edge) const {
  if (edge.known == Known::declared || !is_inheritable(edge.kind)) return false;
  const auto siblings = graph_.edges_from(edge.from.target_id());
  if (edge.traced) {
    const bool by_the_call_of_another = std::any_of(siblings.begin(), siblings.end(), [&](const Edge& sibling) {
      return sibling.to.is_target() && sibling.to != edge.to && is_inheritable(sibling.kind) &&
             got_by(sibling.to.target_id(), edge);
    });
    return by_the_call_of_another || call_is_of_another(edge);
  }
  // An entry with a call of its own was named by it; one that shares the call was, if the text says so.
  const bool through_same_call = std::any_of(siblings.begin(), siblings.end(), [&](const Edge& sibling) {
    return sibling.to.is_target() && sibling.to != edge.to && is_inheritable(sibling.kind) &&
           same_call(sibling.frame, edge.frame) && brings(sibling.to.target_id(), edge.to);
  });
  return through_same_call && !call_names_dependee(edge);
}

bool Inheritance::brings(TargetId target, Endpoint dependee) const {
  std::vector<TargetId> chain = {target};
  for (std::size_t next = 0; next < chain.size(); ++next) {
    for (const Edge& edge : graph_.edges_from(chain[next])) {
      if (!edge.to.is_target() || !is_inheritable(edge.kind)) continue;
      if (edge.to == dependee) return true;
      const bool inside_cycle = !edge.frame && edge.known == Known::derived;
      if (inside_cycle && std::find(chain.begin(), chain.end(), edge.to.target_id()) == chain.end()) {
        chain.push_back(edge.to.target_id());
      }
    }
  }
  return false;
}

// True when `target` has an edge onto the same dependee, made by the same call of the project. Inside a wrapper
// function the link line may name another line than `dependencies`, where one call sets several properties.
bool Inheritance::got_by(TargetId target, const Edge& edge) const {
  const auto edges = graph_.edges_from(target);
  return std::any_of(edges.begin(), edges.end(), [&](const Edge& other) {
    if (other.to != edge.to || !is_inheritable(other.kind)) return false;
    if (!other.frame || !edge.frame) return other.frame == edge.frame;
    return graph_.call_site(*other.frame) == graph_.call_site(*edge.frame);
  });
}

// True when the text is at hand and the call speaks of a target that is not the depender.
bool Inheritance::call_is_of_another(const Edge& edge) const {
  if (!edge.frame) return false;
  for (const CallFrame& frame : graph_.call_stack(*edge.frame)) {
    const CMakeCall* const call = sources_.call_at(frame.file, frame.line);
    if (call == nullptr || call->arguments.empty()) continue;
    const std::optional<TargetId> first = graph_.find_target(call->arguments.front().text);
    if (first) return *first != edge.from.target_id();
  }
  return false;
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
