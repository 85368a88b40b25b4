// What the capture adds to a reply: targets that it does not list, and the edges that somebody declared.
#pragma once

#include <string_view>

#include "graph/added_edges.h"
#include "graph/capture.h"
#include "graph/source_paths.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// True when capture and reply come from the same configure, as far as their targets tell: every target that compiles
/// or links is in both.
[[nodiscard]] bool fits(const Capture& capture, const TargetGraphParts& parts);

/// Adds to `parts` the INTERFACE and IMPORTED targets that it lacks, the names that stand under conditions, and the
/// strings of both; and to `added` the declared edges. Before codemodel 2.9 these are all edges between targets that
/// somebody wrote; from then on, what its fields do not say. Relative paths are taken as below the build tree.
void add_captured(const Capture& capture, const SourcePaths& paths, TargetGraphParts& parts, AddedEdges& added);

}  // namespace bulkhead
