// How findings say which edges to cut, and what every way goes through.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auditor/rule.h"
#include "graph/include_edge.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// A step of a way: an edge, or an include. Borrows the include.
struct WayHop {
  std::optional<EdgeId> edge{};
  const IncludeEdge* include = nullptr;
};

/// "core -> exp (core/CMakeLists.txt:3)", or without a place where none is known.
[[nodiscard]] std::string say_hop(const RuleInput& input, const Edge& edge);

/// "cut these 2 edges, and no way is left: …", the first of them by their text; empty when there is none to cut.
[[nodiscard]] std::string say_cut(const RuleInput& input, std::span<const WayHop> hops);

/// "every way goes through core, then net", in the order of the way; empty when there is no such target.
[[nodiscard]] std::string say_gates(const TargetGraph& graph, std::span<const TargetId> gates);

}  // namespace bulkhead
