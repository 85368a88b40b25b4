#include "auditor/crossings.h"

#include <algorithm>
#include <utility>

#include "auditor/causes.h"
#include "auditor/rule_findings.h"
#include "auditor/rule_scopes.h"
#include "auditor/ways.h"
#include "graph/cmake_call.h"
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

// True when nothing proves that an edge of an evaluated list is the depender's own: another of its dependees may have
// brought it along, and no call that is at hand names the dependee.
bool may_be_inherited(const RuleInput& input, const Edge& edge) {
  const TargetGraph& graph = input.graph;
  if (graph.has_direct_edges() || edge.known == Known::declared || !is_inheritable(edge.kind)) return false;
  if (!edge.from.is_target() || !edge.to.is_target()) return false;
  if (edge.frame) {
    for (const CallFrame& frame : graph.call_stack(*edge.frame)) {
      const CMakeCall* const call = input.sources.call_at(frame.file, frame.line);
      if (call != nullptr && find_argument(*call, graph.name(edge.to.target_id())) != nullptr) return false;
    }
  }
  const auto siblings = graph.edges_from(edge.from.target_id());
  return std::any_of(siblings.begin(), siblings.end(), [&](const Edge& sibling) {
    if (!sibling.to.is_target() || sibling.to == edge.to || !is_inheritable(sibling.kind)) return false;
    const auto theirs = graph.edges_from(sibling.to.target_id());
    return std::any_of(theirs.begin(), theirs.end(),
                       [&](const Edge& one) { return one.to == edge.to && is_inheritable(one.kind); });
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
    Finding finding = make_edge_finding(input, *scope.rule, cause, boundary.reason);
    if (may_be_inherited(input, edge)) {
      finding.message += "; whether it is its own or inherited cannot be told";
      finding.conditional = true;
    }
    findings.push_back(std::move(finding));
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
