#include "graph/include_gap.h"

namespace bulkhead {

void IncludeGaps::add(IncludeGap gap, const std::string& place) {
  const std::lock_guard lock(mutex_);
  gaps_[gap].insert(place);
}

std::vector<IncludeGapCount> IncludeGaps::counts() const {
  const std::lock_guard lock(mutex_);
  std::vector<IncludeGapCount> counts;
  for (const auto& [gap, places] : gaps_) counts.push_back({gap, places.size(), *places.begin()});
  return counts;
}

}  // namespace bulkhead
