// forbidden: an edge, or a way, that a [[forbidden]] of the policy forbids.

#include "auditor/crossings.h"
#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_forbidden(const RuleInput& input) {
  return find_crossings(input, RuleKind::forbidden);
}

}  // namespace bulkhead
