// A graph in the form that a page carries: it owns its text, and leaves out what is merely inherited.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/edge_kind.h"
#include "graph/target_graph.h"
#include "reports/graph_view.h"
#include "reports/owner.h"

namespace bulkhead {

/// A line of a file.
struct PagePlace {
  std::uint32_t file = 0;  ///< Position in PageGraph::files; meaningless without a line.
  std::uint32_t line = 0;  ///< 1-based; 0 when unknown.

  bool operator==(const PagePlace&) const = default;
};

/// A target, or what else of a module stands at an end of an edge.
struct PageEnd {
  std::string label;        ///< As FindingEnd::label: "target:core", "file:src/a.cpp".
  std::string type{};       ///< "STATIC_LIBRARY"; empty when this is no target.
  std::string directory{};  ///< The source directory that defines a target, or that a file lies in; else empty.
  Owner owner = Owner::core();
  PagePlace place{};  ///< The call that creates a target.

  bool operator==(const PageEnd&) const = default;
};

/// Depender → dependee.
struct PageEdge {
  std::uint32_t from = 0;  ///< Position in PageGraph::ends.
  std::uint32_t to = 0;    ///< Likewise.
  EdgeKind kind = EdgeKind::link;
  Known known = Known::declared;
  PagePlace place{};  ///< The call that made it, as the reply has it.

  bool operator==(const PageEdge&) const = default;
};

/// One configuration's graph: all targets, the direct edges between them, and the edges of whatever kind that lead into
/// a module from outside of it.
struct PageGraph {
  std::string configuration{};
  std::vector<ViewedModule> modules{};  ///< Owner::module() is a position here.
  std::vector<std::string> files{};     ///< See SourcePaths.
  std::vector<PageEnd> ends{};          ///< Targets first, in the order of the graph.
  std::size_t target_count = 0;         ///< How many of the ends are targets.
  std::vector<PageEdge> edges{};        ///< By depender, dependee, kind and place.
  std::uint64_t inherited = 0;          ///< Edges between targets that were left out, as others bring them.
  bool left_out = false;                ///< Too large for a page: `ends` and `edges` are empty.
};

}  // namespace bulkhead
