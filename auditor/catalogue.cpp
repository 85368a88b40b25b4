#include <array>

#include "auditor/embedded_text.h"
#include "auditor/rule.h"

namespace bulkhead {

std::span<const Rule> catalogue() {
  static constexpr std::array rules = {
      Rule{"acyclic", Severity::error, "targets, folders or modules depend on each other in a circle", &acyclic_page,
           run_acyclic, true},
      Rule{"allowed", Severity::error, "an edge that no [[allowed]] of the policy permits", &allowed_page, run_allowed,
           true},
      Rule{"blind-spot", Severity::warning, "a kind of edge could not be checked", &blind_spot_page, run_blind_spot},
      Rule{"forbidden", Severity::error, "an edge, or a way, that a [[forbidden]] of the policy forbids",
           &forbidden_page, run_forbidden, true},
      Rule{"independent", Severity::error, "one of several that are to be independent depends on another",
           &independent_page, run_independent, true},
      Rule{"layers", Severity::error, "an edge to a higher layer, or past the next lower one", &layers_page, run_layers,
           true},
      Rule{"off-edge", Severity::error, "the core has an edge to a module that is off", &off_edge_page, run_off_edge},
      Rule{"off-target", Severity::warning, "a module is off, but a target of it is in the build", &off_target_page,
           run_off_target},
      Rule{"required", Severity::error, "a target does not depend on what it has to", &required_page, run_required,
           true},
      Rule{.code = "unused-policy",
           .severity = Severity::error,
           .summary = "a part of the policy matched nothing",
           .page = &unused_policy_page,
           .run = run_unused_policy,
           .in_every_configuration = true},
      Rule{"visibility", Severity::error, "an edge from something that may not see the dependee", &visibility_page,
           run_visibility, true},
      Rule{"within-view", Severity::error, "an edge to something that the depender may not see", &within_view_page,
           run_within_view, true},
  };
  return rules;
}

}  // namespace bulkhead
