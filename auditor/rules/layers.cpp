// layers: an edge to a higher layer, or past the next lower one.

#include "auditor/crossings.h"
#include "auditor/overlaps.h"
#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_layers(const RuleInput& input) {
  std::vector<Finding> findings = find_crossings(input, RuleKind::layers);
  add_overlaps(input, RuleKind::layers, "layers", findings);
  return findings;
}

}  // namespace bulkhead
