// From a graph and the modules of a policy to what the reports draw.
#pragma once

#include <vector>

#include "auditor/modules.h"
#include "reports/graph_view.h"

namespace bulkhead {

/// The graph that `modules` was made of, which the view borrows. `on` says of each module whether it is on.
[[nodiscard]] GraphView view_graph(const TargetGraph& graph, const ModuleMap& modules, const std::vector<bool>& on);

}  // namespace bulkhead
