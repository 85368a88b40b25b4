// Proves what modules promise: configures the project with each of them on, off, and taken away, and compares.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "auditor/audit.h"
#include "auditor/experiment.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/proof.h"
#include "reports/report.h"

namespace bulkhead {

/// What to prove, and with what. Borrows all of it.
struct ProveInput {
  const BuildTree& tree;  ///< The user's.
  const Policy& policy;
  const AuditOptions& options;
  const ExperimentSetting& setting;
  const std::filesystem::path& work;             ///< Where scratch trees go; absolute.
  const std::vector<std::string>& tree_options;  ///< As in PromiseInput.
  std::function<void(const std::string&)> tell;  ///< Called with a line before each experiment.
};

/// One experiment, as it is told.
struct ToldExperiment {
  std::string name;    ///< "on", "off" or "removed".
  std::string result;  ///< "configured (USE_X=OFF)".
};

/// What came out for a module.
struct ProvenModule {
  ModuleProof proof;
  std::vector<ToldExperiment> experiments{};
};

/// What came out for all.
struct Proven {
  std::vector<ProvenModule> modules{};
  Report report{};                     ///< The findings about these modules, each once.
  std::vector<std::string> written{};  ///< Files of the source tree that a configure came to write; sorted.
  std::optional<int> interruption{};   ///< Then `modules` are those that were finished.
};

/// Makes the experiments with the modules at these positions of the policy, one after the other. Fails when the project
/// does not configure as it is.
[[nodiscard]] Result<Proven> prove_modules(const ProveInput& input, const std::vector<std::size_t>& modules);

}  // namespace bulkhead
