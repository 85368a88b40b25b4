// Edges in words.
#pragma once

#include <string>
#include <string_view>

#include "graph/target_graph.h"

namespace bulkhead {

/// What the depender does to the dependee: "core links cuda_rt". The names are given, for they may say more than those
/// of the graph.
[[nodiscard]] std::string say_edge(const Edge& edge, std::string_view from, std::string_view to);

/// What to do about an edge of that kind which a general rule does not want.
[[nodiscard]] std::string say_repair(EdgeKind kind, std::string_view to);

}  // namespace bulkhead
