// An include that leads from one part of the project to another, and the way to it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "graph/target_graph.h"

namespace bulkhead {

/// A line of a file. Paths are canonical, see SourcePaths.
struct IncludeStep {
  std::string file;
  std::uint32_t line = 0;  ///< 1-based; 0 when the last build says that there is one, and no line is known.

  auto operator<=>(const IncludeStep&) const = default;
};

/// A condition around an include.
struct IncludeCondition {
  IncludeStep place;
  std::string text;                ///< "#if defined(USE_CUDA) && X"
  std::vector<std::string> names;  ///< That it mentions.
  bool is_known = true;            ///< Otherwise nobody can tell whether it holds.

  bool operator==(const IncludeCondition&) const = default;
};

/// An include of a file that is inside a part, from one that is not: a line, however many sources reach it.
struct IncludeEdge {
  std::size_t part = 0;  ///< A number, see IncludeSurvey.
  IncludeStep place{};
  std::string name{};                          ///< The header, as the include has it.
  std::string file{};                          ///< What it means, canonical.
  bool is_found = true;                        ///< Else there is no such header, and `file` may be meant by it.
  bool is_certain = false;                     ///< For at least one source; else a condition on the way is not known.
  std::vector<IncludeCondition> conditions{};  ///< In the file of `place`, outermost first.
  std::vector<IncludeStep> chain{};            ///< From a source to `place`, the shortest that was met.
  std::vector<TargetId> targets{};             ///< Whose sources reach it. Sorted.
  std::uint32_t source_count = 0;              ///< How many of their sources do.
};

/// Joins what several sources say of a line.
class IncludeEdges {
 public:
  void add(IncludeEdge edge);
  void add(IncludeEdges&& others);
  /// Sorted by part, place and file. Leaves nothing.
  [[nodiscard]] std::vector<IncludeEdge> take();

 private:
  using Key = std::tuple<std::size_t, IncludeStep, std::string>;

  std::map<Key, IncludeEdge> edges_;
};

}  // namespace bulkhead
