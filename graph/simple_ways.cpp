#include "graph/simple_ways.h"

#include <algorithm>
#include <set>
#include <utility>

namespace bulkhead {
namespace {

using Arcs = std::vector<std::uint32_t>;

// The ways that begin with the first `kept` arcs of `best`, and do not go on with one of `closed`. `best` is the first
// of them in the order of ways.
struct WayClass {
  Arcs best;
  std::size_t kept = 0;
  Arcs closed{};

  bool operator<(const WayClass& other) const {
    return best.size() != other.best.size() ? best.size() < other.best.size() : best < other.best;
  }
};

class WaySearch {
 public:
  WaySearch(const Digraph& graph, std::uint32_t from, std::uint32_t to)
      : graph_(graph), from_(from), to_(to), blocked_(graph.size(), false), steps_(graph.size(), 0) {
    // Vertices that no way can pass are blocked for good, and cost no search anything.
    const std::vector<bool> reached = find_reachable(graph, Arcs{from});
    const std::vector<bool> reaching = find_reaching(graph, Arcs{to});
    for (std::size_t i = 0; i < graph.size(); ++i) blocked_[i] = !reached[i] || !reaching[i];
  }

  SimpleWays find(std::size_t limit) {
    SimpleWays found;
    if (from_ == to_ || blocked_[from_]) return found;
    add({.best = {}, .kept = 0, .closed = {}});
    while (!open_.empty() && found.ways.size() < limit) {
      const WayClass first = std::move(open_.extract(open_.begin()).value());
      split(first);
      found.ways.push_back(first.best);
    }
    found.more = !open_.empty();
    return found;
  }

 private:
  [[nodiscard]] std::uint32_t vertex_before(const Arcs& way, std::size_t place) const {
    return place == 0 ? from_ : graph_[way[place - 1]].to;
  }

  // The other ways of a class fall into one class for each place where they may leave its first way.
  void split(const WayClass& one) {
    for (std::size_t place = one.kept; place < one.best.size(); ++place) {
      WayClass part{.best = Arcs(one.best.begin(), one.best.begin() + static_cast<std::ptrdiff_t>(place)),
                    .kept = place,
                    .closed = place == one.kept ? one.closed : Arcs()};
      part.closed.push_back(one.best[place]);
      add(std::move(part));
    }
  }

  // Completes `best` from the arcs that are kept, and opens the class unless it is empty.
  void add(WayClass part) {
    const std::uint32_t spur = vertex_before(part.best, part.kept);
    for (std::size_t i = 0; i < part.kept; ++i) blocked_[vertex_before(part.best, i)] = true;
    if (extend(part, spur)) open_.insert(part);
    for (std::size_t i = 0; i < part.kept; ++i) blocked_[vertex_before(part.best, i)] = false;
  }

  bool extend(WayClass& part, std::uint32_t spur) {
    count_steps(spur);
    // Of the arcs that leave the spur the first one with the fewest steps behind it.
    std::uint32_t next = none;
    for (const std::uint32_t arc : graph_.out(spur)) {
      const std::uint32_t vertex = graph_[arc].to;
      const bool is_closed = std::find(part.closed.begin(), part.closed.end(), arc) != part.closed.end();
      if (is_closed || vertex == spur || steps_[vertex] == 0) continue;
      if (next == none || steps_[vertex] < steps_[graph_[next].to]) next = arc;
    }
    while (next != none) {
      part.best.push_back(next);
      const std::uint32_t vertex = graph_[next].to;
      next = none;
      for (const std::uint32_t arc : graph_.out(vertex)) {
        if (steps_[graph_[arc].to] + 1 != steps_[vertex] || steps_[graph_[arc].to] == 0) continue;
        next = arc;
        break;
      }
    }
    return part.best.size() > part.kept;
  }

  // For each vertex that is not blocked, one more than its distance to the goal without the spur; 0 for none.
  void count_steps(std::uint32_t spur) {
    std::fill(steps_.begin(), steps_.end(), 0);
    queue_ = {to_};
    steps_[to_] = 1;
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      for (const std::uint32_t arc : graph_.in(queue_[next])) {
        const std::uint32_t vertex = graph_[arc].from;
        if (vertex == spur || blocked_[vertex] || steps_[vertex] != 0) continue;
        steps_[vertex] = steps_[queue_[next]] + 1;
        queue_.push_back(vertex);
      }
    }
  }

  static constexpr std::uint32_t none = ~std::uint32_t{0};

  const Digraph& graph_;
  std::uint32_t from_;
  std::uint32_t to_;
  std::vector<bool> blocked_;
  std::vector<std::uint32_t> steps_;
  Arcs queue_;
  std::set<WayClass> open_;  // no two classes share a way, so no two are equal
};

}  // namespace

SimpleWays find_simple_ways(const Digraph& graph, std::uint32_t from, std::uint32_t to, std::size_t limit) {
  return WaySearch(graph, from, to).find(limit);
}

}  // namespace bulkhead
