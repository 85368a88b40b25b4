// The general rules of a policy, applied to a graph: what each speaks of, and which edges break it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/general_rule.h"
#include "auditor/modules.h"
#include "auditor/policy.h"
#include "auditor/selector_match.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// How much a selector of a rule matched.
struct SelectorCount {
  std::string_view key;  ///< "from", "to", "layers": as in the policy. A literal.
  const Selector* selector;
  std::uint32_t count;
};

/// A line that some edges may not cross: dependees on one side, dependers on the other.
struct Boundary {
  std::function<bool(Endpoint)> is_inside;               ///< The dependees.
  std::function<bool(Endpoint)> is_asked;                ///< The dependers that may not cross; none is inside.
  std::function<bool(std::string_view)> holds_path{};    ///< Whether a file is inside; none where files do not count.
  std::function<bool(std::string_view)> asks_path{};     ///< Whether a file is one that may not include them.
  std::function<bool(std::string_view)> excuses_path{};  ///< Whether a file may, whatever target compiles it.
  std::function<bool(const Edge&)> is_excused{};         ///< Edges that may cross nevertheless; none when empty.
  std::string_view reason;  ///< Behind "which", as a format string over the rule: "rule '{}' forbids". A literal.
};

/// What one rule speaks of in one graph.
struct RuleScope {
  const GeneralRule* rule = nullptr;
  EndSet from{};
  EndSet to{};
  EndSet via{};
  EndSet except{};
  std::vector<EndSet> groups{};       ///< As GeneralRule::groups.
  std::vector<EndSet> siblings{};     ///< Of layers with independent selectors: each selector by itself.
  std::vector<std::size_t> layers{};  ///< For each of `siblings`, the position of its layer.
  std::vector<SelectorCount> selectors{};
  std::vector<EdgeKind> kinds{};  ///< Those that count.
  std::vector<Boundary> boundaries{};
  std::uint32_t dependers = 0;      ///< How many targets may have edges that break it.
  std::uint32_t dependees = 0;      ///< How many targets, files and libraries such edges may lead to.
  std::uint64_t edges_checked = 0;  ///< How many edges have such a depender and a kind that counts.
  bool sees_files = false;          ///< Whether edges to files can break it.

  [[nodiscard]] bool counts(EdgeKind kind) const;
  /// True for an edge of a kind that counts, of which neither end is an exception.
  [[nodiscard]] bool counts(const Edge& edge) const;
  /// True when includes can break it.
  [[nodiscard]] bool sees_includes() const { return sees_files && counts(EdgeKind::include); }
};

/// All rules of a policy, applied to one graph. Borrows from its arguments. Immutable, and never moved, for scopes
/// refer to each other.
class RuleScopes {
 public:
  RuleScopes(const TargetGraph& graph, const Policy& policy, const ModuleMap& modules);
  RuleScopes(const RuleScopes&) = delete;
  RuleScopes& operator=(const RuleScopes&) = delete;

  /// In the order of Policy::rules.
  [[nodiscard]] const std::vector<RuleScope>& all() const { return scopes_; }

 private:
  void select(RuleScope& scope, std::string_view key, const std::vector<Selector>& selectors, EndSet& set);
  void select_groups(RuleScope& scope);
  void draw_boundaries(RuleScope& scope);
  void draw_forbidden(RuleScope& scope);
  void draw_permitted(RuleScope& scope);
  void draw_visibility(RuleScope& scope);
  void draw_groups(RuleScope& scope);
  void draw_each(RuleScope& scope);
  void draw_layers(RuleScope& scope);
  void draw_siblings(RuleScope& scope);
  void count_edges(RuleScope& scope) const;
  void count_ends(RuleScope& scope) const;
  [[nodiscard]] bool is_permitted_elsewhere(const RuleScope& scope, const Edge& edge) const;

  const TargetGraph& graph_;
  SelectorMatcher matcher_;
  std::vector<Endpoint> ends_;
  std::vector<RuleScope> scopes_;
  std::vector<std::unique_ptr<std::vector<Selector>>> single_;  // each selector of a layer as a list of its own
};

}  // namespace bulkhead
