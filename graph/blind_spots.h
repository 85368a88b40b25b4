// What a reply cannot show, by kind of edge; the facts behind the table in docs/evidence.md.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/edge_kind.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// What a module must own for an edge of the kind to exist at all.
enum class BlindScope : std::uint8_t {
  anything,  ///< Whatever the module owns.
  files,     ///< Files, on disk or in the reply.
};

/// A kind of edge that may exist although no source at hand shows it.
struct BlindSpot {
  EdgeKind kind;
  BlindScope scope;
  std::string_view reason;  ///< What cannot be seen. A literal.
  std::string_view remedy;  ///< What would make it visible. A literal.
};

/// What was read beside the codemodel.
struct Inputs {
  bool cmake_files = false;             ///< The reply has a cmakeFiles object.
  bool optimised_dependencies = false;  ///< CMAKE_OPTIMIZE_DEPENDENCIES is on.
};

/// The blind spots of a graph, in the order of edge_kinds; a kind may stand there more than once.
[[nodiscard]] std::vector<BlindSpot> find_blind_spots(const TargetGraph& graph, const Inputs& inputs);

}  // namespace bulkhead
