#include "graph/include_gap.h"

namespace bulkhead {

void IncludeGaps::add(IncludeGap gap, const std::string& place, const PartSet& parts) {
  if (parts.empty()) return;
  const std::lock_guard lock(mutex_);
  gaps_[gap][place].add(parts);
}

std::vector<IncludeGapCount> IncludeGaps::counts(const PartSet& parts) const {
  const std::lock_guard lock(mutex_);
  std::vector<IncludeGapCount> counts;
  for (const auto& [gap, places] : gaps_) {
    for (const auto& [place, concerned] : places) {
      if (common(concerned, parts).empty()) continue;
      if (counts.empty() || counts.back().gap != gap) counts.push_back({gap, 0, place});
      ++counts.back().count;
    }
  }
  return counts;
}

}  // namespace bulkhead
