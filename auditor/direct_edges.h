// The edges between targets without those that a closure merely repeats.
#pragma once

#include <vector>

#include "auditor/rule.h"
#include "auditor/rule_scopes.h"
#include "graph/digraph.h"
#include "graph/inheritance.h"
#include "graph/paths.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// The edges between targets that a rule counts, less the inherited ones for which another way is left: what can be
/// reached stays the same. In the order of the graph.
[[nodiscard]] std::vector<EdgeId> find_direct_edges(const RuleInput& input, const Inheritance& inheritance,
                                                    const RuleScope& scope);

/// The same of the edges between targets that `counts` accepts.
[[nodiscard]] std::vector<EdgeId> find_direct_edges(const TargetGraph& graph, const Inheritance& inheritance,
                                                    const EdgeFilter& counts);

/// The targets as vertices, by number, and these edges between targets as arcs, in their order; parallel ones once, as
/// the first that is declared, else the first. `edges` is left with those that became arcs.
[[nodiscard]] Digraph make_digraph(const TargetGraph& graph, std::vector<EdgeId>& edges);

}  // namespace bulkhead
