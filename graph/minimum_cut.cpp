#include "graph/minimum_cut.h"

#include <algorithm>
#include <limits>

namespace bulkhead {
namespace {

constexpr std::uint64_t endless = std::numeric_limits<std::uint64_t>::max() / 4;
constexpr std::uint32_t unreached = std::numeric_limits<std::uint32_t>::max();

// An arc and its reverse stand side by side: the partner of half i is i ^ 1.
class Flow {
 public:
  explicit Flow(std::size_t vertex_count) : halves_of_(vertex_count) {}

  void add(std::uint32_t from, std::uint32_t to, std::uint64_t capacity) {
    halves_of_[from].push_back(static_cast<std::uint32_t>(halves_.size()));
    halves_.push_back({to, capacity});
    halves_of_[to].push_back(static_cast<std::uint32_t>(halves_.size()));
    halves_.push_back({from, 0});
  }

  void maximise(std::uint32_t source, std::uint32_t sink) {
    while (find_levels(source, sink)) {
      next_.assign(halves_of_.size(), 0);
      while (push_one_way(source, sink)) {
      }
    }
  }

  /// From which vertices the sink can still be reached.
  [[nodiscard]] std::vector<bool> find_sink_side(std::uint32_t sink) const {
    std::vector<bool> reached(halves_of_.size(), false);
    reached[sink] = true;
    std::vector<std::uint32_t> queue = {sink};
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (const std::uint32_t half : halves_of_[queue[at]]) {
        const std::uint32_t before = halves_[half].to;
        if (reached[before] || halves_[half ^ 1U].left == 0) continue;
        reached[before] = true;
        queue.push_back(before);
      }
    }
    return reached;
  }

 private:
  struct Half {
    std::uint32_t to;
    std::uint64_t left;  // of its capacity
  };

  bool find_levels(std::uint32_t source, std::uint32_t sink) {
    levels_.assign(halves_of_.size(), unreached);
    levels_[source] = 0;
    std::vector<std::uint32_t> queue = {source};
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (const std::uint32_t half : halves_of_[queue[at]]) {
        const Half& one = halves_[half];
        if (one.left == 0 || levels_[one.to] != unreached) continue;
        levels_[one.to] = levels_[queue[at]] + 1;
        queue.push_back(one.to);
      }
    }
    return levels_[sink] != unreached;
  }

  // Without recursion: ways may be as long as a graph is deep.
  bool push_one_way(std::uint32_t source, std::uint32_t sink) {
    std::vector<std::uint32_t> way;
    std::uint32_t at = source;
    while (at != sink) {
      std::size_t& next = next_[at];
      const auto& halves = halves_of_[at];
      while (next < halves.size() &&
             (halves_[halves[next]].left == 0 || levels_[halves_[halves[next]].to] != levels_[at] + 1)) {
        ++next;
      }
      if (next < halves.size()) {
        way.push_back(halves[next]);
        at = halves_[halves[next]].to;
        continue;
      }
      if (way.empty()) return false;
      at = halves_[way.back() ^ 1U].to;
      way.pop_back();
      ++next_[at];
    }
    std::uint64_t amount = endless;
    for (const std::uint32_t half : way) amount = std::min(amount, halves_[half].left);
    for (const std::uint32_t half : way) {
      halves_[half].left -= amount;
      halves_[half ^ 1U].left += amount;
    }
    return true;
  }

  std::vector<Half> halves_;
  std::vector<std::vector<std::uint32_t>> halves_of_;
  std::vector<std::uint32_t> levels_;
  std::vector<std::size_t> next_;  // by vertex: the first half that may still lead on
};

}  // namespace

std::optional<std::vector<std::uint32_t>> find_minimum_cut(const Digraph& graph, std::span<const std::uint64_t> weights,
                                                           std::span<const std::uint32_t> sources,
                                                           std::span<const std::uint32_t> sinks) {
  for (const std::uint32_t source : sources) {
    if (std::find(sinks.begin(), sinks.end(), source) != sinks.end()) return std::nullopt;
  }
  const auto source = static_cast<std::uint32_t>(graph.size());
  const std::uint32_t sink = source + 1;
  Flow flow(graph.size() + 2);
  const auto arcs = graph.arcs();
  for (std::size_t i = 0; i < arcs.size(); ++i) flow.add(arcs[i].from, arcs[i].to, weights[i]);
  for (const std::uint32_t one : sources) flow.add(source, one, endless);
  for (const std::uint32_t one : sinks) flow.add(one, sink, endless);
  flow.maximise(source, sink);

  const std::vector<bool> beyond = flow.find_sink_side(sink);
  std::vector<std::uint32_t> cut;
  for (std::uint32_t i = 0; i < arcs.size(); ++i) {
    if (!beyond[arcs[i].from] && beyond[arcs[i].to]) cut.push_back(i);
  }
  return cut;
}

}  // namespace bulkhead
