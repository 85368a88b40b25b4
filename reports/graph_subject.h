// What of a graph a picture is about: the things and edges that were asked for, before anything is condensed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "graph/target_graph.h"

namespace bulkhead {

/// Chosen from one GraphView. What a question left out is counted, for the caption.
struct GraphSubject {
  std::string title{};             ///< "all targets", "target:MLIR*, and what is 1 edge away": any bytes.
  std::vector<Endpoint> things{};  ///< Each once.
  std::vector<bool> chosen{};      ///< By thing: it was asked for by name. All false when nothing was.
  std::vector<EdgeId> edges{};     ///< Both ends are among the things. Each once.

  std::size_t inherited_edges = 0;   ///< That `dependencies` merely repeats.
  std::size_t hidden_utilities = 0;  ///< UTILITY targets on which nothing in sight depends.
  std::size_t hidden_set_aside = 0;  ///< Targets that the policy sets aside.
  std::size_t hidden_edges = 0;      ///< With an end among these two.
  std::size_t outer_edges = 0;       ///< Between things that are both as far away as the depth allows.
};

}  // namespace bulkhead
