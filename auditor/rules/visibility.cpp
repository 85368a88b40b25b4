// visibility: an edge from something that may not see the dependee.

#include "auditor/crossings.h"
#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_visibility(const RuleInput& input) {
  return find_crossings(input, RuleKind::visibility);
}

}  // namespace bulkhead
