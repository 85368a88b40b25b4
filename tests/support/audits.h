// Audits of build trees through the library, for tests.
#pragma once

#include <filesystem>

#include "auditor/audit.h"
#include "graph/build_tree.h"
#include "reports/report.h"

namespace bulkhead::test {

/// Reads a build tree and a policy and audits them. Throws what the library returns as an Error.
[[nodiscard]] Report audit_build(const std::filesystem::path& build, const std::filesystem::path& policy,
                                 const ReadOptions& reading = {}, const AuditOptions& auditing = {});

}  // namespace bulkhead::test
