// The five promises of a module, judged by what one build tree shows.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "auditor/module_users.h"
#include "auditor/policy.h"
#include "auditor/source_tree.h"
#include "graph/build_tree.h"
#include "reports/proof.h"
#include "reports/report.h"

namespace bulkhead {

/// What promises are judged by. Borrows all of it.
struct PromiseInput {
  const BuildTree& tree;
  const Policy& policy;
  const Report& report;                          ///< The audit by the policy as it is.
  const Report& as_s0;                           ///< The audit by a policy in which all modules are of stage S0.
  const std::vector<std::string>& tree_options;  ///< Words that the commands to show need: "-B", "build".
  const Inventory& inventory;
};

/// Judges module `index` of the policy: all promises, in the order of `promises`. They are those of stage S0, whatever
/// the module's own stage; but too few owners break the promise of a module of stage S0 only. Findings count whether or
/// not they are waived or known: who accepts that a promise is broken has not kept it. What one tree cannot show is
/// unproven: disruption and removal always are.
[[nodiscard]] ModuleProof judge_promises(const PromiseInput& input, std::size_t index, bool on,
                                         const ModuleUsers& users);

/// Joins what a tree shows with what experiments have proven. Broken by either is broken; else kept by either is kept.
/// Where both agree, the experiment's evidence counts, for it saw more.
void add_proof(const ModuleProof& experiments, ModuleProof& proof);

/// The command that proves a module, as a shell takes it. `tree_options` as in PromiseInput.
[[nodiscard]] std::string prove_command(const std::string& module, const std::vector<std::string>& tree_options);

}  // namespace bulkhead
