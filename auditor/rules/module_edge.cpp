// module-edge: a module depends on another module that it does not name.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "auditor/cause_advice.h"
#include "auditor/module_findings.h"
#include "auditor/rule_findings.h"

namespace bulkhead {
namespace {

bool names(const Module& module, const std::string& other) {
  return std::any_of(module.depends.begin(), module.depends.end(),
                     [&other](const PolicyName& one) { return one.name == other; });
}

// The module that owns a depender, if it has a stage and may not depend on the other one.
const Module* find_offender(const RuleInput& input, Owner owner, std::size_t dependee) {
  if (!owner.is_module() || owner.module_index() == dependee) return nullptr;
  const Module& module = input.policy.modules[owner.module_index()];
  const bool may = module.stage.empty() || names(module, input.policy.modules[dependee].name);
  return may ? nullptr : &module;
}

// Those that an include is laid to: the module that owns the file, or those of the targets that compile it.
std::set<std::size_t> find_offenders(const RuleInput& input, const IncludeEdge& edge) {
  std::set<std::size_t> offenders;
  const auto add = [&](Owner owner) {
    if (find_offender(input, owner, edge.part) != nullptr) offenders.insert(owner.module_index());
  };
  const Owner owner = input.modules.path_owner(edge.place.file);
  if (!owner.is_core()) {
    add(owner);
    return offenders;
  }
  for (const TargetId target : find_includers(input.graph, edge)) add(input.modules.owner(target));
  return offenders;
}

std::string repair(const std::string& dependee, const Module& offender) {
  return fmt::format("do without it, or add \"{}\" to the 'depends' of module {}", dependee, offender.name);
}

std::string say_trouble(const Module& offender) {
  return fmt::format("which module {} does not name", offender.name);
}

}  // namespace

std::vector<Finding> run_module_edge(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  CauseAdvice advisor(input, inheritance);
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    CauseQuery query{
        .edges = {},
        .is_inside = [&](Endpoint end) { return input.modules.owner(end) == Owner::module(i); },
        .is_asked = [&](Endpoint end) { return find_offender(input, input.modules.owner(end), i) != nullptr; }};
    for (const EdgeId id : input.modules.edges_onto(i)) {
      if (is_dependency(input.graph[id])) query.edges.push_back(id);
    }
    const auto offender_of = [&](const Cause& cause) {
      return find_offender(input, input.modules.owner(input.graph[cause.edge].from), i);
    };
    std::vector<Cause> causes = find_causes(input, inheritance, query);
    std::erase_if(causes, [&](const Cause& cause) { return offender_of(cause) == nullptr; });
    const std::vector<std::string> advice = advisor.advise(causes, query, [](Endpoint) { return true; });
    for (std::size_t at = 0; at < causes.size(); ++at) {
      const Module& offender = *offender_of(causes[at]);
      const std::string& name = input.policy.modules[i].name;
      findings.push_back(
          make_module_finding(input, causes[at], offender, say_trouble(offender), repair(name, offender)));
      add_advice(advice[at], findings.back().help);
    }
  }
  for (const IncludeEdge& edge : input.module_includes.module_edges.edges) {
    for (const std::size_t index : find_offenders(input, edge)) {
      const Module& offender = input.policy.modules[index];
      findings.push_back(make_module_include_finding(input, edge, offender, say_trouble(offender),
                                                     repair(input.policy.modules[edge.part].name, offender)));
    }
  }
  return findings;
}

RuleCount count_module_edge(const RuleInput& input) {
  RuleCount count;
  const auto is_asked = [&input](std::size_t depender) {
    for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
      if (find_offender(input, Owner::module(depender), i) != nullptr) return true;
    }
    return false;
  };
  std::vector<bool> asked;
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    asked.push_back(is_asked(i));
    count.modules += asked[i] ? 1 : 0;
  }
  if (count.modules == 0) return count;
  count_dependers(
      input,
      [&](TargetId id) {
        const Owner owner = input.modules.owner(id);
        return owner.is_module() && asked[owner.module_index()];
      },
      count);
  count.sources = input.module_includes.module_edges.source_count;
  count.blind_spots = find_blind_kinds(input, input.module_includes.module_edges);
  return count;
}

}  // namespace bulkhead
