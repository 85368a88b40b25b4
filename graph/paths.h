// Questions about ways through the graph.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "graph/target_graph.h"

namespace bulkhead {

/// True for the edges that a way may use.
using EdgeFilter = std::function<bool(const Edge&)>;
/// True for the endpoints where a way may end.
using EndpointFilter = std::function<bool(Endpoint)>;

/// A shortest way from one of `from` to an endpoint that `is_goal` accepts, as edges in order; empty when there is
/// none. Breadth-first: the fewest hops, and among those the first in the order of the graph. At least one hop. O(V +
/// E).
[[nodiscard]] std::vector<EdgeId> find_path(const TargetGraph& graph, const std::vector<TargetId>& from,
                                            const EndpointFilter& is_goal, const EdgeFilter& use);

/// The targets that depend on `target`, directly or not, over edges that `use` accepts; sorted, without `target` itself
/// unless it lies on a cycle. O(V + E).
[[nodiscard]] std::vector<TargetId> find_dependers(const TargetGraph& graph, TargetId target, const EdgeFilter& use);

}  // namespace bulkhead
