// A graph with what the policy says of its parts: all that a picture or a page of a graph needs to know of a policy.
#pragma once

#include <string>
#include <vector>

#include "graph/target_graph.h"
#include "reports/owner.h"

namespace bulkhead {

/// A module, as a picture shows it.
struct ViewedModule {
  std::string name;
  std::string stage{};   ///< "S0"; may be empty.
  std::string toggle{};  ///< As the policy writes it.
  bool on = false;
};

/// One configuration's graph. Borrows the graph, which must outlive it.
struct GraphView {
  const TargetGraph* graph = nullptr;  ///< Never null.
  std::vector<ViewedModule> modules;   ///< In the order of the policy; empty without one.
  std::vector<Owner> targets;          ///< By TargetId: Owner::module() is a position in `modules`.
  std::vector<Owner> dependers;        ///< By EdgeId, of what stands at that end of the edge.
  std::vector<Owner> dependees;        ///< Likewise.
};

}  // namespace bulkhead
