// The ways from one set of things to another, over the edges that count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "auditor/selector_match.h"
#include "graph/inheritance.h"
#include "graph/paths.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// How many ways are wanted.
enum class WayCount : std::uint8_t {
  shortest,  ///< The shortest one without inherited edges, and only where there is none the shortest of all.
  all,       ///< All of them, up to `limit`.
};

/// What is asked for. Borrows the sets.
struct WayQuery {
  const EndSet& from;
  const EndSet& to;
  EdgeFilter counts;   ///< True for the edges that a way may use.
  EdgeFilter avoided;  ///< True for those that it may not, since they pass what is to be avoided.
  WayCount count = WayCount::shortest;
  std::size_t limit = 1;  ///< At least 1.
};

/// Ways as edges in order, shortest first, then in the order of the graph.
struct FoundWays {
  std::vector<std::vector<EdgeId>> ways;
  bool more = false;  ///< Of WayCount::all: there are others.
  /// Where there is no way: inherited edges that would make one. What they are inherited from is avoided.
  std::vector<EdgeId> doubtful{};
};

/// A way leaves `from` with its first edge, ends when it comes to `to`, passes no target twice, and goes from target to
/// target; what is in both sets is no goal, unless both are the same single target: then a way is a circle. Of several
/// edges between two ends the first counts. An edge that `dependencies` merely repeats is left out where another way
/// between its ends is left, whether or not that is to be avoided.
[[nodiscard]] FoundWays find_ways(const TargetGraph& graph, const Inheritance& inheritance, const WayQuery& query);

}  // namespace bulkhead
