// The ways through other targets that cross a boundary of a general rule.
#pragma once

#include <vector>

#include "auditor/rule.h"
#include "auditor/rule_scopes.h"
#include "graph/inheritance.h"
#include "reports/finding.h"

namespace bulkhead {

/// Adds a finding for each edge onto what is inside that a depender can get to, directly or through targets that are
/// neither inside, nor `via`, nor exceptions. `scan` holds the includes of files inside; null for none.
void add_ways(const RuleInput& input, const Inheritance& inheritance, const RuleScope& scope, const Boundary& boundary,
              const IncludeScan* scan, std::vector<Finding>& findings);

}  // namespace bulkhead
