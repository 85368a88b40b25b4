#include <array>

#include "auditor/rule.h"

namespace bulkhead {

std::span<const Rule> catalogue() {
  static constexpr std::array rules = {
      Rule{"blind-spot", Severity::warning, "a kind of edge could not be checked", run_blind_spot},
      Rule{"off-edge", Severity::error, "the core has an edge to a module that is off", run_off_edge},
      Rule{"off-target", Severity::warning, "a module is off, but a target of it is in the build", run_off_target},
      Rule{.code = "unused-policy",
           .severity = Severity::error,
           .summary = "a part of the policy matched nothing",
           .run = run_unused_policy,
           .in_every_configuration = true},
  };
  return rules;
}

}  // namespace bulkhead
