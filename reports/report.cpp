#include "reports/report.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace bulkhead {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::isolated: return "isolated";
    case Verdict::violated: return "violated";
    case Verdict::unproven: return "unproven";
  }
  return "";
}

std::string_view to_string(RuleVerdict verdict) {
  switch (verdict) {
    case RuleVerdict::holds: return "holds";
    case RuleVerdict::broken: return "broken";
    case RuleVerdict::unproven: return "unproven";
  }
  return "";
}

std::string say_verdict(const ModuleReport& module) {
  std::string said(to_string(module.verdict));
  if (module.verdict == Verdict::violated && module.status != Status::fresh) {
    said += ", " + std::string(to_string(module.status));
  }
  return said;
}

Summary summarise(const Report& report) {
  Summary summary;
  for (const Finding& finding : report.findings) {
    switch (finding.status) {
      case Status::fresh:
        ++summary.fresh;
        ++(finding.severity == Severity::error ? summary.errors : summary.warnings);
        break;
      case Status::known: ++summary.known; break;
      case Status::waived: ++summary.waived; break;
    }
  }
  return summary;
}

bool fails_check(const Finding& finding, Severity threshold) {
  return finding.status == Status::fresh && finding.severity >= threshold;
}

bool fails_check(const Report& report, Severity threshold) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [threshold](const Finding& finding) { return fails_check(finding, threshold); });
}

std::vector<std::vector<const Finding*>> merge_configurations(const Report& report) {
  using Key = std::tuple<std::string_view, Status, std::size_t>;
  std::vector<std::vector<const Finding*>> merged;
  std::map<Key, std::size_t> places;
  // Should one configuration have two with the same fingerprint, they stay two.
  std::map<std::tuple<std::string_view, Status, std::string_view>, std::size_t> counts;
  for (const Finding& finding : report.findings) {
    const std::size_t count = counts[{finding.fingerprint, finding.status, finding.configuration}]++;
    const auto [place, is_new] = places.try_emplace(Key(finding.fingerprint, finding.status, count), merged.size());
    if (is_new) merged.emplace_back();
    merged[place->second].push_back(&finding);
  }
  return merged;
}

}  // namespace bulkhead
