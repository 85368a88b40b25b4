#include "auditor/diff_groups.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "auditor/inventory.h"
#include "auditor/modules.h"
#include "graph/target_graph.h"

namespace bulkhead {
namespace {

constexpr std::string_view target_prefix = "target:";
constexpr std::string_view file_prefix = "file:";
constexpr std::string_view library_prefix = "library:";

/// All targets of both sides as one graph without edges, for a ModuleMap. Of targets with one name the first counts.
class TargetList {
 public:
  void add(const SavedGraph& graph) {
    for (const SavedConfiguration& configuration : graph.configurations) {
      for (const SavedTarget& target : configuration.targets) {
        const std::string_view name = graph.text(target.name);
        if (!names_.emplace(name).second) continue;
        parts_.targets.push_back({.name = parts_.strings.intern(name),
                                  .source_directory = parts_.strings.intern(graph.text(target.directory)),
                                  .build_directory = parts_.strings.intern(graph.text(target.directory)),
                                  .frame = {},
                                  .artifacts = {},
                                  .type = target.type,
                                  .imported = target.imported,
                                  .abstract = target.abstract});
      }
    }
  }

  TargetGraph take() && {
    parts_.dependency_offsets.assign(parts_.targets.size() + 1, 0);
    return TargetGraph(std::move(parts_));
  }

 private:
  TargetGraphParts parts_;
  std::unordered_set<std::string> names_;
};

std::string top_folder(std::string_view directory) {
  // Beside the source tree the parent alone says nothing.
  std::size_t from = 0;
  while (directory.substr(from).starts_with("../")) from += 3;
  return std::string(directory.substr(0, directory.find('/', from)));
}

/// Says which module owns an end of an edge.
class Owners {
 public:
  explicit Owners(const ModuleMap& modules, const TargetGraph& graph) : modules_(modules), graph_(graph) {}

  [[nodiscard]] Owner owner(std::string_view label) const {
    if (label.starts_with(target_prefix)) {
      const auto target = graph_.find_target(label.substr(target_prefix.size()));
      return target ? modules_.owner(*target) : Owner::core();
    }
    if (label.starts_with(file_prefix)) return modules_.path_owner(label.substr(file_prefix.size()));
    if (label.starts_with(library_prefix)) return modules_.library_owner(label.substr(library_prefix.size()));
    return Owner::core();
  }

  [[nodiscard]] std::string group(std::string_view label) const {
    const Owner found = owner(label);
    if (found.is_module()) return modules_.policy().modules[found.module_index()].name;
    return found.is_core() ? "core" : "set aside";
  }

 private:
  const ModuleMap& modules_;
  const TargetGraph& graph_;
};

// Modules first, then the core, then what is set aside; folders are all alike.
int rank_of(const std::string& group, bool by_module) {
  if (!by_module) return 0;
  return group == "set aside" ? 2 : group == "core" ? 1 : 0;
}

}  // namespace

void group_changes(const SavedGraph& before, const SavedGraph& after, const Policy& policy, GraphDiff diff,
                   DiffReport& report) {
  report.by_module = !policy.modules.empty();
  TargetList list;
  if (report.by_module) {
    list.add(after);
    list.add(before);
  }
  const TargetGraph targets = std::move(list).take();
  const Inventory nothing;
  const ModuleMap modules(targets, policy, nothing);
  const Owners owners(modules, targets);
  std::map<std::pair<int, std::string>, DiffGroup> groups;
  const auto group_of = [&](std::string_view label, const std::string& directory) -> DiffGroup& {
    std::string name = report.by_module ? owners.group(label) : top_folder(directory);
    const int rank = rank_of(name, report.by_module);
    DiffGroup& group = groups[{rank, name}];
    group.name = std::move(name);
    return group;
  };
  for (TargetChange& target : diff.targets) {
    DiffGroup& group = group_of(std::string(target_prefix) + target.name, target.directory);
    group.targets.push_back(std::move(target));
  }
  for (EdgeChange& edge : diff.edges) {
    DiffGroup& group = group_of(edge.from, edge.directory);
    if (const Owner owner = owners.owner(edge.to); report.by_module && owner.is_module())
      report.modules.try_emplace(edge.to, policy.modules[owner.module_index()].name);
    group.edges.push_back(std::move(edge));
  }
  for (auto& [key, group] : groups) report.groups.push_back(std::move(group));
}

}  // namespace bulkhead
