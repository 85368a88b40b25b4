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
      Rule{.code = "core-edge",
           .severity = Severity::error,
           .summary = "an S0 module is on, and the core depends on it, but not by an entry point",
           .page = &core_edge_page,
           .run = run_core_edge,
           .seen_while = SeenWhile::on,
           .stages = "S0"},
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
      Rule{.code = "module-edge",
           .severity = Severity::error,
           .summary = "a module depends on another module that it does not name",
           .page = &module_edge_page,
           .run = run_module_edge,
           .stages = "S0 S1 S2"},
      Rule{.code = "namespace",
           .severity = Severity::warning,
           .summary = "a module compiles files outside its paths, or others compile its files",
           .page = &namespace_page,
           .run = run_namespace,
           .seen_while = SeenWhile::on,
           .stages = "S0 S1 S2"},
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
      Rule{.code = "owners",
           .severity = Severity::error,
           .summary = "fewer people look after an S0 module than are asked for",
           .page = &owners_page,
           .run = run_owners,
           .stages = "S0"},
      Rule{.code = "replaced-edge",
           .severity = Severity::error,
           .summary = "something depends on what an S2 module replaces",
           .page = &replaced_edge_page,
           .run = run_replaced_edge,
           .stages = "S2"},
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

std::vector<RuleDescription> describe_catalogue() {
  std::vector<RuleDescription> descriptions;
  for (const Rule& rule : catalogue()) {
    descriptions.push_back({.code = rule.code,
                            .severity = rule.severity,
                            .summary = rule.summary,
                            .page = *rule.page,
                            .about_modules = !rule.by_policy && rule.about == About::project,
                            .about_audit = rule.about != About::project,
                            .while_off = rule.seen_while != SeenWhile::on,
                            .while_on = rule.seen_while != SeenWhile::off,
                            .stages = rule.stages});
  }
  return descriptions;
}

}  // namespace bulkhead
