// bulkhead why --includes: the includes that lead from a source or a target to a module.
#pragma once

#include <string>

#include "auditor/commands/command.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/style.h"

namespace bulkhead {

/// Prints each include of a file of the module `to`, whether it is on or off, that the sources of a target, or a file
/// on the way, reach; `from` is the target's name, or the file's path relative to the top source directory.
[[nodiscard]] Result<ExitStatus> explain_includes(const BuildTree& tree, const Policy& policy, const std::string& from,
                                                  const std::string& to, const Style& style);

}  // namespace bulkhead
