// Reads the general rules of a policy.
#pragma once

#include "auditor/policy.h"
#include "auditor/policy_table.h"
#include "graph/result.h"

namespace bulkhead {

/// Adds all rules of the document to `policy`, whose modules are complete: names of others are errors.
[[nodiscard]] Result<void> read_rules(const PolicyTable& document, Policy& policy);

}  // namespace bulkhead
