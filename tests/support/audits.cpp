#include "tests/support/audits.h"

#include <stdexcept>

#include "auditor/policy.h"
#include "reports/error_text.h"

namespace bulkhead::test {
namespace {

template <class T>
T unwrap(Result<T> result) {
  if (!result) throw std::runtime_error(write_error(result.error(), Style(false)));
  return std::move(*result);
}

}  // namespace

Report audit_build(const std::filesystem::path& build, const std::filesystem::path& policy, const ReadOptions& reading,
                   const AuditOptions& auditing) {
  const BuildTree tree = unwrap(read_build_tree(build, reading));
  return unwrap(audit(tree, unwrap(read_policy(policy)), auditing));
}

}  // namespace bulkhead::test
