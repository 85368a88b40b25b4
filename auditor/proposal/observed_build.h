// What a build tree has, whatever its CMake files say: entered directories, compiled sources, targets.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/proposal/folder_path.h"
#include "graph/build_tree.h"

namespace bulkhead {

/// All configurations of a build tree. Borrows from the tree.
class ObservedBuild {
 public:
  explicit ObservedBuild(const BuildTree& tree);

  /// Whether CMake entered the directory; `folder` is canonical, see SourcePaths.
  [[nodiscard]] bool enters(std::string_view folder) const { return folders_.contains(folder); }
  /// Whether CMake entered it, or one below it.
  [[nodiscard]] bool enters_below(std::string_view folder) const;
  [[nodiscard]] const std::set<std::string_view>& folders() const { return folders_; }
  /// Whether a target lists the file among its sources.
  [[nodiscard]] bool compiles(std::string_view file) const { return sources_.contains(file); }
  /// The files below a folder that targets list among their sources.
  [[nodiscard]] std::vector<std::string_view> sources_below(std::string_view folder) const;
  /// How many targets are defined in the folder, or below it.
  [[nodiscard]] std::size_t targets_below(std::string_view folder) const;
  /// The folder that defines a target of that name; empty when there is none.
  [[nodiscard]] std::string_view folder_of_target(std::string_view name) const;
  /// The graph of the first configuration.
  [[nodiscard]] const TargetGraph& graph() const { return tree_.graphs.front(); }

 private:
  const BuildTree& tree_;
  std::set<std::string_view> folders_;
  std::set<std::string_view> sources_;
  std::vector<std::string_view> target_folders_;  // of built targets, sorted
};

/// The source files and headers in a folder, by their extension; canonical, sorted. `pattern` is a glob of names, such
/// as
/// `*.cc`, or empty for all of them. At most some thousands; `.git` is left out.
[[nodiscard]] std::vector<std::string> list_sources(const SourcePaths& paths, std::string_view folder,
                                                    std::string_view pattern, bool recursive);

/// True when a name ends like a file that is compiled, or included by one.
[[nodiscard]] bool is_source_name(std::string_view name);

}  // namespace bulkhead
