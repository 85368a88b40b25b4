#include "auditor/crossings.h"

#include <algorithm>

#include "auditor/causes.h"
#include "auditor/rule_findings.h"
#include "auditor/rule_scopes.h"
#include "auditor/ways.h"
#include "graph/inheritance.h"

namespace bulkhead {
namespace {

// The includes that cross a boundary directly.
bool crosses(const RuleInput& input, const RuleScope& scope, const Boundary& boundary, const IncludeEdge& edge) {
  const std::string& place = edge.place.file;
  if (scope.except.contains_path(place) || scope.except.contains_path(edge.file)) return false;
  if (boundary.excuses_path && boundary.excuses_path(place)) return false;
  if (boundary.asks_path && boundary.asks_path(place)) return true;
  const std::vector<TargetId> includers = find_includers(input.graph, edge);
  return std::any_of(includers.begin(), includers.end(), [&](TargetId target) {
    const Endpoint end = Endpoint::target(target);
    return boundary.is_asked(end) && !scope.except.contains(end);
  });
}

void add_direct(const RuleInput& input, const Inheritance& inheritance, const RuleScope& scope,
                const Boundary& boundary, std::vector<Finding>& findings) {
  CauseQuery query{.edges = {}, .is_inside = boundary.is_inside, .is_asked = boundary.is_asked, .asked_first = true};
  for (const Edge& edge : input.graph.edges()) {
    if (scope.counts(edge) && boundary.is_inside(edge.to) && !boundary.is_inside(edge.from)) {
      query.edges.push_back(input.graph.id_of(edge));
    }
  }
  if (query.edges.empty()) return;
  for (const Cause& cause : find_causes(input, inheritance, query)) {
    const Edge& edge = input.graph[cause.edge];
    // Who merely inherits an edge does not have it directly.
    if (!boundary.is_asked(edge.from) || (boundary.is_excused && boundary.is_excused(edge))) continue;
    findings.push_back(make_edge_finding(input, *scope.rule, cause, boundary.reason));
  }
}

}  // namespace

std::vector<Finding> find_crossings(const RuleInput& input, RuleKind kind) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  for (std::size_t rule = 0; rule < input.scopes.all().size(); ++rule) {
    const RuleScope& scope = input.scopes.all()[rule];
    if (scope.rule->kind != kind) continue;
    for (std::size_t i = 0; i < scope.boundaries.size(); ++i) {
      const Boundary& boundary = scope.boundaries[i];
      const auto includes =
          std::find_if(input.rule_includes.begin(), input.rule_includes.end(),
                       [rule, i](const RuleIncludes& one) { return one.rule == rule && one.boundary == i; });
      const IncludeScan* const scan = includes == input.rule_includes.end() ? nullptr : &includes->scan;
      if (scope.rule->transitive) {
        add_ways(input, inheritance, scope, boundary, scan, findings);
        continue;
      }
      add_direct(input, inheritance, scope, boundary, findings);
      if (scan == nullptr) continue;
      for (const IncludeEdge& edge : scan->edges) {
        if (crosses(input, scope, boundary, edge)) {
          findings.push_back(make_include_finding(input, *scope.rule, edge, boundary.reason));
        }
      }
    }
  }
  return findings;
}

}  // namespace bulkhead
