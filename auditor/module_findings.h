// What findings about the edges of modules have in common.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/causes.h"
#include "auditor/rule.h"
#include "reports/finding.h"

namespace bulkhead {

/// Edges that are dependencies of what is built: not those of CMake files, which enter and install everything.
[[nodiscard]] bool is_dependency(const Edge& edge);

/// The finding about an edge that causes others. `about` is the module that the finding is about. The message is what
/// the depender does to the dependee, and `trouble` behind a comma.
[[nodiscard]] Finding make_module_finding(const RuleInput& input, const Cause& cause, const Module& about,
                                          std::string_view trouble, std::string help);

/// The same for an include. Where a condition on the way cannot be told, the message says so, and the finding is
/// conditional.
[[nodiscard]] Finding make_module_include_finding(const RuleInput& input, const IncludeEdge& edge, const Module& about,
                                                  std::string_view trouble, std::string help);

/// Counts these targets, and their edges that are dependencies.
void count_dependers(const RuleInput& input, const std::function<bool(TargetId)>& is_depender, RuleCount& count);
/// The kinds of dependency that the inputs cannot show, those of includes as the scan says.
[[nodiscard]] std::vector<EdgeKind> find_blind_kinds(const RuleInput& input, const IncludeScan& scan);

/// "cuda_rt of module cuda"; the name alone for what no module owns.
[[nodiscard]] std::string name_with_module(const RuleInput& input, Endpoint endpoint);

}  // namespace bulkhead
