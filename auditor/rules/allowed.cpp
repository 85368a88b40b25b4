// allowed: an edge that no [[allowed]] of the policy permits.

#include "auditor/crossings.h"
#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_allowed(const RuleInput& input) {
  return find_crossings(input, RuleKind::allowed);
}

}  // namespace bulkhead
