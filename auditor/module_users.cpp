#include "auditor/module_users.h"

#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "auditor/module_findings.h"
#include "auditor/modules.h"
#include "auditor/naming_files.h"

namespace bulkhead {
namespace {

// The module that each of these names means. What would mean several modules means none.
class Names {
 public:
  void add(const std::string& name, std::size_t module) {
    if (is_telling_name(name)) owners_[name].insert(module);
  }
  // The names of one module each, sorted.
  [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> telling() const {
    std::vector<std::pair<std::string, std::size_t>> names;
    for (const auto& [name, modules] : owners_) {
      if (modules.size() == 1) names.emplace_back(name, *modules.begin());
    }
    return names;
  }

 private:
  std::map<std::string, std::set<std::size_t>> owners_;
};

// What people write who use a module: its toggle's variable, its targets, its definitions. A variable that is CMake's,
// that several toggles have, or that lists names is about more than this module.
Names names_of(const BuildTree& tree, const Policy& policy, const Inventory& inventory) {
  Names names;
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    const Module& module = policy.modules[i];
    const std::string& toggle = module.toggle.text();
    const bool is_about_lists =
        toggle.find("IN_LIST") != std::string::npos || toggle.find("MATCHES") != std::string::npos;
    for (const std::string& variable : module.toggle.variables()) {
      if (!is_about_lists && !variable.starts_with("CMAKE_")) names.add(variable, i);
    }
    for (const auto* const globs : {&module.targets, &module.defines}) {
      for (const PolicyGlob& one : *globs) {
        if (one.glob.text() == one.glob.literal_prefix()) names.add(one.glob.text(), i);
      }
    }
  }
  for (const TargetGraph& graph : tree.graphs) {
    const ModuleMap owners(graph, policy, inventory);
    for (std::size_t i = 0; i < policy.modules.size(); ++i) {
      for (const TargetId target : owners.targets_of(i)) names.add(std::string(graph.name(target)), i);
    }
  }
  return names;
}

void add_targets(const TargetGraph& graph, const ModuleMap& owners, std::size_t module, std::set<std::string>& names) {
  for (const EdgeId id : owners.edges_onto(module)) {
    const Edge& edge = graph[id];
    if (!is_dependency(edge) || !edge.from.is_target()) continue;
    if (graph[edge.from.target_id()].type == TargetType::utility) continue;
    names.emplace(graph.name(edge.from.target_id()));
  }
}

}  // namespace

std::vector<ModuleUsers> find_users(const BuildTree& tree, const Policy& policy, const Inventory& inventory,
                                    const std::vector<bool>& on, const std::vector<std::size_t>& modules) {
  std::vector<std::set<std::string>> targets(policy.modules.size());
  for (const TargetGraph& graph : tree.graphs) {
    const ModuleMap owners(graph, policy, inventory);
    for (const std::size_t i : modules) {
      if (on[i]) add_targets(graph, owners, i, targets[i]);
    }
  }
  const TargetGraph& first = tree.graphs.front();
  const ModuleMap owners(first, policy, inventory);
  const auto names = names_of(tree, policy, inventory).telling();
  NamingQuery query{.source_root = first.info().source_root, .build_root = first.info().build_root, .names = {}};
  for (const auto& one : names) query.names.push_back(one.first);
  std::vector<std::vector<NamingPlace>> mentions(policy.modules.size());
  for (const NamingFile& file : find_naming_files(query)) {
    const Owner owner = owners.path_owner(file.path);
    for (const std::size_t name : file.names) {
      const std::size_t module = names[name].second;
      const bool is_told = !mentions[module].empty() && mentions[module].back().file == file.path;
      if (owner != Owner::module(module) && !is_told) mentions[module].push_back({file.path, names[name].first});
    }
  }
  std::error_code ignored;
  const bool searched = std::filesystem::is_directory(query.source_root, ignored);
  std::vector<ModuleUsers> users;
  users.reserve(modules.size());
  for (const std::size_t i : modules)
    users.push_back(
        {.targets = {targets[i].begin(), targets[i].end()}, .mentions = std::move(mentions[i]), .searched = searched});
  return users;
}

}  // namespace bulkhead
