// From ends and frames of the graph to what a finding shows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auditor/rule.h"
#include "graph/cmake_sources.h"
#include "graph/target_graph.h"
#include "reports/finding.h"

namespace bulkhead {

/// An end of an edge, with its type and its module.
[[nodiscard]] FindingEnd describe(const RuleInput& input, Endpoint endpoint);
/// The name of an end without its prefix: "core", "src/a.cpp", "-lfoo".
[[nodiscard]] std::string short_name(const TargetGraph& graph, Endpoint endpoint);
/// The call behind a frame; empty when there is none. `mark` is the word to point at.
[[nodiscard]] Evidence show(const TargetGraph& graph, OptionalFrameId frame, std::string mark);
/// A file that the command line named, such as the policy: relative to the source root where it lies below it, since a
/// report names no machine's paths; else as it was named.
[[nodiscard]] std::string shown_path(const SourcePaths& paths, const std::string& file);
/// What is known of the call that made an edge.
struct CallEvidence {
  Evidence evidence;
  bool uncertain =
      false;  ///< The reply names another call, and the text of the CMake files does not tell which it was.
};

/// The call that made the edge: the reply's, unless its text speaks of something else; else the one that the text of
/// the CMake files tells; else the one at `otherwise`.
[[nodiscard]] CallEvidence show_call(CMakeSources& sources, const TargetGraph& graph, const Edge& edge,
                                     OptionalFrameId otherwise);

/// "USE_CUDA is off" for a plain variable, else "its toggle 'A AND B' is off".
[[nodiscard]] std::string say_off(const Module& module);

}  // namespace bulkhead
