// Which findings came and went between two build trees.
#pragma once

#include <string>
#include <vector>

#include "auditor/audit.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/diff_report.h"

namespace bulkhead {

/// Audits both trees with the one policy, and compares findings by fingerprint. One that is waived or in the baseline
/// is not new. One of the old tree that the new one could not show is not called fixed: its module has another state,
/// its kind of edge cannot be seen, or a part of the audit did not run. Fails when one of the audits does.
[[nodiscard]] Result<FindingsDiff> diff_findings(const BuildTree& before, const BuildTree& after, const Policy& policy,
                                                 const AuditOptions& options);

/// Modules whose state differs, a remark for each.
[[nodiscard]] std::vector<std::string> compare_states(const BuildTree& before, const BuildTree& after,
                                                      const Policy& policy);

}  // namespace bulkhead
