// module-edge: a module depends on another module that it does not name.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/cause_advice.h"
#include "auditor/module_findings.h"

namespace bulkhead {
namespace {

bool names(const Module& module, const std::string& other) {
  return std::any_of(module.depends.begin(), module.depends.end(),
                     [&other](const PolicyName& one) { return one.name == other; });
}

// The depender's module, if it has a stage and may not depend on the other one.
const Module* find_offender(const RuleInput& input, Endpoint depender, std::size_t dependee) {
  const Owner owner = input.modules.owner(depender);
  if (!owner.is_module() || owner.module_index() == dependee) return nullptr;
  const Module& module = input.policy.modules[owner.module_index()];
  const bool may = module.stage.empty() || names(module, input.policy.modules[dependee].name);
  return may ? nullptr : &module;
}

}  // namespace

std::vector<Finding> run_module_edge(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  CauseAdvice advisor(input, inheritance);
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    CauseQuery query{.edges = {},
                     .is_inside = [&](Endpoint end) { return input.modules.owner(end) == Owner::module(i); },
                     .is_asked = [&](Endpoint end) { return find_offender(input, end, i) != nullptr; }};
    for (const EdgeId id : input.modules.edges_onto(i)) {
      if (is_dependency(input.graph[id])) query.edges.push_back(id);
    }
    const auto offender_of = [&](const Cause& cause) { return find_offender(input, input.graph[cause.edge].from, i); };
    std::vector<Cause> causes = find_causes(input, inheritance, query);
    std::erase_if(causes, [&](const Cause& cause) { return offender_of(cause) == nullptr; });
    const std::vector<std::string> advice = advisor.advise(causes, query, [](Endpoint) { return true; });
    for (std::size_t at = 0; at < causes.size(); ++at) {
      const Module& offender = *offender_of(causes[at]);
      const std::string& name = input.policy.modules[i].name;
      findings.push_back(make_module_finding(
          input, causes[at], offender, fmt::format("which module {} does not name", offender.name),
          fmt::format("do without it, or add \"{}\" to the 'depends' of module {}", name, offender.name)));
      add_advice(advice[at], findings.back().help);
    }
  }
  return findings;
}

}  // namespace bulkhead
