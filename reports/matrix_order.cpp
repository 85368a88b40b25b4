#include "reports/matrix_order.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <queue>

#include "graph/components.h"

namespace bulkhead {
namespace {

using Vertices = std::vector<std::uint32_t>;

// The members of one component, so that little weight leads back.
class CycleOrder {
 public:
  CycleOrder(const Digraph& rows, const std::vector<std::uint32_t>& weights, const Vertices& members)
      : rows_(rows), weights_(weights), left_(members), is_left_(rows.size(), false), out_(rows.size()), in_(out_) {
    for (const std::uint32_t vertex : members) is_left_[vertex] = true;
    for (const std::uint32_t vertex : members) change(vertex, 1);
  }

  Vertices order() {
    Vertices front;
    Vertices back;
    while (!left_.empty()) {
      const std::uint32_t next = choose();
      const bool is_sink = out_[next] == 0 && in_[next] != 0;
      (is_sink ? back : front).push_back(next);
      is_left_[next] = false;
      left_.erase(std::find(left_.begin(), left_.end(), next));
      change(next, -1);
    }
    front.insert(front.end(), back.rbegin(), back.rend());
    return front;
  }

 private:
  // What the arcs of a vertex add to its neighbours that are left.
  void change(std::uint32_t vertex, std::int64_t sign) {
    for (const std::uint32_t arc : rows_.out(vertex)) {
      if (is_left_[rows_[arc].to]) in_[rows_[arc].to] += sign * weights_[arc];
    }
    for (const std::uint32_t arc : rows_.in(vertex)) {
      if (is_left_[rows_[arc].from]) out_[rows_[arc].from] += sign * weights_[arc];
    }
  }

  // A sink, else a source, else the vertex that leads out most beyond what leads in.
  [[nodiscard]] std::uint32_t choose() const {
    const auto rank = [this](std::uint32_t vertex) {
      if (out_[vertex] == 0) return std::pair(0, std::int64_t{0});
      if (in_[vertex] == 0) return std::pair(1, std::int64_t{0});
      return std::pair(2, in_[vertex] - out_[vertex]);
    };
    return *std::min_element(left_.begin(), left_.end(),
                             [&rank](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
  }

  const Digraph& rows_;
  const std::vector<std::uint32_t>& weights_;
  Vertices left_;  // ascending
  std::vector<bool> is_left_;
  std::vector<std::int64_t> out_;  // weight of arcs to those that are left
  std::vector<std::int64_t> in_;
};

}  // namespace

MatrixOrder order_rows(const Digraph& rows, const std::vector<std::uint32_t>& weights) {
  MatrixOrder order{.rows = {}, .cycle = std::vector<std::optional<std::size_t>>(rows.size()), .cycles = 0};
  std::vector<std::uint32_t> component(rows.size());  // the smallest member
  std::iota(component.begin(), component.end(), 0U);
  std::map<std::uint32_t, Vertices> cyclic;
  for (Vertices& members : find_cyclic_components(rows)) {
    for (const std::uint32_t vertex : members) component[vertex] = members.front();
    const std::uint32_t first = members.front();
    cyclic.emplace(first, std::move(members));
  }
  std::vector<std::size_t> waits(rows.size());  // arcs from components that are not placed
  for (const Arc& arc : rows.arcs()) waits[component[arc.to]] += component[arc.from] != component[arc.to] ? 1 : 0;
  std::priority_queue<std::uint32_t, Vertices, std::greater<>> ready;
  for (std::uint32_t vertex = 0; vertex < rows.size(); ++vertex) {
    if (component[vertex] == vertex && waits[vertex] == 0) ready.push(vertex);
  }
  while (!ready.empty()) {
    const std::uint32_t first = ready.top();
    ready.pop();
    Vertices members{first};
    if (const auto found = cyclic.find(first); found != cyclic.end()) {
      members = CycleOrder(rows, weights, found->second).order();
      for (const std::uint32_t vertex : members) order.cycle[vertex] = order.cycles;
      ++order.cycles;
    }
    for (const std::uint32_t vertex : members) {
      order.rows.push_back(vertex);
      for (const std::uint32_t arc : rows.out(vertex)) {
        const std::uint32_t next = component[rows[arc].to];
        if (next != first && --waits[next] == 0) ready.push(next);
      }
    }
  }
  return order;
}

}  // namespace bulkhead
