// The report for programs that read line by line: the parts of the JSON report, each an object on a line of its own.

#include "reports/report_json.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

// `type` first, so that a reader knows what it reads.
std::string write_line(std::string_view type, const ReportJson& part) {
  ReportJson line{{"type", type}};
  for (const auto& [key, value] : part.items()) line[key] = value;
  return dump(line, -1);
}

}  // namespace

Result<std::string> write_jsonl(const Report& report, const WriteOptions&) {
  std::string text = write_line("run", run_to_json(report));
  for (const Finding& finding : report.findings) text += write_line("finding", finding_to_json(finding));
  if (report.baseline) text += write_line("baseline", baseline_to_json(*report.baseline));
  return text + write_line("summary", summary_to_json(summarise(report)));
}

}  // namespace bulkhead
