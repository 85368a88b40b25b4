// The edges that only build.ninja shows: what commands read and run, and what files depend on beside what the reply
// lists.
#pragma once

#include "graph/added_edges.h"
#include "graph/joined_batches.h"
#include "graph/ninja_build.h"
#include "graph/source_paths.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// Adds an edge of kind `command` for each file below the source or the build tree that a statement of a target reads,
/// or that its command line names, and that is not one of the target's own sources. The statement of a custom command
/// belongs to the targets that it is attached to, else to those whose statements read its outputs. A file that another
/// target makes stands for that target. `joined` knows the names and artifacts of all targets.
void add_commands(const NinjaBuild& ninja, const SourcePaths& paths, const JoinedBatches& joined,
                  TargetGraphParts& parts, AddedEdges& added);

}  // namespace bulkhead
