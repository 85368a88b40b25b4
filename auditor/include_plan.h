// What an audit looks for in includes, so that one walk over the sources serves all of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "auditor/modules.h"
#include "auditor/rule_scopes.h"
#include "auditor/selector_match.h"
#include "auditor/source_tree.h"
#include "graph/include_scan.h"
#include "graph/part_set.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// What a part of the scan is for.
enum class IncludeUse : std::uint8_t {
  off_edge,       ///< The files of a module that is off, and the core's sources.
  core_edge,      ///< The files of a module that is on, and likewise.
  module_edge,    ///< The files of a module, and the sources of all but what is set aside.
  replaced_edge,  ///< The files that a module replaces, and likewise.
  boundary,       ///< The files inside a boundary of a general rule, and all sources.
};

/// The parts of a scan of one graph. Borrows from the graph, the modules and the scopes. Never moved.
class IncludePlan {
 public:
  IncludePlan(const TargetGraph& graph, const ModuleMap& modules);
  IncludePlan(const IncludePlan&) = delete;
  IncludePlan& operator=(const IncludePlan&) = delete;

  /// The files of the modules that are `searched`, and the sources of `targets`, less those of any module.
  void add_off_edges(const std::vector<bool>& searched, std::span<const TargetId> targets);
  /// Of the modules that are `searched` those of stage S0. A header that the compiler would not find is no matter: the
  /// module is on.
  void add_core_edges(const std::vector<bool>& searched);
  /// Of the modules that are `searched` those that a module with a stage may not depend on. `on` as in RuleInput.
  void add_module_edges(const std::vector<bool>& searched, const std::vector<bool>& on);
  /// What modules of stage S2 replace.
  void add_replaced_edges();
  /// The boundaries that includes may cross.
  void add_boundaries(const RuleScopes& scopes);

  [[nodiscard]] std::size_t part_count() const { return parts_.size(); }
  /// As IncludeScanInput::role_of. Safe to call from several threads.
  [[nodiscard]] FileRole role_of(std::string_view path) const;
  /// As IncludeScanInput::asking.
  [[nodiscard]] const PartSet& asking(TargetId target) const { return asking_[target.value()]; }
  /// The targets whose sources any part asks for.
  [[nodiscard]] std::vector<TargetId> targets() const;
  /// As IncludeScanInput::files.
  [[nodiscard]] std::vector<PartFile> find_files(SourceTree& disk) const;
  /// For IncludeSurvey::extract(): the parts of that use, each with its position in Policy::modules.
  [[nodiscard]] std::vector<std::optional<std::size_t>> numbers_of(IncludeUse use) const;
  /// The same for one boundary of a rule, with the number 0; empty when includes cannot cross it.
  [[nodiscard]] std::vector<std::optional<std::size_t>> numbers_of(std::size_t rule, std::size_t boundary) const;

 private:
  struct Part {
    IncludeUse use;
    std::size_t index;  // in Policy::modules, or in Policy::rules
    std::size_t boundary = 0;
    bool may_be_unfound = false;
    EndSet replaced{};
    const Boundary* line = nullptr;
  };

  std::size_t add(Part part);
  void ask(std::size_t part, bool with_modules);
  /// The role by the owner alone; `by_owner_` has that of the core, of what is set aside, then of each module.
  [[nodiscard]] static std::size_t row_of(Owner owner);

  const TargetGraph& graph_;
  const ModuleMap& modules_;
  SelectorMatcher matcher_;
  std::vector<Part> parts_;
  std::vector<std::size_t> by_path_;  // the parts that only the path tells
  std::vector<FileRole> by_owner_;
  std::vector<PartSet> asking_;  // by target
};

}  // namespace bulkhead
