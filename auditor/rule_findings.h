// What findings of general rules have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/causes.h"
#include "auditor/general_rule.h"
#include "auditor/rule.h"
#include "auditor/rule_scopes.h"
#include "reports/finding.h"

namespace bulkhead {

/// A finding with all that the rule itself says: name, severity, why. `what` is the fact, `reason` a format string over
/// the rule's label, said behind "which" unless the rule has a message of its own.
[[nodiscard]] Finding start_finding(const GeneralRule& rule, std::string what, std::string_view reason);

/// The finding about a direct edge.
[[nodiscard]] Finding make_edge_finding(const RuleInput& input, const GeneralRule& rule, const Cause& cause,
                                        std::string_view reason);
/// The same for an include.
[[nodiscard]] Finding make_include_finding(const RuleInput& input, const GeneralRule& rule, const IncludeEdge& edge,
                                           std::string_view reason);

/// Adds a hop to a finding's path and evidence.
void add_hop(const RuleInput& input, const Edge& edge, Finding& finding);
/// What to say of the conditions around an include that may not be there at all, from a comma on; nothing when it is.
[[nodiscard]] std::string say_doubt(const IncludeEdge& edge);
/// Adds the line of an include to the evidence.
void add_include_evidence(const IncludeEdge& edge, Finding& finding);

/// The targets that an include is laid to: those that compile the file it stands in. For a header those of them that
/// the nearest directory above it defines, else the ones there that they depend on: who includes a header of what it
/// links has not written what is in it.
[[nodiscard]] std::vector<TargetId> find_includers(const TargetGraph& graph, const IncludeEdge& edge);

}  // namespace bulkhead
