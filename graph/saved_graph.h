// The graph of a build tree in a form that is kept: sorted, by name, with nothing of the machine in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "graph/build_tree.h"
#include "graph/edge_kind.h"
#include "graph/id.h"
#include "graph/result.h"
#include "graph/string_pool.h"
#include "graph/target_type.h"

namespace bulkhead {

/// A target. Its strings are in SavedGraph::strings.
struct SavedTarget {
  StringId name;
  StringId directory;  ///< Where it is defined, see SourcePaths.
  StringId file;       ///< Of the call that created it; empty when that is not known.
  std::uint32_t line;  ///< 1-based; 0 when unknown.
  TargetType type;
  bool imported = false;
  bool abstract = false;  ///< As in Target.
};

/// An edge. Its strings are in SavedGraph::strings.
struct SavedEdge {
  StringId from;       ///< A label: "target:core", "file:CMakeLists.txt".
  StringId to;         ///< Likewise; may also be "library:z" or "definition:USE_X".
  StringId file;       ///< Of the call that made the edge; empty when that is not known.
  std::uint32_t line;  ///< 1-based; 0 when unknown.
  EdgeKind kind;
  Known known;
  bool inherited = false;  ///< The depender seems to have it only because of another dependee, see Inheritance.
};

/// The graph of one configuration.
struct SavedConfiguration {
  std::string name;                  ///< Empty when there is no build type.
  std::vector<SavedTarget> targets;  ///< By name, then by directory and type.
  std::vector<SavedEdge> edges;      ///< By depender, kind and dependee; no two have all three in common.
};

/// The graph of a build tree, all of its configurations.
struct SavedGraph {
  std::string cmake_version;  ///< "3.25.1"
  std::string generator;      ///< "Ninja"
  std::uint32_t codemodel_major = 2;
  std::uint32_t codemodel_minor = 0;
  bool captured = false;  ///< A capture was joined.
  bool commands = false;  ///< build.ninja was read.
  StringPool strings;
  std::vector<SavedConfiguration> configurations;  ///< In the order of the reply.

  [[nodiscard]] std::string_view text(StringId id) const { return strings[id]; }
  /// True when edges between targets are direct ones: codemodel >= 2.9, or a capture.
  [[nodiscard]] bool has_direct_edges() const { return codemodel_minor >= 9 || captured; }
};

/// Puts targets and edges into their order. Of edges between the same two, of the same kind, one is kept: one of its
/// own before an inherited one, then a declared one, then one with a line, then the first by file and line.
void sort_saved_graph(SavedGraph& graph);

/// The graphs of a build tree. In definitions the absolute paths of the source and build tree become `<source>` and
/// `<build>`; texts that are no UTF-8 have U+FFFD for what is none. Reads the project's CMake files, where they are at
/// hand, to tell the line of an edge from lines that only look like it.
[[nodiscard]] SavedGraph save_graph(const BuildTree& tree);

/// JSON as docs/schema/bulkhead-graph-1.json has it, one line for each target and each edge.
[[nodiscard]] std::string write_saved_graph(const SavedGraph& graph, std::string_view tool_version);

/// Reads what write_saved_graph() wrote. What it does not understand is a located error.
[[nodiscard]] Result<SavedGraph> read_saved_graph(const std::filesystem::path& file);

/// The same for a text; `file` is for messages.
[[nodiscard]] Result<SavedGraph> parse_saved_graph(std::string_view text, const std::string& file);

}  // namespace bulkhead
