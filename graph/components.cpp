#include "graph/components.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace bulkhead {
namespace {

constexpr std::size_t most_beginnings = 1'000;

// Tarjan's algorithm without recursion. Components come out after all that they lead to.
std::vector<std::vector<std::uint32_t>> find_components(const Digraph& graph) {
  std::vector<std::vector<std::uint32_t>> components;
  std::vector<std::optional<std::uint32_t>> number(graph.size());
  std::vector<std::uint32_t> low(graph.size());
  std::vector<bool> open(graph.size(), false);
  std::vector<std::uint32_t> stack;
  std::vector<std::pair<std::uint32_t, std::size_t>> calls;  // a vertex, and which arc is next
  std::uint32_t count = 0;
  const auto enter = [&](std::uint32_t vertex) {
    number[vertex] = low[vertex] = count++;
    open[vertex] = true;
    stack.push_back(vertex);
    calls.emplace_back(vertex, 0);
  };
  for (std::uint32_t root = 0; root < graph.size(); ++root) {
    if (!number[root]) enter(root);
    while (!calls.empty()) {
      const std::uint32_t vertex = calls.back().first;
      const auto out = graph.out(vertex);
      if (calls.back().second < out.size()) {
        const std::uint32_t to = graph[out[calls.back().second++]].to;
        if (!number[to]) {
          enter(to);
        } else if (open[to]) {
          low[vertex] = std::min(low[vertex], *number[to]);
        }
        continue;
      }
      calls.pop_back();
      if (!calls.empty()) low[calls.back().first] = std::min(low[calls.back().first], low[vertex]);
      if (low[vertex] != *number[vertex]) continue;
      std::vector<std::uint32_t>& component = components.emplace_back();
      do {
        component.push_back(stack.back());
        open[stack.back()] = false;
        stack.pop_back();
      } while (component.back() != vertex);
      std::sort(component.begin(), component.end());
    }
  }
  return components;
}

std::optional<std::uint32_t> find_loop(const Digraph& graph, std::uint32_t vertex) {
  const auto out = graph.out(vertex);
  const auto loop = std::find_if(out.begin(), out.end(), [&](std::uint32_t arc) { return graph[arc].to == vertex; });
  return loop == out.end() ? std::nullopt : std::optional(*loop);
}

// The shortest way from a vertex back to it, within a component.
std::vector<std::uint32_t> find_cycle_from(const Digraph& graph, std::uint32_t start, const std::vector<bool>& inside) {
  std::vector<std::optional<std::uint32_t>> reached_by(graph.size());
  std::vector<std::uint32_t> queue = {start};
  for (std::size_t next = 0; next < queue.size() && !reached_by[start]; ++next) {
    for (const std::uint32_t arc : graph.out(queue[next])) {
      const std::uint32_t to = graph[arc].to;
      if (!inside[to] || reached_by[to]) continue;
      reached_by[to] = arc;
      if (to != start) queue.push_back(to);
    }
  }
  std::vector<std::uint32_t> cycle;
  std::uint32_t at = start;
  do {
    cycle.push_back(*reached_by[at]);
    at = graph[cycle.back()].from;
  } while (at != start);
  std::reverse(cycle.begin(), cycle.end());
  return cycle;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> find_cyclic_components(const Digraph& graph) {
  std::vector<std::vector<std::uint32_t>> components = find_components(graph);
  std::erase_if(components, [&graph](const std::vector<std::uint32_t>& component) {
    return component.size() == 1 && !find_loop(graph, component.front());
  });
  std::sort(components.begin(), components.end());
  return components;
}

std::vector<std::uint32_t> find_shortest_cycle(const Digraph& graph, std::span<const std::uint32_t> component) {
  std::vector<bool> inside(graph.size(), false);
  for (const std::uint32_t vertex : component) {
    if (const auto loop = find_loop(graph, vertex)) return {*loop};
    inside[vertex] = true;
  }
  std::vector<std::uint32_t> shortest;
  for (const std::uint32_t start : component.subspan(0, std::min(component.size(), most_beginnings))) {
    std::vector<std::uint32_t> cycle = find_cycle_from(graph, start, inside);
    if (shortest.empty() || cycle.size() < shortest.size()) shortest = std::move(cycle);
    if (shortest.size() == 2) break;
  }
  return shortest;
}

Reachability::Reachability(const Digraph& graph) : words_((graph.size() + bits - 1) / bits), component_(graph.size()) {
  const auto components = find_components(graph);
  rows_.assign(components.size() * words_, 0);
  for (std::size_t i = 0; i < components.size(); ++i) {
    for (const std::uint32_t vertex : components[i]) component_[vertex] = i;
  }
  // What a component leads to has a lower number, and is complete.
  for (std::size_t i = 0; i < components.size(); ++i) {
    std::uint64_t* const row = rows_.data() + i * words_;
    for (const std::uint32_t vertex : components[i]) {
      for (const std::uint32_t arc : graph.out(vertex)) {
        const std::uint32_t to = graph[arc].to;
        row[to / bits] |= std::uint64_t{1} << (to % bits);
        if (component_[to] == i) continue;
        const std::uint64_t* const other = rows_.data() + component_[to] * words_;
        for (std::size_t word = 0; word < words_; ++word) row[word] |= other[word];
      }
    }
  }
}

}  // namespace bulkhead
