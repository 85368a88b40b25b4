// What the inputs cannot show, by kind of edge. The rows are the facts behind the table in docs/evidence.md.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/edge_kind.h"
#include "graph/include_gap.h"
#include "graph/inputs.h"
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

/// Of modules that a link list names under a condition that cannot be told here; see TargetGraph::conditional_names().
inline constexpr BlindSpot undecided_link = {
    EdgeKind::link, BlindScope::anything,
    "a link list names a library of it in a generator expression whose condition cannot be told here; with a capture "
    "'bulkhead why core module:NAME' shows it",
    "write the condition so that it depends on the configuration or on variables only"};

/// Of modules that have paths below a directory that an install rule ships: its patterns are in no reply.
inline constexpr BlindSpot installed_above = {
    EdgeKind::install, BlindScope::files,
    "an install rule ships a directory above files of it, and whether it leaves these out is in no reply",
    "ship the module's files by a rule of its own, from a directory of its own"};

/// That of an include scan which could not look at everything.
[[nodiscard]] BlindSpot blind_spot_of(IncludeGap gap);

/// The blind spots of a graph, in the order of edge_kinds; a kind may stand there more than once.
[[nodiscard]] std::vector<BlindSpot> find_blind_spots(const TargetGraph& graph, const Inputs& inputs);

}  // namespace bulkhead
