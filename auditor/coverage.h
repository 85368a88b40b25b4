// What an audit could have seen: so that nothing is called fixed or stale only because nobody looked.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/policy.h"
#include "auditor/rule.h"
#include "graph/build_tree.h"
#include "graph/edge_kind.h"
#include "reports/report.h"

namespace bulkhead {

/// Knows which rules, modules, configurations and kinds of edge an audit has covered. Borrows all that it is made of.
class Coverage {
 public:
  /// `report` has the verdicts of all modules; `on` is by position in Policy::modules.
  Coverage(const Report& report, const Policy& policy, const std::vector<bool>& on, const BuildTree& tree);

  /// Why a finding of `rule` about `module` (empty for any), by an edge of one of `kinds` (empty when there is none),
  /// could be there and was not to be seen, "module cuda is on"; empty when it would have been seen. A module that
  /// the policy does not have can have no finding, so that none is missed.
  [[nodiscard]] std::string find_gap(const Rule& rule, std::string_view module, std::span<const EdgeKind> kinds) const;
  /// Whether the depender of an edge is in the build tree: a target, a CMake file that was read, or a file that was
  /// scanned for includes. A file that is gone from the disk counts as being there: it can have no edge. `label` as in
  /// FindingEnd.
  [[nodiscard]] bool has_depender(EdgeKind kind, std::string_view label) const;

 private:
  [[nodiscard]] bool has_target(std::string_view name) const;
  [[nodiscard]] bool has_source(std::string_view path) const;
  [[nodiscard]] std::string find_unfit_state(const Rule& rule, std::string_view module) const;
  [[nodiscard]] bool is_visible(EdgeKind kind, std::string_view module) const;
  [[nodiscard]] bool is_visible(EdgeKind kind, const Rule& rule) const;

  const Report& report_;
  const Policy& policy_;
  const std::vector<bool>& on_;
  const BuildTree& tree_;
};

}  // namespace bulkhead
