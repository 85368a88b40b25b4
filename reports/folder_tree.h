// The things of a picture by owner and by folder: what boxes are cut from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/graph_subject.h"
#include "reports/graph_view.h"

namespace bulkhead {

/// A folder, or the root of all that one owner has.
struct TreeFolder {
  std::string path{};                 ///< Canonical; empty for a root.
  std::size_t level = 0;              ///< 0 for a root. `../clang` is one level.
  std::vector<std::size_t> folders;   ///< Positions in the tree, by path.
  std::vector<std::uint32_t> things;  ///< Right in it: positions in GraphSubject::things, ascending.
  std::size_t total = 0;              ///< Things in it and below.
  Owner owner = Owner::core();        ///< Of all of them.
  bool chosen = false;                ///< Likewise: they were asked for by name.
};

/// A root for each owner, and one more for what of it was asked for by name. Immutable.
class FolderTree {
 public:
  FolderTree(const GraphView& view, const GraphSubject& subject);

  [[nodiscard]] const TreeFolder& operator[](std::size_t folder) const { return folders_[folder]; }
  /// What was asked for first, then the core, the modules in their order, and what is set aside.
  [[nodiscard]] const std::vector<std::size_t>& roots() const { return roots_; }
  /// All things in the folder and below, ascending.
  [[nodiscard]] std::vector<std::uint32_t> things_below(std::size_t folder) const;

 private:
  std::size_t enter(std::size_t folder, std::string_view path);

  std::vector<TreeFolder> folders_;
  std::vector<std::size_t> roots_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> below_;  // a folder and a path right below it
};

/// The folder that a thing lies in, canonical: of a target the directory that defines it. Empty for what has none, as
/// libraries and definitions.
[[nodiscard]] std::string_view folder_of(const TargetGraph& graph, Endpoint thing);

/// Whose a thing is.
[[nodiscard]] std::vector<Owner> owners_of(const GraphView& view, const GraphSubject& subject);

}  // namespace bulkhead
