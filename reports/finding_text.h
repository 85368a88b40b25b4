// Findings in single lines of valid text, for the formats of CI systems.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/report.h"

namespace bulkhead {

/// Findings that differ in nothing but the configuration, see merge_configurations().
using MergedFinding = std::vector<const Finding*>;

/// The name behind a label's prefix: "core" for "target:core".
[[nodiscard]] std::string_view bare_name(std::string_view label);

/// The message. Behind it, where the report has several configurations, those of the findings: " (Debug, Release)".
[[nodiscard]] std::string say_message(const Report& report, const MergedFinding& findings);
/// "core -> cuda_rt  [link, derived]"; empty when it is not about an edge.
[[nodiscard]] std::string say_way(const Finding& finding);
/// "core/CMakeLists.txt:12"; the file alone where no line is known, and empty where no file is.
[[nodiscard]] std::string say_site(const Evidence& evidence);
/// "issue 7, owner @mira, until 2027-03-31 (bulkhead.toml:9)".
[[nodiscard]] std::string say_waiver(const AppliedWaiver& waiver);
/// What is to be said below the message, a line each: the way, who inherits it, why the policy says so, the repair, and
/// why it is accepted.
[[nodiscard]] std::vector<std::string> say_details(const Finding& finding);
/// What Finding::inherited_by has to do with the finding: "inherited by", "shared by", "compiled into".
[[nodiscard]] std::string_view verb_of_inheritors(const Finding& finding);
/// "link include": the kinds, separated by blanks.
[[nodiscard]] std::string say_kinds(const std::vector<EdgeKind>& kinds);
/// "1 error, 2 warnings, 3 known, 1 waived"; the last two only where there are any.
[[nodiscard]] std::string say_counts(const Summary& summary);

/// New findings in the order in which to show them where only the first are shown: one of each place and rule, then the
/// rest; those that have a place before the others. Each once, whatever the number of configurations.
[[nodiscard]] std::vector<MergedFinding> rank(const Report& report, Severity severity);

/// At most `most` bytes of valid UTF-8, cut between characters, with an ellipsis where it is cut.
[[nodiscard]] std::string cut(std::string text, std::size_t most);

}  // namespace bulkhead
