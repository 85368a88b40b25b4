// From a graph and the modules of a policy to what a page carries.
#pragma once

#include <cstddef>

#include "auditor/rule.h"
#include "graph/inheritance.h"
#include "reports/page_graph.h"

namespace bulkhead {

/// More targets make no page that a browser could show, and reachability takes a bit for each pair.
inline constexpr std::size_t most_page_targets = 30'000;

/// The graph of one configuration, with the includes that the audit came across. Larger ones are left out.
[[nodiscard]] PageGraph make_page_graph(const RuleInput& input, const Inheritance& inheritance);

}  // namespace bulkhead
