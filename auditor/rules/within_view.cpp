// within-view: an edge to something that the depender may not see.

#include "auditor/crossings.h"
#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_within_view(const RuleInput& input) {
  return find_crossings(input, RuleKind::within_view);
}

}  // namespace bulkhead
