// Answers to questions about the graph: ways from one thing to another, and what is next to a thing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/edge_kind.h"
#include "graph/source_paths.h"
#include "graph/target_graph.h"
#include "reports/finding.h"
#include "reports/style.h"

namespace bulkhead {

/// An edge, as an answer shows it.
struct AnswerEdge {
  FindingEnd from;
  FindingEnd to;
  EdgeKind kind = EdgeKind::link;
  Known known = Known::declared;
  std::vector<EdgeKind> also{};  ///< The other kinds of edge between the same ends, in the order of edge_kinds.
  Evidence evidence{};           ///< Of the call that made it; its file is empty when no line is known.
};

/// A name in a link list that is no edge here, or may be none; see ConditionalName.
struct ConditionalLink {
  std::string from;        ///< The target's name.
  std::string name;        ///< Of a target or a library.
  std::string expression;  ///< The whole entry, as it is written.
  bool is_false = false;   ///< Else its condition cannot be told.
};

/// What is said of one configuration, whatever the question was.
struct AnswerScope {
  std::string configuration;             ///< Empty when there is no build type.
  std::uint64_t edges = 0;               ///< That were looked at.
  std::vector<EdgeKind> unseen{};        ///< Kinds that count, but that the inputs cannot all show.
  std::vector<ConditionalLink> maybe{};  ///< In the order of the graph.
};

/// The ways in one configuration.
struct PathAnswer {
  AnswerScope scope{};
  std::vector<std::vector<AnswerEdge>> paths{};  ///< Shortest first; the hops of each in order.
  bool more = false;                             ///< There are others than these.
  /// Where there is no way: edges that would make one, if they were not inherited from what is to be avoided. Whether
  /// they are is a judgement.
  std::vector<AnswerEdge> doubtful{};
};

/// The answer of `bulkhead why`.
struct PathReport {
  std::string from;                      ///< As it was asked.
  std::string to;                        ///< Likewise.
  std::vector<EdgeKind> kinds{};         ///< That count; empty for all.
  std::vector<std::string> avoid{};      ///< As it was asked.
  std::optional<std::uint64_t> limit{};  ///< None when only the shortest way was asked for.
  std::vector<PathAnswer> configurations{};
};

/// A thing that was asked for, and the edge that leads to it.
struct Neighbour {
  FindingEnd end;
  std::uint32_t depth = 1;  ///< How many edges away it is.
  AnswerEdge edge;          ///< The depender, of `bulkhead refs`, or the dependee is `end`.
};

/// What is next to a thing in one configuration.
struct NeighbourAnswer {
  AnswerScope scope{};
  std::vector<Neighbour> found{};  ///< Sorted: targets, libraries, files, definitions; each by name.
  std::uint64_t inherited = 0;     ///< Edges that are left out, since others bring them.
};

/// The answer of `bulkhead refs` and `bulkhead deps`.
struct NeighbourReport {
  std::string command;                   ///< "refs" or "deps".
  std::string of;                        ///< As it was asked.
  std::vector<EdgeKind> kinds{};         ///< That count; empty for all.
  std::optional<std::uint32_t> depth{};  ///< None for whatever can be reached.
  bool shows_other_end = false;  ///< Text names both ends of an edge: there is more than one thing to be next to.
  std::vector<NeighbourAnswer> configurations{};
};

/// The name of an end without the prefix of its label: "core", "src/a.cpp", "-lfoo".
[[nodiscard]] std::string shown_name(const FindingEnd& end);

/// For people, with an excerpt of each line when `limit` is none, else a way below the other. The excerpts are read
/// from the source tree that `paths` knows. Each line ends in '\n'.
[[nodiscard]] std::string write_paths_text(const PathReport& report, const SourcePaths& paths, const Style& style);
/// For programs: docs/schema/bulkhead-paths-1.json.
[[nodiscard]] std::string write_paths_json(const PathReport& report);

/// For people, a line for each neighbour: name, type, kind, place, and the other end where that is not plain.
[[nodiscard]] std::string write_neighbours_text(const NeighbourReport& report, const Style& style);
/// What `write_neighbours_text` leaves out, a note a line, for the standard error; may be empty.
[[nodiscard]] std::string write_neighbour_notes(const NeighbourReport& report, const Style& style);
/// For programs: docs/schema/bulkhead-neighbours-1.json.
[[nodiscard]] std::string write_neighbours_json(const NeighbourReport& report);

}  // namespace bulkhead
