// A directed graph of bare numbers, for algorithms that need not know what a target is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bulkhead {

/// From one vertex to another; loops and parallel arcs are arcs like all others.
struct Arc {
  std::uint32_t from;
  std::uint32_t to;

  bool operator==(const Arc&) const = default;
};

/// Vertices are numbered from 0 on, arcs by their place in the list. Immutable.
class Digraph {
 public:
  /// Precondition: both ends of each arc are below `vertex_count`.
  Digraph(std::size_t vertex_count, std::vector<Arc> arcs);

  [[nodiscard]] std::size_t size() const { return out_offsets_.size() - 1; }
  [[nodiscard]] std::span<const Arc> arcs() const { return arcs_; }
  [[nodiscard]] const Arc& operator[](std::uint32_t arc) const { return arcs_[arc]; }
  /// The numbers of the arcs that leave a vertex, ascending.
  [[nodiscard]] std::span<const std::uint32_t> out(std::uint32_t vertex) const;
  /// The numbers of the arcs that enter a vertex, ascending.
  [[nodiscard]] std::span<const std::uint32_t> in(std::uint32_t vertex) const;

 private:
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> out_offsets_;  // one more than there are vertices
  std::vector<std::uint32_t> out_;
  std::vector<std::uint32_t> in_offsets_;
  std::vector<std::uint32_t> in_;
};

/// Which vertices can be reached from `starts`, these included. O(V + E).
[[nodiscard]] std::vector<bool> find_reachable(const Digraph& graph, std::span<const std::uint32_t> starts);
/// From which vertices one of `goals` can be reached, these included. O(V + E).
[[nodiscard]] std::vector<bool> find_reaching(const Digraph& graph, std::span<const std::uint32_t> goals);

/// A shortest way from one of `starts` to a vertex of `goals`, as arcs in order: the first of them in the order of
/// arcs. Empty when there is none, and when a start is a goal. O(V + E).
[[nodiscard]] std::vector<std::uint32_t> find_way(const Digraph& graph, std::span<const std::uint32_t> starts,
                                                  const std::vector<bool>& goals);

}  // namespace bulkhead
