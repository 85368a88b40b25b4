// A proposal against the build tree that it was made from: bulkhead check has to accept it at once.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "auditor/inventory.h"
#include "auditor/module_states.h"
#include "auditor/modules.h"
#include "auditor/policy.h"
#include "auditor/proposal/proposal.h"
#include "auditor/proposal/proposal_text.h"
#include "auditor/rule.h"
#include "auditor/rule_scopes.h"
#include "auditor/source_tree.h"
#include "graph/cmake_sources.h"

namespace bulkhead {
namespace {

constexpr const char* file_name = "proposal";

/// What is wrong with a policy in a build tree.
struct Objections {
  std::set<std::pair<std::string, std::string>> unused;  // module, or empty for set_aside; glob or selector
  std::set<std::string> contradicted;                    // modules that are off, with targets in the build
};

using Modules = std::vector<const ProposedModule*>;

// What rules say that can be asked without an audit; none when the policy is not even accepted.
std::optional<Objections> find_objections(const std::vector<ProposedAside>& asides, const Modules& modules,
                                          const BuildTree& tree) {
  const auto policy = parse_policy(write_tables(asides, modules), file_name);
  if (!policy) return std::nullopt;
  const auto on = evaluate_toggles(*policy, toggle_values(tree));
  if (!on) return std::nullopt;
  Objections objections;
  std::map<std::pair<std::string, std::string>, std::size_t> unused;
  const BuildInfo& info = tree.graphs.front().info();
  CMakeSources sources(info.source_root, info.build_root);
  const Inventory nothing_remembered;
  const IncludeScan nothing_scanned;
  SourceTree disk(info.source_root);
  for (const TargetGraph& graph : tree.graphs) {
    const ModuleMap map(graph, *policy, nothing_remembered);
    const RuleScopes scopes(graph, *policy, map);
    const RuleInput input{graph, *policy, map, *on, {}, sources, disk, nothing_scanned, {}, scopes, {}, {}, {}, {}};
    for (const Finding& finding : run_unused_policy(input)) {
      if (!finding.evidence.empty()) ++unused[{finding.module, finding.evidence.front().mark}];
    }
    for (const Finding& finding : run_off_target(input)) objections.contradicted.insert(finding.module);
  }
  for (const auto& [what, times] : unused) {
    if (times == tree.graphs.size()) objections.unused.insert(what);
  }
  return objections;
}

bool owns_nothing(const ProposedModule& module) {
  return module.paths.empty() && module.targets.empty();
}

void drop_unused(ProposedModule& module, const Objections& objections) {
  for (auto* const globs : {&module.paths, &module.targets, &module.defines}) {
    std::erase_if(*globs, [&](const std::string& glob) { return objections.unused.contains({module.name, glob}); });
  }
}

void contradict(ProposedModule& module) {
  if (module.confidence == Confidence::guess) return;
  module.confidence = Confidence::guess;
  module.doubts.emplace_back("it is off here, but targets of it are in the build");
}

Modules active_ones(const Proposal& proposal) {
  Modules modules;
  for (const ProposedModule& module : proposal.modules) {
    if (is_active(proposal, module)) modules.push_back(&module);
  }
  return modules;
}

void choose_active(Proposal& proposal) {
  proposal.likely_active = std::none_of(proposal.modules.begin(), proposal.modules.end(),
                                        [](const ProposedModule& one) { return one.confidence == Confidence::sure; });
}

// What an active module owns needs not be set aside, and would not be.
void drop_owned_asides(Proposal& proposal) {
  const Modules active = active_ones(proposal);
  std::erase_if(proposal.asides, [&active](const ProposedAside& aside) {
    return std::any_of(active.begin(), active.end(), [&aside](const ProposedModule* module) {
      return std::any_of(module->paths.begin(), module->paths.end(), [&aside](const std::string& path) {
        return path.ends_with("/**") && aside.selector.starts_with("path:" + path.substr(0, path.size() - 2));
      });
    });
  });
}

// Of the modules alone, one by one, those that the tree does not bear.
void check_each(Proposal& proposal, const BuildTree& tree) {
  for (ProposedModule& module : proposal.modules) {
    const auto objections = find_objections({}, {&module}, tree);
    if (!objections) {
      module.paths.clear();
      module.targets.clear();
      continue;
    }
    drop_unused(module, *objections);
    if (objections->contradicted.contains(module.name)) contradict(module);
  }
  std::erase_if(proposal.modules, owns_nothing);
}

}  // namespace

bool is_active(const Proposal& proposal, const ProposedModule& module) {
  return module.confidence == Confidence::sure || (proposal.likely_active && module.confidence == Confidence::likely);
}

bool has_active(const Proposal& proposal) {
  return proposal.layers.is_active() ||
         std::any_of(proposal.modules.begin(), proposal.modules.end(),
                     [&proposal](const ProposedModule& module) { return is_active(proposal, module); });
}

void check_proposal(Proposal& proposal, const BuildTree& tree) {
  check_each(proposal, tree);
  choose_active(proposal);
  drop_owned_asides(proposal);
  // Together: a larger module may have taken what a smaller one claims.
  for (bool changed = true; changed;) {
    changed = false;
    const Modules active = active_ones(proposal);
    const auto objections = find_objections(proposal.asides, active, tree);
    if (!objections) break;
    changed = std::erase_if(proposal.asides, [&](const ProposedAside& aside) {
                return objections->unused.contains({{}, aside.selector});
              }) != 0;
    for (ProposedModule& module : proposal.modules) {
      if (!is_active(proposal, module)) continue;
      const std::size_t before = module.paths.size() + module.targets.size() + module.defines.size();
      drop_unused(module, *objections);
      changed = changed || before != module.paths.size() + module.targets.size() + module.defines.size();
      if (!objections->contradicted.contains(module.name)) continue;
      contradict(module);
      changed = true;
    }
    changed = std::erase_if(proposal.modules, owns_nothing) != 0 || changed;
  }
  std::stable_sort(proposal.modules.begin(), proposal.modules.end(),
                   [](const ProposedModule& a, const ProposedModule& b) { return a.confidence < b.confidence; });
}

}  // namespace bulkhead
