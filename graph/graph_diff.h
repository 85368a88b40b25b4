// What came and went between two graphs of a project.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/edge_kind.h"
#include "graph/result.h"
#include "graph/saved_graph.h"

namespace bulkhead {

/// What became of a target or an edge.
enum class Change : std::uint8_t {
  added,    ///< The new graph has it, the old one has not.
  removed,  ///< The other way round.
  changed,  ///< Of a target alone: both have it, with another type or in another directory.
};
/// "added", "removed" or "changed".
[[nodiscard]] std::string_view to_string(Change change);

/// A target that came, went or changed.
struct TargetChange {
  Change change = Change::added;
  std::string name;
  std::string type;                           ///< "STATIC_LIBRARY"; of the new graph, where it is there.
  std::string directory;                      ///< See SourcePaths; likewise.
  std::string old_type{};                     ///< Of a changed one, else empty.
  std::string old_directory{};                ///< Likewise.
  std::string file{};                         ///< Of the call that creates it; empty when unknown.
  std::uint32_t line = 0;                     ///< 1-based; 0 when unknown.
  std::vector<std::string> configurations{};  ///< Those in which it is so; empty when it is so in all.
  bool uncertain = false;                     ///< The two graphs may differ in it only for how they were made.

  bool operator==(const TargetChange&) const = default;
};

/// An edge that came or went.
struct EdgeChange {
  Change change = Change::added;
  EdgeKind kind = EdgeKind::link;
  std::string from;         ///< A label: "target:core".
  std::string to;           ///< Likewise.
  std::string directory{};  ///< That defines the depender; of a file, the one that it lies in. See SourcePaths.
  Known known = Known::declared;
  std::string file{};                         ///< Of the call that makes it; empty when unknown.
  std::uint32_t line = 0;                     ///< 1-based; 0 when unknown.
  std::vector<std::string> configurations{};  ///< As in TargetChange.
  bool uncertain = false;                     ///< As in TargetChange, or the other graph has it as an inherited one.

  bool operator==(const EdgeChange&) const = default;
};

/// How the new graph differs from the old one.
struct GraphDiff {
  std::vector<std::string> remarks{};   ///< Why the two cannot be compared in everything; sentences without full stop.
  std::vector<TargetChange> targets{};  ///< By name, then removed before added ones.
  std::vector<EdgeChange> edges{};      ///< By depender, kind and dependee.
  std::vector<std::string> configurations{};  ///< Those that were compared; "old, new" where names differ.
  std::uint64_t inherited_added = 0;          ///< Entries that only follow from other edges, over all configurations.
  std::uint64_t inherited_removed = 0;        ///< Likewise.

  bool operator==(const GraphDiff&) const = default;
  /// True when nothing came or went. Remarks do not count.
  [[nodiscard]] bool is_empty() const {
    return targets.empty() && edges.empty() && inherited_added == 0 && inherited_removed == 0;
  }
};

/// Compares configurations of the same name; where each graph has but one, those two. Only edges of the depender's own
/// are told one by one: an entry that is inherited, as far as can be told, follows from others. A line that moved is no
/// difference. Fails when no configuration is in both.
[[nodiscard]] Result<GraphDiff> diff_graphs(const SavedGraph& before, const SavedGraph& after);

}  // namespace bulkhead
