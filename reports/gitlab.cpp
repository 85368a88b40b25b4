// The findings as GitLab's Code Quality report reads them: a list in the format of Code Climate, with what GitLab uses
// of it. GitLab compares the fingerprints of two branches, so known findings are told like new ones.

#include <fmt/format.h>

#include <set>

#include "reports/finding_text.h"
#include "reports/label.h"
#include "reports/report_json.h"
#include "reports/repository_paths.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

std::string_view severity_of(const Finding& finding) {
  if (finding.status == Status::waived) return "info";
  return finding.severity == Severity::error ? "major" : "minor";
}

// It has to be the only one of its kind in the report.
std::string unique_fingerprint(const std::string& fingerprint, std::set<std::string>& taken) {
  std::string unique = fingerprint;
  for (std::size_t i = 2; !taken.insert(unique).second; ++i) unique = fmt::format("{}-{}", fingerprint, i);
  return unique;
}

ReportJson write_entry(const Report& report, const RepositoryPaths& paths, const MergedFinding& merged,
                       std::set<std::string>& taken) {
  const Finding& finding = *merged.front();
  const RepositoryPlace place = paths.place_of(finding);
  std::string description = say_message(report, merged);
  if (finding.status != Status::fresh) description += fmt::format(" ({})", to_string(finding.status));
  if (finding.waiver) description += ": " + say_waiver(*finding.waiver);
  return {{"description", description},
          {"check_name", displayable(finding.rule)},
          {"fingerprint", unique_fingerprint(finding.fingerprint, taken)},
          {"severity", severity_of(finding)},
          {"location", {{"path", place.path}, {"lines", {{"begin", place.line}}}}}};
}

}  // namespace

Result<std::string> write_gitlab(const Report& report, const WriteOptions&) {
  const RepositoryPaths paths(report);
  std::set<std::string> taken;
  ReportJson entries = ReportJson::array();
  for (const MergedFinding& merged : merge_configurations(report))
    entries.push_back(write_entry(report, paths, merged, taken));
  return dump(entries, 2);
}

}  // namespace bulkhead
