// Telling a target's own edges from inherited ones where a reply lists both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/cmake_sources.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// True for the kinds of edge that `dependencies` closes over; those of other kinds are a target's own.
[[nodiscard]] bool is_inheritable(EdgeKind kind);

/// Judges the edges of one graph. Before codemodel 2.9 `dependencies` is closed over link interfaces, so this is a
/// judgement, not a proof. On a link line the call that brought a library in is known, and an edge is inherited when
/// another dependee got the library by that very call, or when the call's text begins with another target's name.
/// Elsewhere the backtrace of an inherited entry is the depender's own call, and it counts as inherited when another
/// dependee that this call brought in depends on the same target, unless the text of the call names the target. Borrows
/// its arguments.
class Inheritance {
 public:
  Inheritance(const TargetGraph& graph, CMakeSources& sources) : graph_(graph), sources_(sources) {}

  /// True when the depender has the edge only because of another dependee, as far as the reply can tell. Never for an
  /// edge that is declared. Precondition: both ends are targets.
  [[nodiscard]] bool is_inherited(const Edge& edge) const;
  /// True when `target` has an edge onto `dependee` that those who link `target` inherit. Of a cycle of static
  /// libraries the reply lists a chain of edges without calls, of which only the last one lists what the cycle needs:
  /// such chains are followed.
  [[nodiscard]] bool brings(TargetId target, Endpoint dependee) const;

 private:
  // An inheritable edge between two targets, to be found by its ends.
  struct Link {
    std::uint64_t ends;
    EdgeId edge;
  };
  // The same number for frames whose call stacks, or whose call sites, are the same.
  struct FrameNames {
    std::unordered_map<std::uint32_t, std::uint32_t> of_frame;
    std::unordered_map<std::string, std::uint32_t> of_text;
  };

  void index() const;
  [[nodiscard]] const Edge* find_link(TargetId from, Endpoint to) const;
  [[nodiscard]] std::uint32_t stack_of(FrameId frame) const;
  [[nodiscard]] std::uint32_t site_of(FrameId frame) const;
  [[nodiscard]] bool got_by(TargetId target, const Edge& edge) const;
  [[nodiscard]] bool same_call(OptionalFrameId a, OptionalFrameId b) const;
  [[nodiscard]] bool call_names_dependee(const Edge& edge) const;
  [[nodiscard]] bool call_is_of_another(const Edge& edge) const;

  const TargetGraph& graph_;
  CMakeSources& sources_;

  // Made when they are first asked for: most checks never do. Not synchronised.
  mutable bool indexed_ = false;
  mutable std::vector<Link> links_;  // sorted by ends; of equal ones the first in the graph comes first
  mutable FrameNames stacks_;
  mutable FrameNames sites_;
};

}  // namespace bulkhead
