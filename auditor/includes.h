// The include scan, as an audit asks for it: from the core's sources to the modules' files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

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

/// Scans the sources of these targets of one graph of `tree` for includes of files of the modules that are `searched`;
/// nothing when there is none. Fails when the reply has gone meanwhile, and when the cache cannot be written.
[[nodiscard]] Result<IncludeScan> scan_includes(const BuildTree& tree, std::size_t graph, const ModuleMap& modules,
                                                const std::vector<bool>& searched, std::span<const TargetId> targets,
                                                SourceTree& disk, const IncludeOptions& options = {});

/// Scans the sources of all targets for includes of what is inside the boundaries of general rules, a scan for each
/// boundary of a rule that looks at includes. Fails likewise.
[[nodiscard]] Result<std::vector<RuleIncludes>> scan_rule_includes(const BuildTree& tree, std::size_t graph,
                                                                   const RuleScopes& scopes,
                                                                   const IncludeOptions& options = {});

/// How often, and where for instance.
[[nodiscard]] std::string describe(const IncludeGapCount& gap);

/// Adds what the scan could not look at to the blind spots of the modules that were searched for.
void add_include_gaps(const IncludeScan& scan, const std::vector<bool>& searched,
                      std::vector<ModuleBlindSpot>& blind_spots);

}  // namespace bulkhead
