// The CMake call behind an edge, where only the text of the project's CMake files can tell.
#pragma once

#include <optional>
#include <string>

#include "graph/call_index.h"
#include "graph/cmake_sources.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// A call that speaks of both ends of an edge.
struct DeclaringCall {
  std::string file;              ///< Canonical, see SourcePaths.
  const CMakeCall* call;         ///< Borrowed from the CMakeSources.
  const CallArgument* argument;  ///< The one that names the dependee. Likewise.
};

/// The call that made the edge, found in the files that define the depender, else in the CMakeLists.txt of a directory
/// above: one that names the dependee, and the
/// depender as the target that it is about. Of a custom command it is one of the depender's sources that has to be
/// named. None when no call does, and when several do that are not about the depender by their first argument.
[[nodiscard]] std::optional<DeclaringCall> find_declaring_call(CMakeSources& sources, const TargetGraph& graph,
                                                               const Edge& edge);
/// The same, for those who ask about many edges. `index` is of the same sources and graph.
[[nodiscard]] std::optional<DeclaringCall> find_declaring_call(CallIndex& index, const TargetGraph& graph,
                                                               const Edge& edge);

/// True when the text of the edge's own call is at hand, plain, and does not name the dependee: `dependencies` may name
/// another call than the one that made the edge.
[[nodiscard]] bool is_wrong_call(CMakeSources& sources, const TargetGraph& graph, const Edge& edge);

}  // namespace bulkhead
