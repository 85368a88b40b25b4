// The cases below tests/cases/<rule>, audited.
#pragma once

#include <filesystem>
#include <vector>

#include "graph/result.h"
#include "reports/report.h"

namespace bulkhead::test {

/// What came of a case: its report, and whether the case asks for all of it.
struct CaseReport {
  Report report;
  bool verbose = false;
};

/// Audits a case: graph.txt, bulkhead.toml, and bulkhead.baseline and project/ where they are. Throws when graph.txt is
/// wrong; a wrong policy or baseline is an error.
[[nodiscard]] Result<CaseReport> audit_case(const std::filesystem::path& directory);

/// The directories of all cases of all rules, sorted.
[[nodiscard]] std::vector<std::filesystem::path> all_cases();

/// True when UPDATE_GOLDEN=1 is in the environment: expected outputs are to be written anew.
[[nodiscard]] bool updates_golden();

}  // namespace bulkhead::test
