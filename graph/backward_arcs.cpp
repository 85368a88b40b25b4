#include "graph/backward_arcs.h"

#include <algorithm>
#include <cstdint>

#include "graph/components.h"

namespace bulkhead {
namespace {

/// Puts the vertices of one component in a row, along which most of the weight runs forward.
class Row {
 public:
  Row(const Digraph& graph, std::span<const std::size_t> weights, const std::vector<std::uint32_t>& component,
      std::vector<std::size_t>& places)
      : graph_(graph), weights_(weights), left_(component), places_(places) {
    waiting_.assign(graph.size(), false);
    for (const std::uint32_t vertex : left_) waiting_[vertex] = true;
  }

  void arrange() {
    std::size_t front = 0;
    std::size_t back = left_.size();
    while (!left_.empty()) {
      if (take([&](std::uint32_t vertex) { return weight_out(vertex) == 0; }, [&] { return --back; })) continue;
      if (take([&](std::uint32_t vertex) { return weight_in(vertex) == 0; }, [&] { return front++; })) continue;
      // All are on cycles: the one that gives more than it takes comes first.
      const auto best = std::max_element(left_.begin(), left_.end(), [&](std::uint32_t a, std::uint32_t b) {
        return weight_out(a) + weight_in(b) < weight_out(b) + weight_in(a);
      });
      const std::uint32_t chosen = *best;
      take([&](std::uint32_t vertex) { return vertex == chosen; }, [&] { return front++; });
    }
  }

 private:
  /// Gives the first that `accept` names its place; says whether there is one.
  template <class Accept, class NextPlace>
  bool take(const Accept& accept, const NextPlace& next_place) {
    const auto gone = std::find_if(left_.begin(), left_.end(), accept);
    if (gone == left_.end()) return false;
    places_[*gone] = next_place();
    waiting_[*gone] = false;
    left_.erase(gone);
    return true;
  }

  [[nodiscard]] std::size_t weight_out(std::uint32_t vertex) const {
    std::size_t sum = 0;
    for (const std::uint32_t arc : graph_.out(vertex)) {
      const std::uint32_t to = graph_[arc].to;
      if (to != vertex && waiting_[to]) sum += weights_[arc];
    }
    return sum;
  }
  [[nodiscard]] std::size_t weight_in(std::uint32_t vertex) const {
    std::size_t sum = 0;
    for (const std::uint32_t arc : graph_.in(vertex)) {
      const std::uint32_t from = graph_[arc].from;
      if (from != vertex && waiting_[from]) sum += weights_[arc];
    }
    return sum;
  }

  const Digraph& graph_;
  std::span<const std::size_t> weights_;
  std::vector<std::uint32_t> left_;
  std::vector<bool> waiting_;  // by vertex: it is in left_
  std::vector<std::size_t>& places_;
};

}  // namespace

std::vector<bool> find_backward_arcs(const Digraph& graph, std::span<const std::size_t> weights) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<std::size_t> component_of(graph.size(), none);
  std::vector<std::size_t> places(graph.size(), 0);
  const auto components = find_cyclic_components(graph);
  for (std::size_t i = 0; i < components.size(); ++i) {
    for (const std::uint32_t vertex : components[i]) component_of[vertex] = i;
    Row(graph, weights, components[i], places).arrange();
  }
  std::vector<bool> backward(graph.arcs().size(), false);
  for (std::size_t i = 0; i < backward.size(); ++i) {
    const Arc& arc = graph.arcs()[i];
    const bool inside = component_of[arc.from] != none && component_of[arc.from] == component_of[arc.to];
    backward[i] = inside && places[arc.from] >= places[arc.to];
  }
  return backward;
}

}  // namespace bulkhead
