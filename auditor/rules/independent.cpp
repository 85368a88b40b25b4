// independent: one of several that are to be independent depends on another.

#include "auditor/crossings.h"
#include "auditor/overlaps.h"
#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_independent(const RuleInput& input) {
  std::vector<Finding> findings = find_crossings(input, RuleKind::independent);
  add_overlaps(input, RuleKind::independent, "groups", findings);
  return findings;
}

}  // namespace bulkhead
