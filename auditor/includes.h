// The include scan, as an audit asks for it: from the core's sources to the modules' files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "auditor/include_plan.h"
#include "auditor/modules.h"
#include "auditor/progress.h"
#include "auditor/rule.h"
#include "auditor/rule_scopes.h"
#include "auditor/source_tree.h"
#include "graph/build_tree.h"
#include "graph/include_scan.h"
#include "graph/result.h"

namespace bulkhead {

/// The targets of the core whose sources count.
[[nodiscard]] std::vector<TargetId> core_targets(const TargetGraph& graph, const ModuleMap& modules);

/// How to scan.
struct IncludeOptions {
  std::filesystem::path cache{};  ///< A directory for what outlives the run; empty for none.
  Progress::Show progress{};      ///< Where to say how far the scan has come; empty for nowhere.
};

/// What an audit has found in includes.
struct AuditIncludes {
  IncludeScan off{};  ///< Onto the files of modules that are off.
  ModuleIncludes modules{};
  std::vector<RuleIncludes> rules{};  ///< By rule and boundary.
};

/// Walks the sources of one graph of `tree` once for all that is planned; nothing when nothing is. `scopes` are those
/// of the plan. Fails when the reply has gone meanwhile, and when the cache cannot be written.
[[nodiscard]] Result<AuditIncludes> scan_includes(const BuildTree& tree, std::size_t graph, const IncludePlan& plan,
                                                  const RuleScopes& scopes, SourceTree& disk,
                                                  const IncludeOptions& options = {});

/// Scans the sources of these targets alone for includes of files of the modules that are `searched`. Fails likewise.
[[nodiscard]] Result<IncludeScan> scan_includes(const BuildTree& tree, std::size_t graph, const ModuleMap& modules,
                                                const std::vector<bool>& searched, std::span<const TargetId> targets,
                                                SourceTree& disk);

/// How often, and where for instance.
[[nodiscard]] std::string describe(const IncludeGapCount& gap);

/// Adds what the scan could not look at to the blind spots of the modules that were searched for.
void add_include_gaps(const IncludeScan& scan, const std::vector<bool>& searched,
                      std::vector<ModuleBlindSpot>& blind_spots);

}  // namespace bulkhead
