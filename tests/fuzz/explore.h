// Asks a graph everything that the program asks one.
#pragma once

#include "graph/target_graph.h"

namespace bulkhead::test {

/// Walks the whole graph, and throws a BrokenPromise where it contradicts itself.
void explore(const TargetGraph& graph);

}  // namespace bulkhead::test
