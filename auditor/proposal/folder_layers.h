// Layers of folders, from the links between the targets in them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/target_graph.h"

namespace bulkhead {

/// Folders on one level: no target in them depends on a target of a folder on a level above. Folders that depend on
/// each other are one entry.
using FolderLayer = std::vector<std::vector<std::string>>;

/// The levels of the folders that hold targets, from the top: the strongly connected components of the folders' graph
/// (Tarjan 1972), each on the level of its longest way down. Folders are cut at their first name, or at the second
/// below `src` and its kind; `is_counted` says which targets count. Empty when there are fewer than two folders, or
/// more than a reader would look at.
[[nodiscard]] std::vector<FolderLayer> find_folder_layers(const TargetGraph& graph,
                                                          const std::function<bool(TargetId)>& is_counted);

}  // namespace bulkhead
