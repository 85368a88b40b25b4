// The general rules of a policy: what may depend on what, whether or not anything is optional.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/selector.h"
#include "graph/edge_kind.h"
#include "graph/result.h"
#include "reports/finding.h"

namespace bulkhead {

enum class RuleKind : std::uint8_t {
  acyclic,
  allowed,
  forbidden,
  independent,
  layers,
  required,
  visibility,
  within_view
};

inline constexpr std::array rule_kinds = {RuleKind::acyclic,     RuleKind::allowed,    RuleKind::forbidden,
                                          RuleKind::independent, RuleKind::layers,     RuleKind::required,
                                          RuleKind::visibility,  RuleKind::within_view};

/// The code in the catalogue: "within-view".
[[nodiscard]] std::string_view code_of(RuleKind kind);
/// The heading in the policy: "within_view".
[[nodiscard]] std::string_view table_of(RuleKind kind);

/// What a cycle of an `[[acyclic]]` leads through.
enum class CycleScope : std::uint8_t { targets, folders, modules };

/// What several selectors select together: a layer, or one of those that are independent.
struct RuleGroup {
  std::vector<Selector> selectors;
  Location where;
};

/// One table of the policy. What a member means that the kind of rule does not have is nothing.
struct GeneralRule {
  RuleKind kind = RuleKind::forbidden;
  std::string name{};     ///< May be empty; no two rules have the same.
  std::string why{};      ///< Quoted in findings; may be empty.
  std::string message{};  ///< Said in findings instead of "which rule '…' forbids"; may be empty.
  Severity severity = Severity::error;
  std::vector<EdgeKind> kinds{};    ///< Those that count, in the order of edge_kinds; empty for the default.
  std::vector<Selector> from{};     ///< The dependers. Of acyclic: the targets that count, all when empty.
  std::vector<Selector> to{};       ///< The dependees.
  std::vector<Selector> via{};      ///< A way through one of these is allowed.
  std::vector<Selector> except{};   ///< Neither depender nor dependee.
  std::vector<RuleGroup> groups{};  ///< Layers, the highest first; or what is independent.
  bool transitive = false;          ///< Edges through others count as well.
  bool closed = false;              ///< Only the next lower layer may be used.
  bool independent = false;         ///< The selectors of one layer may not use each other.
  bool each = false;                ///< Every target of `from` is a group of its own.
  CycleScope over = CycleScope::targets;
  std::optional<std::uint32_t> depth{};  ///< Of folders: how many names of their path count; all when there is none.
  Location where{};

  /// The name, or what the rule says, as short as the policy does: "core -> path:third_party/**".
  [[nodiscard]] std::string label() const;
};

}  // namespace bulkhead
