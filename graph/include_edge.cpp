#include "graph/include_edge.h"

#include <algorithm>
#include <utility>

namespace bulkhead {
namespace {

void join(IncludeEdge& known, IncludeEdge&& other) {
  known.targets.insert(known.targets.end(), other.targets.begin(), other.targets.end());
  known.source_count += other.source_count;
  known.is_found = known.is_found || other.is_found;
  const bool is_better = other.is_certain != known.is_certain       ? other.is_certain
                         : other.chain.size() != known.chain.size() ? other.chain.size() < known.chain.size()
                                                                    : other.chain < known.chain;
  if (is_better) {
    known.is_certain = other.is_certain;
    known.conditions = std::move(other.conditions);
    known.chain = std::move(other.chain);
  }
}

}  // namespace

void IncludeEdges::add(IncludeEdge edge) {
  Key key{edge.part, edge.place, edge.file};
  auto [found, is_new] = edges_.try_emplace(std::move(key), std::move(edge));
  if (!is_new) join(found->second, std::move(edge));
}

void IncludeEdges::add(IncludeEdges&& others) {
  for (auto& [key, edge] : others.edges_) add(std::move(edge));
}

std::vector<IncludeEdge> IncludeEdges::take() {
  std::vector<IncludeEdge> sorted;
  sorted.reserve(edges_.size());
  for (auto& [key, edge] : edges_) {
    std::sort(edge.targets.begin(), edge.targets.end());
    edge.targets.erase(std::unique(edge.targets.begin(), edge.targets.end()), edge.targets.end());
    sorted.push_back(std::move(edge));
  }
  edges_.clear();
  return sorted;
}

}  // namespace bulkhead
