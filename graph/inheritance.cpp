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
  const auto any_sibling = [&](auto&& accept) {
    return std::any_of(siblings.begin(), siblings.end(), [&](const Edge& sibling) {
      return sibling.to.is_target() && sibling.to != edge.to && is_inheritable(sibling.kind) && accept(sibling);
    });
  };
  if (edge.traced) {
    return any_sibling([&](const Edge& sibling) { return got_by(sibling.to.target_id(), edge); }) ||
           call_is_of_another(edge);
  }
  // An entry with a call of its own was named by it; one that shares the call was, if the text says so.
  const bool through_same_call = any_sibling([&](const Edge& sibling) {
    return brings(sibling.to.target_id(), edge.to) && same_call(sibling.frame, edge.frame);
  });
  return through_same_call && !call_names_dependee(edge);
}

bool Inheritance::brings(TargetId target, Endpoint dependee) const {
  if (find_link(target, dependee) != nullptr) return true;
  std::vector<TargetId> chain = {target};
  for (std::size_t next = 0; next < chain.size(); ++next) {
    if (find_link(chain[next], dependee) != nullptr) return true;
    for (const Edge& edge : graph_.edges_from(chain[next])) {
      const bool inside_cycle =
          !edge.frame && edge.known == Known::derived && edge.to.is_target() && is_inheritable(edge.kind);
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
  const Edge* const other = find_link(target, edge.to);
  if (other == nullptr) return false;
  if (!other->frame || !edge.frame) return other->frame == edge.frame;
  return site_of(*other->frame) == site_of(*edge.frame);
}

bool Inheritance::same_call(OptionalFrameId a, OptionalFrameId b) const {
  if (!a || !b) return a == b;
  return *a == *b || stack_of(*a) == stack_of(*b);
}

void Inheritance::index() const {
  indexed_ = true;
  for (const Edge& edge : graph_.edges()) {
    if (!edge.from.is_target() || !edge.to.is_target() || !is_inheritable(edge.kind)) continue;
    links_.push_back({(std::uint64_t{edge.from.index()} << 32) | edge.to.index(), graph_.id_of(edge)});
  }
  std::stable_sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) { return a.ends < b.ends; });
}

const Edge* Inheritance::find_link(TargetId from, Endpoint to) const {
  if (!indexed_) index();
  const std::uint64_t ends = (std::uint64_t{from.value()} << 32) | to.index();
  const auto found = std::lower_bound(links_.begin(), links_.end(), ends,
                                      [](const Link& link, std::uint64_t wanted) { return link.ends < wanted; });
  return found == links_.end() || found->ends != ends ? nullptr : &graph_[found->edge];
}

std::uint32_t Inheritance::stack_of(FrameId frame) const {
  const auto [found, is_new] = stacks_.of_frame.try_emplace(frame.value(), 0);
  if (is_new) {
    std::string text;
    for (const CallFrame& call : graph_.call_stack(frame)) {
      text.append(call.file).append(":").append(std::to_string(call.line)).append(":").append(call.command).append(">");
    }
    found->second =
        stacks_.of_text.try_emplace(std::move(text), static_cast<std::uint32_t>(stacks_.of_text.size())).first->second;
  }
  return found->second;
}

std::uint32_t Inheritance::site_of(FrameId frame) const {
  const auto [found, is_new] = sites_.of_frame.try_emplace(frame.value(), 0);
  if (is_new) {
    std::string text;
    if (const auto call = graph_.call_site(frame))
      text.append(call->file).append(":").append(std::to_string(call->line));
    found->second =
        sites_.of_text.try_emplace(std::move(text), static_cast<std::uint32_t>(sites_.of_text.size())).first->second;
  }
  return found->second;
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
