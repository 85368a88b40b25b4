// The words in a picture: what its boxes, frames and arrows say.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/picture.h"
#include "reports/report.h"

namespace bulkhead {

/// Findings that are drawn as one, at least one of them: the same edge, or the same words. Borrowed from the report.
using FindingGroup = std::vector<const Finding*>;

/// All findings that can be drawn, in the order of the report: neither blind spots nor complaints about the policy.
[[nodiscard]] std::vector<FindingGroup> group_findings(const Report& report);
/// The strongest stroke that one of the findings asks for.
[[nodiscard]] Stroke stroke_of(const FindingGroup& group);

/// The outline for an end's label and type, as in FindingEnd.
[[nodiscard]] Shape shape_of(std::string_view label, std::string_view type);
/// "core" for "target:core", "-lfoo" for "library:foo", "-DUSE_X" for "definition:USE_X"; broken into lines.
[[nodiscard]] std::string say_node(std::string_view label);
/// "link, derived", the place, and the configurations when the report has several; broken into lines. The findings are
/// about an edge.
[[nodiscard]] std::string say_edge(const Report& report, const FindingGroup& group);
/// The messages in full, with their places and the first one's repair, one a line.
[[nodiscard]] std::string say_messages(const FindingGroup& group);
/// Where the first of the findings is to be seen; none when nobody knows.
[[nodiscard]] PicturePlace find_place(const FindingGroup& group);
/// The same of one call.
[[nodiscard]] PicturePlace find_place(const Evidence& evidence);
/// "core/CMakeLists.txt:12", broken into lines; empty when there is no file.
[[nodiscard]] std::string say_place(const Evidence& evidence);
/// Any other sentence, broken into lines.
[[nodiscard]] std::string say_prose(std::string_view text);
/// The frame of a module: "cuda (USE_CUDA=OFF)", then its stage and verdict. Says where configurations differ.
[[nodiscard]] PictureCluster describe_module(const Report& report, std::string_view name);
/// What was found, and with which CMake; then what no picture shows. `not_drawn` may be empty.
[[nodiscard]] std::string say_caption(const Report& report, std::string_view not_drawn);

/// "1 finding", "2 findings".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

}  // namespace bulkhead
