#include "auditor/rule_blind_spots.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "auditor/includes.h"
#include "graph/inheritance.h"

namespace bulkhead {
namespace {

constexpr BlindSpot undecided_name = {
    EdgeKind::link, BlindScope::anything,
    "a link list names a dependee in a generator expression whose condition cannot be told here",
    "write the condition so that it depends on the configuration or on variables only"};

constexpr BlindSpot direct_or_inherited = {
    EdgeKind::link, BlindScope::anything,
    "whether a target links a dependee itself, or only inherits it from another one, is judged by the text of the "
    "calls",
    "configure with 'bulkhead configure', which captures what is declared, or with CMake 4.2 or newer"};

constexpr BlindSpot unlimited_includes = {
    EdgeKind::include, BlindScope::files,
    "this rule permits some files and no others, and includes are only looked for where what is wrong is named",
    "leave 'include' out of 'kinds', or write a [[forbidden]] that names what may not be included"};

// Whether the rule speaks of edges of that kind at all.
bool concerns(const RuleScope& scope, const BlindSpot& spot) {
  return scope.counts(spot.kind) && (spot.scope == BlindScope::anything || scope.sees_files);
}

// Whether an edge from one end to the other would break the rule, or matter to it.
bool would_matter(const RuleScope& scope, Endpoint from, Endpoint to) {
  if (scope.except.contains(from) || scope.except.contains(to)) return false;
  switch (scope.rule->kind) {
    case RuleKind::required: return scope.from.contains(from) && scope.to.contains(to);
    case RuleKind::acyclic: return scope.rule->from.empty() || (scope.from.contains(from) && scope.from.contains(to));
    default: break;
  }
  return std::any_of(scope.boundaries.begin(), scope.boundaries.end(), [&](const Boundary& boundary) {
    // A way may begin anywhere before it.
    return boundary.is_inside(to) && (scope.rule->transitive || boundary.is_asked(from));
  });
}

// The first name in a link list that may be an edge which matters.
std::optional<std::string> find_undecided(const TargetGraph& graph, const RuleScope& scope) {
  for (const ConditionalName& one : graph.conditional_names()) {
    const auto target = graph.find_target(graph.text(one.name));
    if (one.is_false || !target) continue;
    const auto edges = graph.edges_from(one.from);
    const bool is_edge =
        std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.to == Endpoint::target(*target); });
    if (is_edge || !would_matter(scope, Endpoint::target(one.from), Endpoint::target(*target))) continue;
    return std::string(graph.name(one.from)) + " names " + std::string(graph.text(one.expression));
  }
  return std::nullopt;
}

// The first edge that a direct rule leaves out as inherited, while nothing proves that it is.
std::optional<std::string> find_inherited(const TargetGraph& graph, const RuleScope& scope,
                                          const Inheritance& inheritance) {
  if (graph.has_direct_edges() || scope.rule->transitive || scope.rule->kind == RuleKind::acyclic) return std::nullopt;
  for (const Edge& edge : graph.edges()) {
    if (!edge.from.is_target() || !edge.to.is_target() || !scope.counts(edge)) continue;
    if (!would_matter(scope, edge.from, edge.to) || !inheritance.is_inherited(edge)) continue;
    return std::string(graph.name(edge.from.target_id())) + " and " + std::string(graph.name(edge.to.target_id()));
  }
  return std::nullopt;
}

// Each spot once, with all rules that it concerns. Rules come in ascending order.
class Spots {
 public:
  void add(const BlindSpot& spot, std::size_t rule, const std::string& detail = {}) {
    const auto same = std::find_if(spots_.begin(), spots_.end(), [&](const RuleBlindSpot& one) {
      return one.spot.kind == spot.kind && one.spot.reason == spot.reason && one.detail == detail;
    });
    if (same == spots_.end()) {
      spots_.push_back({spot, {rule}, detail});
    } else if (same->rules.back() != rule) {
      same->rules.push_back(rule);
    }
  }
  std::vector<RuleBlindSpot> take() { return std::move(spots_); }

 private:
  std::vector<RuleBlindSpot> spots_;
};

}  // namespace

std::vector<RuleBlindSpot> find_rule_blind_spots(const TargetGraph& graph, const Inputs& inputs,
                                                 const RuleScopes& scopes, const std::vector<RuleIncludes>& includes,
                                                 CMakeSources& sources) {
  Spots spots;
  const Inheritance inheritance(graph, sources);
  const std::vector<RuleScope>& all = scopes.all();
  const std::vector<BlindSpot> of_inputs = find_blind_spots(graph, inputs);
  for (std::size_t rule = 0; rule < all.size(); ++rule) {
    const RuleScope& scope = all[rule];
    for (const BlindSpot& spot : of_inputs) {
      if (concerns(scope, spot)) spots.add(spot, rule);
    }
    if (scope.counts(EdgeKind::link)) {
      if (const auto name = find_undecided(graph, scope)) spots.add(undecided_name, rule, *name);
      if (const auto ends = find_inherited(graph, scope, inheritance)) spots.add(direct_or_inherited, rule, *ends);
    }
    const bool is_permission = scope.rule->kind == RuleKind::allowed || scope.rule->kind == RuleKind::within_view;
    if (is_permission && scope.sees_includes()) spots.add(unlimited_includes, rule);
  }
  for (const RuleIncludes& one : includes) {
    for (const IncludeGapCount& gap : one.scan.gaps) spots.add(blind_spot_of(gap.gap), one.rule, describe(gap));
  }
  return spots.take();
}

}  // namespace bulkhead
