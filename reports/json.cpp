// The report for programs: docs/schema/bulkhead-report-1.json.

#include "reports/report_json.h"
#include "reports/writer.h"

namespace bulkhead {

Result<std::string> write_json(const Report& report, const WriteOptions&) {
  ReportJson json = run_to_json(report);
  json["findings"] = ReportJson::array();
  for (const Finding& finding : report.findings) json["findings"].push_back(finding_to_json(finding));
  if (report.baseline) json["baseline"] = baseline_to_json(*report.baseline);
  json["summary"] = summary_to_json(summarise(report));
  return dump(json, 2);
}

}  // namespace bulkhead
