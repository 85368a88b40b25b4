#include "auditor/rule_scopes.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace bulkhead {
namespace {

// CMake files enter folders and install what is in them by their nature: only rules that ask for these kinds see them.
bool counts_by_default(EdgeKind kind) {
  return kind != EdgeKind::configure && kind != EdgeKind::install;
}

// The target that CMake's AUTOMOC and its kind make for a target: nobody can list it, nor does anybody write the edge.
bool is_own_autogen(const TargetGraph& graph, const Edge& edge) {
  if (edge.kind != EdgeKind::order || !edge.from.is_target() || !edge.to.is_target()) return false;
  const std::string_view depender = graph.name(edge.from.target_id());
  const std::string_view dependee = graph.name(edge.to.target_id());
  return dependee.starts_with(depender) && dependee.substr(depender.size()).starts_with("_autogen");
}

// The group that an end is in; of several the first.
std::optional<std::size_t> group_of(const std::vector<EndSet>& groups, Endpoint end) {
  const auto found = std::find_if(groups.begin(), groups.end(), [end](const EndSet& set) { return set.contains(end); });
  return found == groups.end() ? std::nullopt : std::optional<std::size_t>(found - groups.begin());
}

std::optional<std::size_t> group_of(const std::vector<EndSet>& groups, std::string_view path) {
  const auto found =
      std::find_if(groups.begin(), groups.end(), [path](const EndSet& set) { return set.contains_path(path); });
  return found == groups.end() ? std::nullopt : std::optional<std::size_t>(found - groups.begin());
}

}  // namespace

bool RuleScope::counts(EdgeKind kind) const {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool RuleScope::counts(const Edge& edge) const {
  return counts(edge.kind) && !except.contains(edge.from) && !except.contains(edge.to);
}

RuleScopes::RuleScopes(const TargetGraph& graph, const Policy& policy, const ModuleMap& modules)
    : graph_(graph), matcher_(graph, policy, modules) {
  if (policy.rules.empty()) return;
  ends_ = matcher_.all_ends();
  for (const GeneralRule& rule : policy.rules) {
    RuleScope& scope = scopes_.emplace_back();
    scope.rule = &rule;
    std::copy_if(edge_kinds.begin(), edge_kinds.end(), std::back_inserter(scope.kinds), [&rule](EdgeKind kind) {
      return rule.kinds.empty() ? counts_by_default(kind)
                                : std::find(rule.kinds.begin(), rule.kinds.end(), kind) != rule.kinds.end();
    });
    const std::string_view from_key = rule.kind == RuleKind::acyclic ? "among" : rule.each ? "each" : "from";
    select(scope, from_key, rule.from, scope.from);
    select(scope, "to", rule.to, scope.to);
    select(scope, "via", rule.via, scope.via);
    select(scope, "except", rule.except, scope.except);
    select_groups(scope);
  }
  // After this point the scopes stay where they are, so that boundaries may refer to them.
  for (RuleScope& scope : scopes_) {
    draw_boundaries(scope);
    count_ends(scope);
    count_edges(scope);
  }
}

void RuleScopes::select(RuleScope& scope, std::string_view key, const std::vector<Selector>& selectors, EndSet& set) {
  std::vector<std::uint32_t> counts;
  set = matcher_.select(selectors, ends_, counts);
  for (std::size_t i = 0; i < selectors.size(); ++i) scope.selectors.push_back({key, &selectors[i], counts[i]});
}

void RuleScopes::select_groups(RuleScope& scope) {
  const GeneralRule& rule = *scope.rule;
  const std::string_view key = rule.kind == RuleKind::layers ? "layers" : "groups";
  for (std::size_t layer = 0; layer < rule.groups.size(); ++layer) {
    const RuleGroup& group = rule.groups[layer];
    select(scope, key, group.selectors, scope.groups.emplace_back());
    if (!rule.independent || group.selectors.size() < 2) continue;
    for (const Selector& selector : group.selectors) {
      single_.push_back(std::make_unique<std::vector<Selector>>(1, selector));
      std::vector<std::uint32_t> ignored;
      scope.siblings.push_back(matcher_.select(*single_.back(), ends_, ignored));
      scope.layers.push_back(layer);
    }
  }
}

void RuleScopes::draw_boundaries(RuleScope& scope) {
  switch (scope.rule->kind) {
    case RuleKind::acyclic:
    case RuleKind::required: return;
    case RuleKind::allowed:
    case RuleKind::within_view: draw_permitted(scope); return;
    case RuleKind::forbidden: draw_forbidden(scope); return;
    case RuleKind::visibility: draw_visibility(scope); return;
    case RuleKind::independent: scope.rule->each ? draw_each(scope) : draw_groups(scope); return;
    case RuleKind::layers:
      draw_layers(scope);
      draw_siblings(scope);
      return;
  }
}

void RuleScopes::draw_forbidden(RuleScope& scope) {
  scope.sees_files = scope.to.may_hold_files();
  const EndSet& from = scope.from;
  const EndSet& to = scope.to;
  scope.boundaries.push_back({.is_inside = [&to](Endpoint end) { return to.contains(end); },
                              .is_asked = [&](Endpoint end) { return from.contains(end) && !to.contains(end); },
                              .holds_path = [&to](std::string_view path) { return to.contains_path(path); },
                              .asks_path = [&from](std::string_view path) { return from.contains_path(path); },
                              .reason = "rule '{}' forbids"});
}

// All but what is permitted is beyond the boundary. By default that means targets: nobody lists their own sources.
void RuleScopes::draw_permitted(RuleScope& scope) {
  const bool files_count = !scope.rule->kinds.empty();
  scope.sees_files = files_count;
  const EndSet& from = scope.from;
  const EndSet& to = scope.to;
  scope.boundaries.push_back({.is_inside =
                                  [&, files_count](Endpoint end) {
                                    return (files_count || end.is_target()) && !to.contains(end) && !from.contains(end);
                                  },
                              .is_asked = [&from](Endpoint end) { return from.contains(end); },
                              .is_excused =
                                  [this, &scope](const Edge& edge) {
                                    return is_own_autogen(graph_, edge) || is_permitted_elsewhere(scope, edge);
                                  },
                              .reason = "rule '{}' does not allow"});
}

// All [[allowed]] are one list: what any of them permits is permitted, and what none does is told by the first that
// speaks of the depender.
bool RuleScopes::is_permitted_elsewhere(const RuleScope& scope, const Edge& edge) const {
  if (scope.rule->kind != RuleKind::allowed) return false;
  return std::any_of(scopes_.begin(), scopes_.end(), [&](const RuleScope& other) {
    if (&other == &scope || other.rule->kind != RuleKind::allowed) return false;
    if (!other.from.contains(edge.from) || !other.counts(edge)) return false;
    return other.to.contains(edge.to) || other.from.contains(edge.to) ||
           (&other < &scope && other.boundaries.front().is_inside(edge.to));
  });
}

void RuleScopes::draw_visibility(RuleScope& scope) {
  scope.sees_files = scope.to.may_hold_files();
  const EndSet& from = scope.from;
  const EndSet& to = scope.to;
  scope.boundaries.push_back({.is_inside = [&to](Endpoint end) { return to.contains(end); },
                              .is_asked = [&](Endpoint end) { return !from.contains(end) && !to.contains(end); },
                              .holds_path = [&to](std::string_view path) { return to.contains_path(path); },
                              .excuses_path = [&from](std::string_view path) { return from.contains_path(path); },
                              .is_excused = [this](const Edge& edge) { return is_own_autogen(graph_, edge); },
                              .reason = "rule '{}' hides from it"});
}

void RuleScopes::draw_groups(RuleScope& scope) {
  for (std::size_t i = 0; i < scope.groups.size(); ++i) {
    const EndSet& group = scope.groups[i];
    const auto is_other = [&scope, i](auto end) {
      const auto other = group_of(scope.groups, end);
      return other && *other != i;
    };
    scope.sees_files = scope.sees_files || group.may_hold_files();
    scope.boundaries.push_back(
        {.is_inside = [&scope, i](Endpoint end) { return group_of(scope.groups, end) == i; },
         .is_asked = is_other,
         .holds_path = [&scope, i](std::string_view path) { return group_of(scope.groups, path) == i; },
         .asks_path = is_other,
         .reason = "rule '{}' keeps apart"});
  }
}

// Only groups that another one has an edge to: there may be thousands.
void RuleScopes::draw_each(RuleScope& scope) {
  const EndSet& from = scope.from;
  std::vector<bool> used(graph_.targets().size(), false);
  for (const Edge& edge : graph_.edges()) {
    if (edge.to.is_target() && edge.from != edge.to && from.contains(edge.to)) {
      used[edge.to.index()] = scope.rule->transitive || used[edge.to.index()] || from.contains(edge.from);
    }
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) continue;
    const Endpoint own = Endpoint::target(TargetId(i));
    scope.boundaries.push_back({.is_inside = [own](Endpoint end) { return end == own; },
                                .is_asked = [&from, own](Endpoint end) { return from.contains(end) && end != own; },
                                .reason = "rule '{}' keeps apart"});
  }
}

void RuleScopes::draw_layers(RuleScope& scope) {
  for (std::size_t i = 0; i < scope.groups.size(); ++i) {
    scope.sees_files = scope.sees_files || scope.groups[i].may_hold_files();
    const auto draw = [&scope, i](const auto& may_not_use, std::string_view reason) {
      scope.boundaries.push_back(
          {.is_inside = [&scope, i](Endpoint end) { return group_of(scope.groups, end) == i; },
           .is_asked = may_not_use,
           .holds_path = [&scope, i](std::string_view path) { return group_of(scope.groups, path) == i; },
           .asks_path = may_not_use,
           .reason = reason});
    };
    const auto is_lower = [&scope, i](auto end) {
      const auto layer = group_of(scope.groups, end);
      return layer && *layer > i;
    };
    draw(is_lower, "is of a higher layer of rule '{}'");
    const auto skips_one = [&scope, i](auto end) {
      const auto layer = group_of(scope.groups, end);
      return layer && *layer + 1 < i;
    };
    if (scope.rule->closed) draw(skips_one, "is not of the next lower layer of rule '{}'");
  }
}

void RuleScopes::draw_siblings(RuleScope& scope) {
  for (std::size_t i = 0; i < scope.siblings.size(); ++i) {
    const EndSet& own = scope.siblings[i];
    const auto is_sibling = [&scope, i](auto end) {
      const auto other = group_of(scope.siblings, end);
      return other && *other != i && scope.layers[*other] == scope.layers[i];
    };
    scope.boundaries.push_back(
        {.is_inside = [&own](Endpoint end) { return own.contains(end); },
         .is_asked = [&own, is_sibling](Endpoint end) { return !own.contains(end) && is_sibling(end); },
         .holds_path = [&own](std::string_view path) { return own.contains_path(path); },
         .asks_path = [&own,
                       is_sibling](std::string_view path) { return !own.contains_path(path) && is_sibling(path); },
         .reason = "is of the same layer of rule '{}'"});
  }
}

void RuleScopes::count_ends(RuleScope& scope) const {
  const auto is_in_group = [&scope](Endpoint end) { return group_of(scope.groups, end).has_value(); };
  for (const Endpoint end : ends_) {
    if (scope.except.contains(end)) continue;
    bool depender = scope.from.contains(end);
    bool dependee = scope.to.contains(end);
    switch (scope.rule->kind) {
      case RuleKind::forbidden: depender = depender && !dependee; break;
      case RuleKind::visibility: depender = !depender && !dependee; break;
      case RuleKind::layers: depender = dependee = is_in_group(end); break;
      case RuleKind::independent:
        depender = dependee = scope.rule->each ? depender && end.is_target() : is_in_group(end);
        break;
      case RuleKind::acyclic: depender = dependee = scope.rule->from.empty() || depender; break;
      case RuleKind::allowed:
      case RuleKind::within_view:
      case RuleKind::required: break;
    }
    if (depender && end.is_target()) ++scope.dependers;
    if (dependee) ++scope.dependees;
  }
}

void RuleScopes::count_edges(RuleScope& scope) const {
  const GeneralRule& rule = *scope.rule;
  for (const Edge& edge : graph_.edges()) {
    if (!scope.counts(edge)) continue;
    bool counted = scope.from.contains(edge.from);
    switch (rule.kind) {
      case RuleKind::forbidden: counted = counted && !scope.to.contains(edge.from); break;
      case RuleKind::visibility: counted = !counted && !scope.to.contains(edge.from); break;
      case RuleKind::layers: counted = group_of(scope.groups, edge.from).has_value(); break;
      case RuleKind::independent: counted = rule.each ? counted : group_of(scope.groups, edge.from).has_value(); break;
      case RuleKind::acyclic:
        counted = edge.from.is_target() && edge.to.is_target() && (rule.from.empty() || counted);
        break;
      case RuleKind::allowed:
      case RuleKind::within_view: counted = counted && (scope.sees_files || edge.to.is_target()); break;
      case RuleKind::required: break;
    }
    if (counted) ++scope.edges_checked;
  }
}

}  // namespace bulkhead
