// The parts of a report as JSON, for the formats that are made of it; docs/schema/bulkhead-report-1.json has them all.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "reports/report.h"

namespace bulkhead {

/// Keeps its keys in the order in which they were written.
using ReportJson = nlohmann::ordered_json;

/// What was audited, and how: all of the report that stands before the findings.
[[nodiscard]] ReportJson run_to_json(const Report& report);
[[nodiscard]] ReportJson finding_to_json(const Finding& finding);
[[nodiscard]] ReportJson baseline_to_json(const BaselineReport& baseline);
[[nodiscard]] ReportJson summary_to_json(const Summary& summary);

/// Adds to `json` what is told of a finding that another report tells in full: message, file, line, fingerprint.
void add_brief(ReportJson& json, const Finding& finding);

/// The text, ended by a newline; on one line when `indent` is -1. Names come from the outside and need not be UTF-8;
/// each byte that is none becomes U+FFFD.
[[nodiscard]] std::string dump(const ReportJson& json, int indent);

}  // namespace bulkhead
