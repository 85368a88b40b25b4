// The parts of the project that a diff is told by: the modules of a policy, else folders.
#pragma once

#include "auditor/policy.h"
#include "graph/graph_diff.h"
#include "graph/saved_graph.h"
#include "reports/diff_report.h"

namespace bulkhead {

/// Sorts the changes of `diff` into the groups of `report`, and sets by_module and modules. Without modules in the
/// policy a group is the top folder of the depender. Whose a target is, is asked of the graph that has it, of the new
/// one where both do.
void group_changes(const SavedGraph& before, const SavedGraph& after, const Policy& policy, GraphDiff diff,
                   DiffReport& report);

}  // namespace bulkhead
