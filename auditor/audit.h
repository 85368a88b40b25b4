// The audit: from a build tree and a policy to a report.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "auditor/baseline.h"
#include "auditor/date.h"
#include "auditor/experiments.h"
#include "auditor/inventory.h"
#include "auditor/policy.h"
#include "auditor/progress.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/report.h"

namespace bulkhead {

/// Choices of the user that change what is a finding.
struct AuditOptions {
  bool strict = false;            ///< Blind spots are errors.
  std::filesystem::path cache{};  ///< A directory for what outlives a run; empty for none.
  Inventory inventory{};          ///< What modules owned while they were on; empty when nobody remembers.
  Progress::Show progress{};      ///< Where to say how far the work has come; empty for nowhere.
  Date today{};                   ///< By which waivers expire.
  std::optional<Baseline> baseline{};
  bool keep_graphs = false;                      ///< Let the report carry the graphs, for pages.
  std::vector<ModuleExperiments> experiments{};  ///< With modules; none unless `prove` audits. The tree has them on.
};

/// Applies the policy to every configuration of the tree. Fails when a toggle has no value, and when a
/// module's path is a directory without what is in it.
[[nodiscard]] Result<Report> audit(const BuildTree& tree, const Policy& policy, const AuditOptions& options);

}  // namespace bulkhead
