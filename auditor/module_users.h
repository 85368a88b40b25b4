// Who uses a module, as far as a build tree and its sources tell.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "auditor/inventory.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"

namespace bulkhead {

/// A document, test or example that names something of a module.
struct NamingPlace {
  std::string file;  ///< Relative to the source root.
  std::string name;  ///< "USE_CUDA"; of several the first.

  bool operator==(const NamingPlace&) const = default;
};

/// Evidence that somebody uses a module.
struct ModuleUsers {
  std::vector<std::string> targets;   ///< Of others, set aside or not, that depend on it while it is on. Sorted.
  std::vector<NamingPlace> mentions;  ///< A file each; see find_naming_files(). Sorted by file.
  bool searched = false;              ///< False when the sources are not at hand, so that no file could mention it.

  bool operator==(const ModuleUsers&) const = default;
};

/// The users of modules, by position in Policy::modules, over all configurations. Targets of type UTILITY gather what
/// there is, and use nothing. What a module owns is no user of it.
[[nodiscard]] std::vector<ModuleUsers> find_users(const BuildTree& tree, const Policy& policy,
                                                  const Inventory& inventory, const std::vector<bool>& on,
                                                  const std::vector<std::size_t>& modules);

}  // namespace bulkhead
