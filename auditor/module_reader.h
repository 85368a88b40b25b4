// Reads the modules of a policy, and those that CMake code declares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/policy.h"
#include "auditor/policy_table.h"
#include "graph/result.h"

namespace bulkhead {

/// Adds the `[[module]]`s of a policy to `modules`; no two of all may have one name.
[[nodiscard]] Result<void> read_modules(const PolicyTable& document, std::vector<Module>& modules);

/// The same for what Bulkhead.cmake wrote. Globs become relative to `source_root`, the absolute top source directory.
[[nodiscard]] Result<void> read_declarations(const PolicyTable& document, const std::string& source_root,
                                             std::vector<Module>& modules);

/// Refuses names of modules, in modules and in selectors, that the policy does not have.
[[nodiscard]] Result<void> check_module_names(const Policy& policy);

/// Refuses a name of a module that the policy does not have; `where` is its place.
[[nodiscard]] Result<void> check_module_name(const Policy& policy, std::string_view name, const Location& where);

/// The same for those of `selectors` that name a module.
[[nodiscard]] Result<void> check_module_names(const Policy& policy, const std::vector<Selector>& selectors);

}  // namespace bulkhead
