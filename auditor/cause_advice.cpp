#include "auditor/cause_advice.h"

#include <algorithm>
#include <utility>

#include "auditor/cut_words.h"
#include "auditor/direct_edges.h"
#include "graph/dominators.h"
#include "graph/minimum_cut.h"

namespace bulkhead {
namespace {

// More are no advice: each has a finding of its own.
constexpr std::size_t most_cut = 6;

// Whether those who link the depender get the edge, too.
bool is_passed_on(const Edge& edge) {
  return edge.from.is_target() && (is_inheritable(edge.kind) || edge.kind == EdgeKind::file_link);
}

/// The ways to one group: the targets that come to it, and one goal for all of the group.
class Ways {
 public:
  Ways(const RuleInput& input, std::span<const Cause> causes, const CauseQuery& query,
       const std::function<bool(Endpoint)>& may_pass, const Digraph& targets, const std::vector<EdgeId>& direct)
      : input_(input), query_(query), vertices_(targets.size()) {
    for (const Cause& cause : causes) {
      const Edge& edge = input.graph[cause.edge];
      if (is_passed_on(edge) && may_pass(edge.from)) add_target(edge.from.target_id());
    }
    // Only what comes to the group matters: mostly a small part of the graph.
    for (std::size_t next = 0; next < names_.size(); ++next) {
      for (const std::uint32_t arc : targets.in(names_[next].value())) {
        const Endpoint from = Endpoint::target(TargetId(targets[arc].from));
        if (!query.is_inside(from) && may_pass(from)) add_target(from.target_id());
      }
    }
    std::vector<Arc> arcs;
    const auto add = [&](TargetId from, std::uint32_t to, EdgeId edge) {
      arcs.push_back({*vertices_[from.value()], to});
      edges_.push_back(edge);
    };
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      for (const std::uint32_t arc : targets.in(names_[i].value())) {
        const TargetId from(targets[arc].from);
        if (vertices_[from.value()]) add(from, i, direct[arc]);
      }
    }
    for (const Cause& cause : causes) {
      const Edge& edge = input.graph[cause.edge];
      if (is_passed_on(edge) && may_pass(edge.from)) add(edge.from.target_id(), goal(), cause.edge);
    }
    network_.emplace(names_.size() + 1, std::move(arcs));
  }

  [[nodiscard]] std::string advise(const Cause& cause) const {
    const Edge& edge = input_.graph[cause.edge];
    if (cause.inherited_by.empty() || !is_passed_on(edge)) return {};
    std::vector<std::uint32_t> heirs;
    for (const TargetId heir : cause.inherited_by) {
      if (vertices_[heir.value()]) heirs.push_back(*vertices_[heir.value()]);
    }
    if (heirs.empty() || !vertices_[edge.from.index()]) return {};
    const std::string cut = advise_to_cut(heirs, edge);
    const std::string gates = say_way(heirs, edge);
    return cut.empty() || gates.empty() ? cut + gates : cut + "; " + gates;
  }

 private:
  [[nodiscard]] std::uint32_t goal() const { return static_cast<std::uint32_t>(names_.size()); }

  void add_target(TargetId id) {
    if (vertices_[id.value()]) return;
    vertices_[id.value()] = static_cast<std::uint32_t>(names_.size());
    names_.push_back(id);
  }

  // Declared edges come before derived ones, and those of dependers that count before what others do.
  [[nodiscard]] std::vector<std::uint64_t> weights() const {
    const std::uint64_t unit = 4 * (edges_.size() + 1);
    std::vector<std::uint64_t> weights;
    weights.reserve(edges_.size());
    for (const EdgeId id : edges_) {
      const Edge& edge = input_.graph[id];
      const std::uint64_t derived = edge.known == Known::derived ? 1 : 0;
      const std::uint64_t foreign = query_.is_asked(edge.from) ? 0 : 2;
      weights.push_back(unit + derived + foreign);
    }
    return weights;
  }

  [[nodiscard]] std::string advise_to_cut(std::vector<std::uint32_t> starts, const Edge& edge) const {
    if (query_.is_asked(edge.from)) starts.push_back(*vertices_[edge.from.index()]);
    const std::vector<std::uint32_t> goals = {goal()};
    const auto cut = find_minimum_cut(*network_, weights(), starts, goals);
    if (!cut || cut->size() > most_cut) return {};
    std::vector<WayHop> hops;
    bool says_more = false;
    for (const std::uint32_t arc : *cut) {
      hops.push_back({.edge = edges_[arc]});
      says_more = says_more || input_.graph[edges_[arc]].from != edge.from;
    }
    return says_more ? say_cut(input_, hops) : std::string();
  }

  // How the group comes to those that none of the others depends on.
  [[nodiscard]] std::string say_way(const std::vector<std::uint32_t>& heirs, const Edge& edge) const {
    std::vector<bool> is_heir(network_->size(), false);
    for (const std::uint32_t heir : heirs) is_heir[heir] = true;
    std::vector<std::uint32_t> ends;
    for (const std::uint32_t heir : heirs) {
      const auto in = network_->in(heir);
      const bool is_used =
          std::any_of(in.begin(), in.end(), [&](std::uint32_t arc) { return is_heir[(*network_)[arc].from]; });
      if (!is_used) ends.push_back(heir);
    }
    if (ends.empty()) ends = heirs;  // a circle
    const std::vector<std::uint32_t> goals = {goal()};
    std::vector<TargetId> gates;
    bool says_more = false;
    for (const std::uint32_t gate : find_gates(*network_, ends, goals)) {
      if (gate == goal() || (ends.size() == 1 && gate == ends.front())) continue;
      gates.push_back(names_[gate]);
      says_more = says_more || Endpoint::target(names_[gate]) != edge.from;
    }
    return says_more ? say_gates(input_.graph, gates) : std::string();
  }

  const RuleInput& input_;
  const CauseQuery& query_;
  std::vector<std::optional<std::uint32_t>> vertices_;  // by target
  std::vector<TargetId> names_;                         // by vertex
  std::vector<EdgeId> edges_;                           // by arc
  std::optional<Digraph> network_;
};

}  // namespace

const std::vector<EdgeId>& CauseAdvice::direct_edges() {
  if (!direct_) {
    direct_ = find_direct_edges(input_.graph, inheritance_, [](const Edge& edge) { return is_inheritable(edge.kind); });
    targets_.emplace(make_digraph(input_.graph, *direct_));
  }
  return *direct_;
}

std::vector<std::string> CauseAdvice::advise(std::span<const Cause> causes, const CauseQuery& query,
                                             const std::function<bool(Endpoint)>& may_pass) {
  std::vector<std::string> advice(causes.size());
  const bool any_inherits =
      std::any_of(causes.begin(), causes.end(), [](const Cause& cause) { return !cause.inherited_by.empty(); });
  if (!any_inherits) return advice;
  const std::vector<EdgeId>& direct = direct_edges();
  const Ways ways(input_, causes, query, may_pass, *targets_, direct);
  for (std::size_t i = 0; i < causes.size(); ++i) advice[i] = ways.advise(causes[i]);
  return advice;
}

void add_advice(const std::string& advice, std::string& help) {
  if (!advice.empty()) help += "; " + advice;
}

}  // namespace bulkhead
