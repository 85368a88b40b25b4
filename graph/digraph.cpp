#include "graph/digraph.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace bulkhead {
namespace {

template <class Next>
std::vector<bool> flood(std::size_t count, std::span<const std::uint32_t> starts, Next&& next_of) {
  std::vector<bool> reached(count, false);
  std::vector<std::uint32_t> queue;
  const auto visit = [&](std::uint32_t vertex) {
    if (reached[vertex]) return;
    reached[vertex] = true;
    queue.push_back(vertex);
  };
  for (const std::uint32_t start : starts) visit(start);
  for (std::size_t next = 0; next < queue.size(); ++next) next_of(queue[next], visit);
  return reached;
}

}  // namespace

Digraph::Digraph(std::size_t vertex_count, std::vector<Arc> arcs)
    : arcs_(std::move(arcs)), out_offsets_(vertex_count + 1, 0), in_offsets_(vertex_count + 1, 0) {
  for (const Arc& arc : arcs_) {
    ++out_offsets_[arc.from + 1];
    ++in_offsets_[arc.to + 1];
  }
  std::partial_sum(out_offsets_.begin(), out_offsets_.end(), out_offsets_.begin());
  std::partial_sum(in_offsets_.begin(), in_offsets_.end(), in_offsets_.begin());
  out_.resize(arcs_.size());
  in_.resize(arcs_.size());
  std::vector<std::uint32_t> next_out(out_offsets_.begin(), out_offsets_.end() - 1);
  std::vector<std::uint32_t> next_in(in_offsets_.begin(), in_offsets_.end() - 1);
  for (std::uint32_t i = 0; i < arcs_.size(); ++i) {
    out_[next_out[arcs_[i].from]++] = i;
    in_[next_in[arcs_[i].to]++] = i;
  }
}

std::span<const std::uint32_t> Digraph::out(std::uint32_t vertex) const {
  return std::span(out_).subspan(out_offsets_[vertex], out_offsets_[vertex + 1] - out_offsets_[vertex]);
}

std::span<const std::uint32_t> Digraph::in(std::uint32_t vertex) const {
  return std::span(in_).subspan(in_offsets_[vertex], in_offsets_[vertex + 1] - in_offsets_[vertex]);
}

std::vector<bool> find_reachable(const Digraph& graph, std::span<const std::uint32_t> starts) {
  return flood(graph.size(), starts, [&graph](std::uint32_t vertex, auto&& visit) {
    for (const std::uint32_t arc : graph.out(vertex)) visit(graph[arc].to);
  });
}

std::vector<bool> find_reaching(const Digraph& graph, std::span<const std::uint32_t> goals) {
  return flood(graph.size(), goals, [&graph](std::uint32_t vertex, auto&& visit) {
    for (const std::uint32_t arc : graph.in(vertex)) visit(graph[arc].from);
  });
}

std::vector<std::uint32_t> find_way(const Digraph& graph, std::span<const std::uint32_t> starts,
                                    const std::vector<bool>& goals) {
  std::vector<std::optional<std::uint32_t>> reached_by(graph.size());
  std::vector<bool> reached(graph.size(), false);
  std::vector<std::uint32_t> queue;
  for (const std::uint32_t start : starts) {
    if (goals[start]) return {};
    if (!reached[start]) queue.push_back(start);
    reached[start] = true;
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const std::uint32_t arc : graph.out(queue[next])) {
      const std::uint32_t to = graph[arc].to;
      if (reached[to]) continue;
      reached[to] = true;
      reached_by[to] = arc;
      if (!goals[to]) {
        queue.push_back(to);
        continue;
      }
      std::vector<std::uint32_t> way;
      for (std::optional<std::uint32_t> at = arc; at; at = reached_by[graph[*at].from]) way.push_back(*at);
      std::reverse(way.begin(), way.end());
      return way;
    }
  }
  return {};
}

}  // namespace bulkhead
