// The edges, includes and ways that cross the boundaries of general rules.
#pragma once

#include <vector>

#include "auditor/general_rule.h"
#include "auditor/rule.h"
#include "reports/finding.h"

namespace bulkhead {

/// The findings of all rules of a kind that has boundaries, see RuleScope. Direct edges are told at the edge that
/// causes them: what a target merely inherits from one it links is that one's. Ways through others are told once for
/// each edge onto what they lead to, with the shortest way, all that can go it, and the fewest edges to cut.
[[nodiscard]] std::vector<Finding> find_crossings(const RuleInput& input, RuleKind kind);

}  // namespace bulkhead
