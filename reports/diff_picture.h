// The picture of a diff: what came and what went. Knows nothing about Graphviz.
#pragma once

#include "reports/diff_report.h"
#include "reports/picture.h"

namespace bulkhead {

/// Draws targets and edges that came, with "+", and that went, with "-", as far as the limits allow: edges between
/// targets first. Modules are clusters. The caption says what is left out.
[[nodiscard]] Picture build_diff_picture(const DiffReport& report, const PictureLimits& limits = {});

}  // namespace bulkhead
