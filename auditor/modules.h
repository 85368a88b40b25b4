// Who owns what: every target and file of a graph belongs to a module, to the core, or to what is set aside.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auditor/policy.h"
#include "graph/target_graph.h"
#include "reports/owner.h"

namespace bulkhead {

struct Inventory;

/// How much of a graph a part of the policy matched.
struct MatchCount {
  Location where;
  std::string_view what;   ///< "path", "target", "define", "entry", "set_aside". A literal.
  std::string text;        ///< The glob or selector as it is written.
  std::size_t module = 0;  ///< Position in Policy::modules; meaningless for set_aside.
  std::uint32_t count = 0;
};

/// The policy, applied to one graph. Borrows from the graph, the policy and the inventory. Immutable.
///
/// A target belongs to a module by its name, else, when it is IMPORTED, by where its file lies, else by the directory
/// that defines it; where several modules claim it, the longest literal prefix wins, then the first in the policy. What
/// a module claims is not set aside. Files in the build tree belong with the target that makes them, else with the
/// source directory that their build directory stands for.
class ModuleMap {
 public:
  /// What `inventory` remembers of modules of the policy is claimed by them where no glob does.
  ModuleMap(const TargetGraph& graph, const Policy& policy, const Inventory& inventory);

  [[nodiscard]] const Policy& policy() const { return policy_; }
  [[nodiscard]] Owner owner(TargetId id) const { return targets_[id.value()]; }
  /// The owner of a directory of the graph, by its source path.
  [[nodiscard]] Owner directory_owner(const Directory& directory) const;
  /// The owner of either end of an edge.
  [[nodiscard]] Owner owner(Endpoint endpoint) const;
  /// The owner of a name on a link line, of a target or a library, whether or not there is such a thing: by the
  /// policy's globs, the inventory, the targets and what these make.
  [[nodiscard]] Owner library_owner(std::string_view name) const;
  /// The owner of any path, whether or not the graph names it; see SourcePaths. Safe to call from several threads.
  [[nodiscard]] Owner path_owner(std::string_view path) const;
  /// The module's targets, in the order of the graph.
  [[nodiscard]] const std::vector<TargetId>& targets_of(std::size_t module) const { return module_targets_[module]; }
  /// How many distinct files of the module the graph names as ends of edges.
  [[nodiscard]] std::uint32_t files_of(std::size_t module) const { return module_files_[module]; }
  /// The edges onto the module whose depender it does not own, in the order of the graph.
  [[nodiscard]] const std::vector<EdgeId>& edges_onto(std::size_t module) const { return edges_onto_[module]; }
  /// How many edges have a depender in the core.
  [[nodiscard]] std::uint64_t core_edge_count() const { return core_edge_count_; }
  /// How much each glob and selector of the policy matched.
  [[nodiscard]] const std::vector<MatchCount>& matches() const { return matches_; }
  /// The source path that a path in the build tree stands for, or the path itself. See SourcePaths.
  [[nodiscard]] std::string source_of(std::string_view path) const;

 private:
  class Claims;
  class BuildFolders;
  /// Names and paths that an inventory remembers → position in Policy::modules.
  struct Remembered {
    std::unordered_map<std::string_view, std::size_t> targets;
    std::unordered_map<std::string_view, std::size_t> libraries;
    std::unordered_map<std::string_view, std::size_t> files;
  };
  using MatchTally = std::vector<std::uint32_t>;  // by position in matches_

  void own_targets(const Claims& names, const Claims& paths);
  /// The module that claims one of an IMPORTED target's locations: nothing in the build makes these files.
  [[nodiscard]] std::optional<std::size_t> location_claim(TargetId id, const Claims& paths, MatchTally& tally) const;
  void own_directories(const Claims& paths);
  void own_files(const Claims& paths);
  void remember(const Inventory& inventory);
  void own_names(const Claims& targets, const Claims& defines);
  void count_entries();
  void sort_edges();
  void add(const MatchTally& tally);
  [[nodiscard]] bool is_set_aside(TargetId id, MatchTally& tally) const;
  [[nodiscard]] bool is_set_aside(std::string_view path, MatchTally& tally) const;

  const TargetGraph& graph_;
  const Policy& policy_;
  std::shared_ptr<const Claims> path_claims_;
  Remembered remembered_;  // borrows from the inventory
  std::vector<Owner> targets_;
  std::vector<Owner> files_;        // by StringId; only those that are files at an end of an edge mean anything
  std::vector<Owner> libraries_;    // likewise, for bare library names
  std::vector<Owner> definitions_;  // likewise
  std::vector<std::vector<TargetId>> module_targets_;
  std::vector<std::uint32_t> module_files_;
  std::vector<std::vector<EdgeId>> edges_onto_;
  std::uint64_t core_edge_count_ = 0;
  std::vector<MatchCount> matches_;
  std::size_t first_set_aside_match_ = 0;
  std::vector<Owner> directories_;                                                // in the order of the graph
  std::vector<std::pair<std::string_view, std::string_view>> build_directories_;  // build → source, sorted
};

}  // namespace bulkhead
