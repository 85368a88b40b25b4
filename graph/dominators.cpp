#include "graph/dominators.h"

#include <algorithm>
#include <utility>

namespace bulkhead {
namespace {

// What can be reached from a root, in reverse postorder: each vertex before those that only it leads to.
std::vector<std::uint32_t> find_order(const Digraph& graph, std::uint32_t root) {
  std::vector<std::uint32_t> order;
  std::vector<bool> seen(graph.size(), false);
  std::vector<std::pair<std::uint32_t, std::size_t>> stack = {{root, 0}};  // a vertex, and which arc is next
  seen[root] = true;
  while (!stack.empty()) {
    auto& [vertex, next] = stack.back();
    const auto out = graph.out(vertex);
    if (next == out.size()) {
      order.push_back(vertex);
      stack.pop_back();
      continue;
    }
    const std::uint32_t to = graph[out[next++]].to;
    if (seen[to]) continue;
    seen[to] = true;
    stack.emplace_back(to, 0);
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace

std::vector<std::optional<std::uint32_t>> find_dominators(const Digraph& graph, std::uint32_t root) {
  const std::vector<std::uint32_t> order = find_order(graph, root);
  std::vector<std::optional<std::size_t>> place(graph.size());  // in `order`
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;

  std::vector<std::optional<std::size_t>> dominator(order.size());  // places
  dominator[0] = 0;
  const auto meet = [&dominator](std::size_t a, std::size_t b) {
    while (a != b) {
      if (a > b) std::swap(a, b);
      b = *dominator[b];
    }
    return a;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 1; i < order.size(); ++i) {
      std::optional<std::size_t> best;
      for (const std::uint32_t arc : graph.in(order[i])) {
        const auto before = place[graph[arc].from];
        if (!before || !dominator[*before]) continue;
        best = best ? meet(*best, *before) : *before;
      }
      if (best == dominator[i]) continue;
      dominator[i] = best;
      changed = true;
    }
  }

  std::vector<std::optional<std::uint32_t>> result(graph.size());
  for (std::size_t i = 1; i < order.size(); ++i) result[order[i]] = order[*dominator[i]];
  return result;
}

std::vector<std::uint32_t> find_gates(const Digraph& graph, std::span<const std::uint32_t> sources,
                                      std::span<const std::uint32_t> sinks) {
  const auto source = static_cast<std::uint32_t>(graph.size());
  const std::uint32_t sink = source + 1;
  std::vector<Arc> arcs(graph.arcs().begin(), graph.arcs().end());
  for (const std::uint32_t one : sources) arcs.push_back({source, one});
  for (const std::uint32_t one : sinks) arcs.push_back({one, sink});
  const auto dominators = find_dominators(Digraph(graph.size() + 2, std::move(arcs)), source);

  std::vector<std::uint32_t> gates;
  for (auto at = dominators[sink]; at && *at != source; at = dominators[*at]) gates.push_back(*at);
  std::reverse(gates.begin(), gates.end());
  return gates;
}

}  // namespace bulkhead
