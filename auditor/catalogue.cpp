#include <algorithm>
#include <array>

#include "auditor/embedded_text.h"
#include "auditor/rule.h"

namespace bulkhead {

std::span<const Rule> catalogue() {
  static constexpr std::array rules = {
      Rule{.code = "acyclic",
           .severity = Severity::error,
           .summary = "targets, folders or modules depend on each other in a circle",
           .page = &acyclic_page,
           .run = run_acyclic,
           .by_policy = true},
      Rule{.code = "allowed",
           .severity = Severity::error,
           .summary = "an edge that no [[allowed]] of the policy permits",
           .page = &allowed_page,
           .run = run_allowed,
           .by_policy = true},
      Rule{.code = "blind-spot",
           .severity = Severity::warning,
           .summary = "a kind of edge could not be checked",
           .page = &blind_spot_page,
           .run = run_blind_spot,
           .seen_while = SeenWhile::off,
           .about = About::tree},
      Rule{.code = "forbidden",
           .severity = Severity::error,
           .summary = "an edge, or a way, that a [[forbidden]] of the policy forbids",
           .page = &forbidden_page,
           .run = run_forbidden,
           .by_policy = true},
      Rule{.code = "independent",
           .severity = Severity::error,
           .summary = "one of several that are to be independent depends on another",
           .page = &independent_page,
           .run = run_independent,
           .by_policy = true},
      Rule{.code = "layers",
           .severity = Severity::error,
           .summary = "an edge to a higher layer, or past the next lower one",
           .page = &layers_page,
           .run = run_layers,
           .by_policy = true},
      Rule{.code = "off-edge",
           .severity = Severity::error,
           .summary = "the core has an edge to a module that is off",
           .page = &off_edge_page,
           .run = run_off_edge,
           .seen_while = SeenWhile::off},
      Rule{.code = "off-target",
           .severity = Severity::warning,
           .summary = "a module is off, but a target of it is in the build",
           .page = &off_target_page,
           .run = run_off_target,
           .seen_while = SeenWhile::off},
      Rule{.code = "required",
           .severity = Severity::error,
           .summary = "a target does not depend on what it has to",
           .page = &required_page,
           .run = run_required,
           .by_policy = true},
      Rule{.code = "unused-policy",
           .severity = Severity::error,
           .summary = "a part of the policy matched nothing",
           .page = &unused_policy_page,
           .run = run_unused_policy,
           .in_every_configuration = true,
           .seen_while = SeenWhile::on,
           .about = About::policy},
      Rule{.code = "visibility",
           .severity = Severity::error,
           .summary = "an edge from something that may not see the dependee",
           .page = &visibility_page,
           .run = run_visibility,
           .by_policy = true},
      Rule{.code = "within-view",
           .severity = Severity::error,
           .summary = "an edge to something that the depender may not see",
           .page = &within_view_page,
           .run = run_within_view,
           .by_policy = true},
  };
  return rules;
}

const Rule* find_rule(std::string_view code) {
  const auto rules = catalogue();
  const auto found = std::find_if(rules.begin(), rules.end(), [code](const Rule& rule) { return rule.code == code; });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace bulkhead
