// What the next stage would ask of modules: the audit of a policy in which they are one stage further.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "auditor/audit.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/report.h"
#include "reports/scorecard.h"

namespace bulkhead {

/// The stage behind `stage`: "S0" behind none, "S1" behind "S0", "S2" behind "S1". None behind "S2".
[[nodiscard]] std::optional<std::string_view> next_stage(std::string_view stage);

/// What previews are made of. Borrows all of it.
struct PreviewInput {
  const BuildTree& tree;
  const Policy& policy;
  const AuditOptions& options;
  const std::vector<bool>& on;  ///< By position in Policy::modules.
  const Report& report;         ///< The audit by the policy as it is.
};

/// The previews of modules, by position in Policy::modules; none for one of the last stage. Each is as if this module
/// alone changed its stage. Fails when an audit does.
[[nodiscard]] Result<std::vector<std::optional<StagePreview>>> preview_stages(const PreviewInput& input,
                                                                              const std::vector<std::size_t>& modules);

}  // namespace bulkhead
