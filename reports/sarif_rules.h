// The tool and its rules, as SARIF describes them: with the manual pages as help.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "reports/report.h"
#include "reports/report_json.h"

namespace bulkhead {

/// The rules that a report's findings name; those of the catalogue first, in its order, whether or not they found
/// anything: what is gone is known to be mended only where its rule was asked.
class SarifRules {
 public:
  /// Borrows the report, which must outlive it.
  explicit SarifRules(const Report& report);

  /// The position of a rule in the list. Precondition: a finding of the report has it.
  [[nodiscard]] std::size_t index_of(std::string_view code) const { return places_.at(code); }
  /// A `toolComponent` of SARIF.
  [[nodiscard]] ReportJson driver() const;

 private:
  const Report& report_;
  std::map<std::string_view, std::size_t> places_;
  ReportJson rules_ = ReportJson::array();
};

}  // namespace bulkhead
