// What the words of a question on the command line mean: its ends, kinds of edge, and what is to be avoided.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/modules.h"
#include "auditor/policy.h"
#include "auditor/selector.h"
#include "auditor/selector_match.h"
#include "graph/cmake_sources.h"
#include "graph/edge_kind.h"
#include "graph/inputs.h"
#include "graph/result.h"
#include "graph/target_graph.h"
#include "reports/answer.h"

namespace bulkhead {

/// The graph of one configuration with the modules of a policy; without a policy there are none. Borrows its arguments.
class Question {
 public:
  Question(const TargetGraph& graph, const Policy& policy, const ModuleMap& modules)
      : graph_(graph), policy_(policy), modules_(modules), matcher_(graph, policy, modules) {}

  [[nodiscard]] const TargetGraph& graph() const { return graph_; }
  [[nodiscard]] const ModuleMap& modules() const { return modules_; }

  /// What a word speaks of: a selector, or the bare name of a module, a target or a folder. Fails when there is no such
  /// thing, for to find nothing about it would say nothing; a module of the policy may well have nothing in the build
  /// while it is off.
  [[nodiscard]] Result<Selector> parse_end(const std::string& word) const;
  /// What it selects. Borrows `selectors`, and this object.
  [[nodiscard]] EndSet select(const std::vector<Selector>& selectors) const;

  /// The names between two ends in link lists that are no edges here, or may be none; null for any end.
  [[nodiscard]] std::vector<ConditionalLink> find_conditional(const Selector* from, const Selector* to) const;

  /// An edge as an answer shows it. `kinds` are those between the same ends that the answer speaks of; its own is left
  /// out.
  [[nodiscard]] AnswerEdge show(CMakeSources& sources, const Edge& edge, std::vector<EdgeKind> kinds) const;
  /// An end, with its type and its module.
  [[nodiscard]] FindingEnd describe(Endpoint endpoint) const;

 private:
  [[nodiscard]] Result<Selector> parse_word(const std::string& word) const;
  [[nodiscard]] Result<void> require(const Selector& selector, const std::string& word) const;
  [[nodiscard]] bool matches_anything(const Selector& selector) const;
  [[nodiscard]] std::vector<std::string_view> known_names(const Selector& selector) const;
  [[nodiscard]] bool is_named(const ConditionalName& one, const Selector& to) const;

  const TargetGraph& graph_;
  const Policy& policy_;
  const ModuleMap& modules_;
  SelectorMatcher matcher_;
};

/// The kinds of a list such as "link,order", sorted, each once. `include` is refused: includes are no part of a graph.
[[nodiscard]] Result<std::vector<EdgeKind>> parse_kinds(std::string_view list);

/// Whether edges of that kind count; an empty list stands for all kinds.
[[nodiscard]] bool counts(const std::vector<EdgeKind>& kinds, EdgeKind kind);

/// The kinds that count, and that the inputs cannot all show; in the order of edge_kinds. `include` is one of them,
/// unless it does not count.
[[nodiscard]] std::vector<EdgeKind> find_unseen(const TargetGraph& graph, const Inputs& inputs,
                                                const std::vector<EdgeKind>& kinds);

}  // namespace bulkhead
