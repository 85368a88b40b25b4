#include "reports/report.h"

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

}  // namespace bulkhead
