// Targets that a rule puts in two places at once.
#pragma once

#include <string_view>
#include <vector>

#include "auditor/general_rule.h"
#include "auditor/rule.h"
#include "reports/finding.h"

namespace bulkhead {

/// Adds a finding for each target that is in two groups of a rule of that kind: it counts as one of the first, which
/// may not be what was meant. `noun` is what the policy calls the groups.
void add_overlaps(const RuleInput& input, RuleKind kind, std::string_view noun, std::vector<Finding>& findings);

}  // namespace bulkhead
