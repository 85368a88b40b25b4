// The inventory: what the modules of a policy own while they are on, remembered for checks while they are off.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"

namespace bulkhead {

/// What one module owned. Sorted, without repetition.
struct InventoryModule {
  std::string name;                      ///< As in the policy.
  std::vector<std::string> targets{};    ///< Names.
  std::vector<std::string> libraries{};  ///< What a linker calls them: `foo` of libfoo.a.
  std::vector<std::string> files{};      ///< Artifacts, and generated files; see SourcePaths.

  bool operator==(const InventoryModule&) const = default;
};

struct Inventory {
  std::vector<InventoryModule> modules{};  ///< Sorted by name.
};

/// What the modules that are on own in a build tree, in all its configurations.
[[nodiscard]] Result<Inventory> take_inventory(const BuildTree& tree, const Policy& policy);

/// The inventory as text: JSON, with one entry a line, so that changes are easy to read and to merge.
[[nodiscard]] std::string write_inventory(const Inventory& inventory);

/// Reads an inventory. Fails, with a place, when it is none or is damaged.
[[nodiscard]] Result<Inventory> read_inventory(const std::filesystem::path& file);

/// What a linker calls the library in a file: "foo" of "lib/libfoo.so.1.2", "foo" of "foo.lib". Empty for other files.
[[nodiscard]] std::string_view library_name(std::string_view path);

}  // namespace bulkhead
