// Reads the waivers of a policy.
#pragma once

#include "auditor/policy.h"
#include "auditor/policy_table.h"
#include "graph/result.h"

namespace bulkhead {

/// Reads the `[[waiver]]` tables of a document: each has a rule of the catalogue, at least one key that says which of
/// its findings, a reason, and a last day where the policy wants one. Precondition: the modules of the policy are read,
/// and what `[project]` says.
[[nodiscard]] Result<void> read_waivers(const PolicyTable& document, Policy& policy);

}  // namespace bulkhead
