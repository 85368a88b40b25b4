// Whether modules are on: their toggles, with the values of the last configure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/cache.h"
#include "graph/result.h"

namespace bulkhead {

/// Where toggles are looked up.
struct ToggleValues {
  const Cache& cache;
  const std::vector<CacheEntry>& variables;  ///< Normal variables, which hide the cache's; see BuildTree::variables.
  bool captured = false;                     ///< Whether normal variables can be known at all.

  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
};

/// The values of a build tree's last configure.
[[nodiscard]] ToggleValues toggle_values(const BuildTree& tree);

/// Whether each module of the policy is on. Fails when a toggle's variable has no value and the module does not say
/// what that means.
[[nodiscard]] Result<std::vector<bool>> evaluate_toggles(const Policy& policy, const ToggleValues& values);

}  // namespace bulkhead
