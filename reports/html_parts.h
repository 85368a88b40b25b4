// The sections of the HTML report. All text in them is escaped; none has a script, a style or a style attribute, so
// that a page shows them whatever its Content-Security-Policy is.
#pragma once

#include <optional>
#include <string>

#include "graph/result.h"
#include "reports/link_template.h"
#include "reports/page_graph.h"
#include "reports/report.h"

namespace bulkhead {

/// The verdict on each module and rule, counts, the picture of all findings, the baseline. Fails when Graphviz does.
[[nodiscard]] Result<std::string> write_summary_section(const Report& report);

/// Each finding as an article, in the order of the report; the first ones with a picture. Fails when Graphviz does.
[[nodiscard]] Result<std::string> write_findings_section(const Report& report, const std::optional<LinkTemplate>& link);

/// The dependency matrix of each graph that differs from those before it, with its data for the script.
[[nodiscard]] std::string write_matrix_section(const Report& report);

/// The place of the explorer, and the graphs, for the script.
[[nodiscard]] std::string write_explorer_section(const Report& report);

/// A graph as JSON, with the report's findings about its edges; see reports/html/graph.js for how it is read.
[[nodiscard]] std::string write_page_graph(const PageGraph& graph, const Report& report);

/// What render_web_svg() drew, made a part of a page: without ids, styles and the XML declaration. `name` says what it
/// shows.
[[nodiscard]] std::string write_inline_svg(std::string_view svg, std::string_view name);

/// The name of a configuration, or "no build type".
[[nodiscard]] std::string say_configuration(std::string_view configuration);

/// The `id` of each finding's article, "f-" and its fingerprint; of several with one fingerprint the later ones have a
/// number behind it.
[[nodiscard]] std::vector<std::string> finding_ids(const Report& report);

/// True when both show the same to a reader, whatever their configurations are.
[[nodiscard]] bool is_same_graph(const PageGraph& a, const PageGraph& b);

}  // namespace bulkhead
