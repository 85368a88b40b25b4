// The scorecard: what one build tree, and experiments that were made before, tell of the promises of modules.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "auditor/audit.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/proof.h"
#include "reports/scorecard.h"

namespace bulkhead {

/// What a scorecard is made of. Borrows all of it.
struct ScorecardInput {
  const BuildTree& tree;
  const Policy& policy;
  const AuditOptions& options;
  const std::vector<ModuleProof>& experiments;   ///< What `bulkhead prove` has found, by module; perhaps none.
  const std::vector<std::string>& tree_options;  ///< Words that the commands to show need: "-B", "build".
};

/// Scores the modules of these names, "cuda" or "module:cuda", all that the policy has where there are none. Fails when
/// a name is unknown, when the policy has no modules, and when an audit fails.
[[nodiscard]] Result<Scorecard> make_scorecard(const ScorecardInput& input, const std::vector<std::string>& names);

}  // namespace bulkhead
