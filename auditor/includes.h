// The include scan, as an audit asks for it: from the core's sources to the modules' files.
#pragma once

#include <cstddef>
#include <vector>

#include "auditor/modules.h"
#include "auditor/rule.h"
#include "graph/build_tree.h"
#include "graph/include_scan.h"
#include "graph/result.h"

namespace bulkhead {

/// Scans the sources of the core's targets of one graph of `tree` for includes of files of the modules that are
/// `searched`; nothing when there is none. Fails when the reply has gone meanwhile.
[[nodiscard]] Result<IncludeScan> scan_includes(const BuildTree& tree, std::size_t graph, const ModuleMap& modules,
                                                const std::vector<bool>& searched);

/// Adds what the scan could not look at to the blind spots of the modules that were searched for.
void add_include_gaps(const IncludeScan& scan, const std::vector<bool>& searched,
                      std::vector<ModuleBlindSpot>& blind_spots);

}  // namespace bulkhead
