#include <algorithm>
#include <array>

#include "auditor/rule.h"

namespace bulkhead {

std::span<const Rule> catalogue() {
  static constexpr std::array rules = {
      Rule{.code = "blind-spot",
           .severity = Severity::warning,
           .summary = "a kind of edge could not be checked",
           .run = run_blind_spot,
           .seen_while = SeenWhile::off,
           .about = About::tree},
      Rule{.code = "off-edge",
           .severity = Severity::error,
           .summary = "the core has an edge to a module that is off",
           .run = run_off_edge,
           .seen_while = SeenWhile::off},
      Rule{.code = "off-target",
           .severity = Severity::warning,
           .summary = "a module is off, but a target of it is in the build",
           .run = run_off_target,
           .seen_while = SeenWhile::off},
      Rule{.code = "unused-policy",
           .severity = Severity::error,
           .summary = "a part of the policy matched nothing",
           .run = run_unused_policy,
           .in_every_configuration = true,
           .seen_while = SeenWhile::on,
           .about = About::policy},
  };
  return rules;
}

const Rule* find_rule(std::string_view code) {
  const auto rules = catalogue();
  const auto found = std::find_if(rules.begin(), rules.end(), [code](const Rule& rule) { return rule.code == code; });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace bulkhead
