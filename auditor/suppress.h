// What becomes of findings that somebody knows of: waivers and the baseline change their status, never their number.
#pragma once

#include <vector>

#include "auditor/audit.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/cmake_sources.h"
#include "reports/report.h"

namespace bulkhead {

/// What the statuses of findings depend on.
struct SuppressInput {
  const BuildTree& tree;
  const Policy& policy;
  const std::vector<bool>& on;  ///< By position in Policy::modules.
  const AuditOptions& options;
  CMakeSources& sources;
};

/// Gives the findings of the rules their statuses: waived by a waiver of the policy, or by a comment in the CMake files
/// that the configure read or at an include; else known by the baseline; else new. Then adds what is wrong with
/// waivers and baseline: waivers that have expired (an error) or soon will, that waive nothing here, comments that are
/// none, and entries whose finding is gone. Sets Report::baseline and the statuses of violated modules. Does not sort.
void suppress(const SuppressInput& input, Report& report);

}  // namespace bulkhead
