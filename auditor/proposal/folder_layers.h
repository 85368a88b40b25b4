// Layers of folders, from the links between the targets in them.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/target_graph.h"

namespace bulkhead {

/// Folders on one level: no target in them depends on a target of a folder on a level above. Folders that depend on
/// each other are one entry.
using FolderLayer = std::vector<std::vector<std::string>>;

/// How the folders of a graph lie above each other.
struct FolderLayers {
  std::vector<FolderLayer> layers{};    ///< From the top.
  std::vector<std::string> unlinked{};  ///< Folders that nothing joins with another one; sorted.
  std::vector<TargetId> homeless{};     ///< Targets that count and are in no folder: of the top directory, or outside.
};

/// The kinds of edge that make one folder lie above another.
inline constexpr std::array layer_kinds = {EdgeKind::link, EdgeKind::compile, EdgeKind::object};

/// The levels of the folders that hold targets: the strongly connected components of the folders' graph (Tarjan 1972),
/// each on the level of its longest way down. Folders are cut at their first name below the one that holds all of them,
/// or at the second below `src` and its kind; `is_counted` says which targets count, and IMPORTED ones never do. No
/// layers when there are fewer than two, or more folders than a reader would look at.
[[nodiscard]] FolderLayers find_folder_layers(const TargetGraph& graph,
                                              const std::function<bool(TargetId)>& is_counted);

}  // namespace bulkhead
