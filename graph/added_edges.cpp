#include "graph/added_edges.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace bulkhead {

void AddedEdges::sort(std::size_t target_count) {
  std::unordered_set<std::uint64_t> commands;
  std::erase_if(edges_, [&commands](const AddedEdge& edge) {
    if (edge.kind != EdgeKind::command) return false;
    return !commands.insert((std::uint64_t{edge.from.value()} << 32) | edge.to.bits()).second;
  });
  std::stable_sort(edges_.begin(), edges_.end(),
                   [](const AddedEdge& a, const AddedEdge& b) { return a.from < b.from; });
  offsets_.assign(target_count + 1, 0);
  for (const AddedEdge& edge : edges_) ++offsets_[edge.from.value() + 1];
  std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
}

std::span<const AddedEdge> AddedEdges::of(TargetId id) const {
  if (offsets_.empty()) return {};
  const std::uint32_t begin = offsets_[id.value()];
  return std::span(edges_).subspan(begin, offsets_[id.value() + 1] - begin);
}

}  // namespace bulkhead
