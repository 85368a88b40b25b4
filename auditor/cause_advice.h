// What to say of a cause beyond its own repair: which edges to cut for those who inherit it, and how it comes to them.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auditor/causes.h"
#include "auditor/rule.h"
#include "graph/digraph.h"
#include "graph/inheritance.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// Advises on the causes of one graph, one group of targets after the other. Borrows its arguments.
class CauseAdvice {
 public:
  CauseAdvice(const RuleInput& input, const Inheritance& inheritance) : input_(input), inheritance_(inheritance) {}

  /// For each cause the fewest edges without which nobody who inherits it, nor the depender, has a way to the group,
  /// and what every such way goes through; direct edges, of equally many those that are declared and whose depender
  /// counts. Empty where that says no more than the cause does: nobody inherits it, only edges of its depender are to
  /// be cut, or more than can be named. `causes` are those that find_causes() gave for `query`; `may_pass` says which
  /// targets a way may begin at and go through.
  [[nodiscard]] std::vector<std::string> advise(std::span<const Cause> causes, const CauseQuery& query,
                                                const std::function<bool(Endpoint)>& may_pass);

 private:
  const std::vector<EdgeId>& direct_edges();

  const RuleInput& input_;
  const Inheritance& inheritance_;
  std::optional<std::vector<EdgeId>> direct_;  // of the kinds that are inherited; made when they are first asked for
  std::optional<Digraph> targets_;             // the same as arcs
};

/// Adds advice to a finding's help.
void add_advice(const std::string& advice, std::string& help);

}  // namespace bulkhead
