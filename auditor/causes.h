// Which of the edges onto a module is a cause, and which targets merely inherit it.
#pragma once

#include <functional>
#include <vector>

#include "auditor/rule.h"
#include "graph/inheritance.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// An edge onto a module that somebody wrote, as far as the inputs can tell.
struct Cause {
  EdgeId edge;
  OptionalFrameId frame;               ///< The call, where the edge itself has none and one that inherits it names it.
  std::vector<TargetId> inherited_by;  ///< Core targets that have the edge only through this one; by name.
};

/// A group of targets and files, and who may not have edges onto it.
struct CauseQuery {
  std::vector<EdgeId> edges;                ///< From outside the group onto it, in the order of the graph.
  std::function<bool(Endpoint)> is_inside;  ///< The group.
  std::function<bool(Endpoint)> is_asked;   ///< The dependers that count.
  std::function<bool(const Edge&)> is_expected =
      {};                    ///< Edges of CMake files that follow from others; none when empty.
  bool asked_first = false;  ///< Where one call gives an entry to several, the cause is at one that counts.
};

/// The causes of `query.edges` that reach a depender that counts: it is the depender, or inherits the edge from it.
/// Every edge is a cause, is inherited from one, or follows from one (the usage requirements of a target that is
/// linked).
[[nodiscard]] std::vector<Cause> find_causes(const RuleInput& input, const Inheritance& inheritance,
                                             const CauseQuery& query);

/// All edges from outside a module onto it, asked for the core: a cause reaches it when the depender is a core target
/// or file, or a core target inherits the edge from it. Borrows from `input`.
///
/// Codemodel >= 2.9 says which edges between targets are direct; before, Inheritance judges. A target that could have
/// inherited the edge from nobody is always a cause. Entries of evaluated lists (include directories, definitions,
/// sources, libraries) are traced to the call that brought them in: one cause a call.
[[nodiscard]] CauseQuery query_of_core(const RuleInput& input, std::size_t module);

}  // namespace bulkhead
