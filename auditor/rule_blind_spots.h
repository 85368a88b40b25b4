// What cannot be seen of the edges that general rules speak of.
#pragma once

#include <vector>

#include "auditor/modules.h"
#include "auditor/rule.h"
#include "auditor/rule_scopes.h"
#include "graph/cmake_sources.h"
#include "graph/inputs.h"

namespace bulkhead {

/// The blind spots of the rules of one graph: of the inputs, of the include scans, of names under conditions that
/// cannot be told, and of edges that may be direct or inherited.
[[nodiscard]] std::vector<RuleBlindSpot> find_rule_blind_spots(const TargetGraph& graph, const Inputs& inputs,
                                                               const RuleScopes& scopes,
                                                               const std::vector<RuleIncludes>& includes,
                                                               CMakeSources& sources);

}  // namespace bulkhead
