// From ends and frames of the graph to what a finding shows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auditor/rule.h"
#include "graph/target_graph.h"
#include "reports/finding.h"

namespace bulkhead {

/// An end of an edge, with its type and its module.
[[nodiscard]] FindingEnd describe(const RuleInput& input, Endpoint endpoint);
/// The name of an end without its prefix: "core", "src/a.cpp", "-lfoo".
[[nodiscard]] std::string short_name(const TargetGraph& graph, Endpoint endpoint);
/// The call behind a frame; empty when there is none. `mark` is the word to point at.
[[nodiscard]] Evidence show(const TargetGraph& graph, OptionalFrameId frame, std::string mark);
/// "USE_CUDA is off" for a plain variable, else "its toggle 'A AND B' is off".
[[nodiscard]] std::string say_off(const Module& module);

}  // namespace bulkhead
