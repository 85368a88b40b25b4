#include "auditor/ways.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "auditor/causes.h"
#include "auditor/cut_words.h"
#include "auditor/direct_edges.h"
#include "auditor/edge_words.h"
#include "auditor/evidence.h"
#include "auditor/rule_findings.h"
#include "graph/components.h"
#include "graph/dominators.h"
#include "graph/minimum_cut.h"

namespace bulkhead {
namespace {

class WayFinder {
 public:
  WayFinder(const RuleInput& input, const Inheritance& inheritance, const RuleScope& scope, const Boundary& boundary)
      : input_(input),
        graph_(input.graph),
        inheritance_(inheritance),
        scope_(scope),
        boundary_(boundary),
        goal_(static_cast<std::uint32_t>(input.graph.targets().size())) {}

  void find(const IncludeScan* scan, std::vector<Finding>& findings) {
    collect_hops();
    collect_last_hops();
    if (scan != nullptr) collect_includes(*scan);
    for (std::uint32_t i = 0; i < goal_; ++i) {
      const Endpoint end = Endpoint::target(TargetId(i));
      if (boundary_.is_asked(end) && !scope_.except.contains(end)) starts_.push_back(i);
    }
    // After this point the network is complete: the targets, and one goal for all that is inside.
    const Digraph network(goal_ + 1, arcs_);
    const std::vector<bool> reached = find_reachable(network, starts_);
    if (!reached[goal_]) return;
    const std::string advice = say_advice(network);
    for (std::uint32_t arc = 0; arc < arcs_.size(); ++arc) {
      if (arcs_[arc].to == goal_ && reached[arcs_[arc].from]) findings.push_back(make_finding(network, arc, advice));
    }
  }

 private:
  [[nodiscard]] bool may_pass(Endpoint end) const {
    return end.is_target() && !boundary_.is_inside(end) && !scope_.via.contains(end) && !scope_.except.contains(end);
  }

  void add(std::uint32_t from, std::uint32_t to, WayHop hop) {
    arcs_.push_back({from, to});
    hops_.push_back(hop);
  }

  void collect_hops() {
    std::vector<EdgeId> edges = find_direct_edges(input_, inheritance_, scope_);
    std::erase_if(edges, [this](EdgeId id) { return boundary_.is_inside(graph_[id].to); });
    (void)make_digraph(graph_, edges);  // leaves one edge of those between the same two targets
    for (const EdgeId id : edges) {
      const Edge& edge = graph_[id];
      if (may_pass(edge.from) && may_pass(edge.to)) add(edge.from.index(), edge.to.index(), {.edge = id});
    }
  }

  // The edges onto what is inside, less those that are inherited from a target on the way.
  void collect_last_hops() {
    CauseQuery query{
        .edges = {}, .is_inside = boundary_.is_inside, .is_asked = [](Endpoint end) { return end.is_target(); }};
    for (const Edge& edge : graph_.edges()) {
      if (!edge.from.is_target() || !scope_.counts(edge) || !boundary_.is_inside(edge.to)) continue;
      if (!boundary_.is_inside(edge.from)) query.edges.push_back(graph_.id_of(edge));
    }
    if (query.edges.empty()) return;
    std::set<EdgeId> last;
    for (const Cause& cause : find_causes(input_, inheritance_, query)) {
      last.insert(cause.edge);
      const Edge& made = graph_[cause.edge];
      // One call may give an entry to several, without one being on the way of another.
      for (const TargetId heir : cause.inherited_by) {
        if (comes_by(heir, made.from.target_id())) continue;
        const auto own = std::find_if(query.edges.begin(), query.edges.end(), [&](EdgeId id) {
          return graph_[id].from == Endpoint::target(heir) && graph_[id].to == made.to && graph_[id].kind == made.kind;
        });
        if (own != query.edges.end()) last.insert(*own);
      }
    }
    for (const EdgeId id : last) {
      if (may_pass(graph_[id].from)) add(graph_[id].from.index(), goal_, {.edge = id});
    }
  }

  // True when there is a way from a target to another one, whether or not a rule allows it.
  [[nodiscard]] bool comes_by(TargetId from, TargetId to) {
    if (from == to) return true;
    if (!ways_) {
      std::vector<EdgeId> edges = find_direct_edges(input_, inheritance_, scope_);
      ways_.emplace(make_digraph(graph_, edges));
    }
    return ways_->reaches(from.value(), to.value());
  }

  void collect_includes(const IncludeScan& scan) {
    for (const IncludeEdge& edge : scan.edges) {
      if (scope_.except.contains_path(edge.place.file) || scope_.except.contains_path(edge.file)) continue;
      for (const TargetId includer : find_includers(graph_, edge)) {
        if (may_pass(Endpoint::target(includer))) add(includer.value(), goal_, {.include = &edge});
      }
    }
  }

  // The fewest edges to cut, declared ones before derived ones, and what every way goes through.
  [[nodiscard]] std::string say_advice(const Digraph& network) const {
    const std::uint64_t unit = arcs_.size() + 1;
    std::vector<std::uint64_t> weights;
    for (const WayHop& hop : hops_) {
      weights.push_back(hop.edge && graph_[*hop.edge].known == Known::derived ? unit + 1 : unit);
    }
    const std::vector<std::uint32_t> goals = {goal_};
    const auto cut = find_minimum_cut(network, weights, starts_, goals);
    std::vector<WayHop> hops;
    if (cut) {
      for (const std::uint32_t arc : *cut) hops.push_back(hops_[arc]);
    }
    std::string text = say_cut(input_, hops);
    std::vector<TargetId> gates;
    for (const std::uint32_t gate : find_gates(network, starts_, goals)) {
      const bool is_end = gate == goal_ || (starts_.size() == 1 && gate == starts_.front());
      if (!is_end) gates.emplace_back(gate);
    }
    if (!gates.empty()) text += "; " + say_gates(graph_, gates);
    return text;
  }

  [[nodiscard]] Finding make_finding(const Digraph& network, std::uint32_t last, const std::string& advice) const {
    const WayHop& hop = hops_[last];
    const std::uint32_t depender = arcs_[last].from;
    std::vector<bool> goals(network.size(), false);
    goals[depender] = true;
    const std::vector<std::uint32_t> way = find_way(network, starts_, goals);
    const std::uint32_t start = way.empty() ? depender : arcs_[way.front()].from;

    Finding finding;
    if (hop.edge) {
      Cause cause{.edge = *hop.edge, .frame = graph_[*hop.edge].frame, .inherited_by = {}};
      finding = make_edge_finding(input_, *scope_.rule, cause, boundary_.reason);
    } else {
      finding = make_include_finding(input_, *scope_.rule, *hop.include, boundary_.reason);
    }
    if (!way.empty()) {
      const std::string to = hop.edge ? short_name(graph_, graph_[*hop.edge].to) : hop.include->file;
      const std::string what =
          fmt::format("{} comes to {} through {}", graph_.name(TargetId(start)), to, fmt::join(stops_of(way), ", "));
      finding.message = start_finding(*scope_.rule, what, boundary_.reason).message;
      std::vector<Evidence> last_evidence = std::move(finding.evidence);
      finding.path.clear();
      finding.evidence.clear();
      for (const std::uint32_t arc : way) add_hop(input_, graph_[*hops_[arc].edge], finding);
      finding.path.push_back(finding.edge->to.label);
      finding.evidence.insert(finding.evidence.end(), last_evidence.begin(), last_evidence.end());
    }
    finding.inherited_by = others_of(network, depender, start);
    finding.help = advice;
    return finding;
  }

  // The targets between the first and the last.
  [[nodiscard]] std::vector<std::string> stops_of(const std::vector<std::uint32_t>& way) const {
    std::vector<std::string> stops;
    stops.reserve(way.size() + 1);
    for (const std::uint32_t arc : way) stops.emplace_back(graph_.name(TargetId(arcs_[arc].to)));
    return stops;
  }

  // All dependers that come to the same last hop, but the one whose way is shown; by name.
  [[nodiscard]] std::vector<FindingEnd> others_of(const Digraph& network, std::uint32_t depender,
                                                  std::uint32_t shown) const {
    const std::vector<std::uint32_t> goals = {depender};
    const std::vector<bool> reaching = find_reaching(network, goals);
    std::vector<FindingEnd> others;
    for (const std::uint32_t start : starts_) {
      if (reaching[start] && start != shown) others.push_back(describe(input_, Endpoint::target(TargetId(start))));
    }
    std::sort(others.begin(), others.end(), [](const FindingEnd& a, const FindingEnd& b) { return a.label < b.label; });
    return others;
  }

  const RuleInput& input_;
  const TargetGraph& graph_;
  const Inheritance& inheritance_;
  const RuleScope& scope_;
  const Boundary& boundary_;
  std::uint32_t goal_;
  std::vector<Arc> arcs_;
  std::vector<WayHop> hops_;  // by arc
  std::vector<std::uint32_t> starts_;
  std::optional<Reachability> ways_;  // whatever the rule says; made when it is first asked for
};

}  // namespace

void add_ways(const RuleInput& input, const Inheritance& inheritance, const RuleScope& scope, const Boundary& boundary,
              const IncludeScan* scan, std::vector<Finding>& findings) {
  WayFinder(input, inheritance, scope, boundary).find(scan, findings);
}

}  // namespace bulkhead
