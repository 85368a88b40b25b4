// From the words of `bulkhead graph` to the part of the graph that its picture is about.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "auditor/question.h"
#include "graph/edge_kind.h"
#include "graph/result.h"
#include "reports/graph_subject.h"
#include "reports/graph_view.h"

namespace bulkhead {

/// What a picture is asked to show. Words are as of Question::parse_end().
struct SubjectQuery {
  std::vector<std::string> selectors{};  ///< What to show with its surroundings; empty for everything.
  std::optional<std::size_t> depth{};    ///< How many edges around that; 1 when nothing is said.
  std::vector<std::string> focus{};      ///< Show only these and their neighbours.
  std::vector<std::string> reaches{};    ///< Show only what depends on these, and these.
  std::vector<EdgeKind> kinds{};  ///< Sorted. Empty for the edges between targets, and whatever leads onto a module.
  bool all = false;               ///< Also what is set aside, and UTILITY targets on which nothing depends.
};

/// The things and edges to draw. Edges that a closure merely repeats are left out, see auditor/direct_edges.h, and so
/// is what nobody wants to see unless it is asked for: targets that the policy sets aside, and UTILITY targets on which
/// no other target depends, as check-all. Fails for words that select nothing.
[[nodiscard]] Result<GraphSubject> choose_subject(const Question& question, const GraphView& view,
                                                  const SubjectQuery& query);

}  // namespace bulkhead
