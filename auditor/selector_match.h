// What selectors select in a graph. The one place where a selector meets an end of an edge.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/modules.h"
#include "auditor/policy.h"
#include "auditor/selector.h"
#include "graph/target_graph.h"

namespace bulkhead {

class SelectorMatcher;

/// The targets, files and libraries that a list of selectors selects. Borrows from the selectors and the matcher.
class EndSet {
 public:
  /// Selects nothing.
  EndSet() = default;

  [[nodiscard]] bool contains(Endpoint endpoint) const {
    return endpoint.bits() < ends_.size() && ends_[endpoint.bits()];
  }
  /// Whether a file is selected that may be at no end of an edge; see SourcePaths. Safe to call from several threads.
  [[nodiscard]] bool contains_path(std::string_view path) const;
  [[nodiscard]] std::uint32_t target_count() const { return target_count_; }
  /// Files, directories and libraries that the graph names.
  [[nodiscard]] std::uint32_t other_count() const { return other_count_; }
  /// True when a selector may select files: `path:` and `module:`.
  [[nodiscard]] bool may_hold_files() const;

 private:
  friend class SelectorMatcher;

  const SelectorMatcher* matcher_ = nullptr;
  const std::vector<Selector>* selectors_ = nullptr;
  std::vector<bool> ends_;  // by Endpoint::bits()
  std::uint32_t target_count_ = 0;
  std::uint32_t other_count_ = 0;
};

/// Matches selectors against one graph. Borrows from its arguments. Immutable.
class SelectorMatcher {
 public:
  SelectorMatcher(const TargetGraph& graph, const Policy& policy, const ModuleMap& modules)
      : graph_(graph), policy_(policy), modules_(modules) {}

  /// `target:` selects targets, and libraries of such a name that are no targets; `path:` targets by the directory that
  /// defines them, and files and directories by their path, those in the build tree by the source path that they stand
  /// for; `type:` and `core` targets; `module:` whatever the module owns.
  [[nodiscard]] bool matches(const Selector& selector, Endpoint endpoint) const;
  /// The same for a file, whether or not the graph names it. Safe to call from several threads.
  [[nodiscard]] bool matches_path(const Selector& selector, std::string_view path) const;

  /// All ends of edges: every target, then whatever else stands at an end, in the order of the graph.
  [[nodiscard]] std::vector<Endpoint> all_ends() const;
  /// What the selectors select among `ends`. `counts` gets the number for each selector.
  [[nodiscard]] EndSet select(const std::vector<Selector>& selectors, const std::vector<Endpoint>& ends,
                              std::vector<std::uint32_t>& counts) const;

 private:
  [[nodiscard]] bool is_module(const Selector& selector, Owner owner) const;

  const TargetGraph& graph_;
  const Policy& policy_;
  const ModuleMap& modules_;
};

}  // namespace bulkhead
