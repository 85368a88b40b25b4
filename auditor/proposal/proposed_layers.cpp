// How sure the layers of a proposal are, by what the build tree has, and by an audit with nothing but them.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "auditor/audit.h"
#include "auditor/glob.h"
#include "auditor/inventory.h"
#include "auditor/modules.h"
#include "auditor/policy.h"
#include "auditor/proposal/proposal.h"
#include "auditor/proposal/proposal_text.h"

namespace bulkhead {
namespace {

constexpr const char* file_name = "proposal";
constexpr std::size_t enough_layers = 3;
constexpr std::size_t several = 2;  // folders of one layer

std::size_t folders_of(const FolderLayer& layer) {
  std::size_t count = 0;
  for (const auto& component : layer) count += component.size();
  return count;
}

std::vector<std::string> all_folders(const std::vector<FolderLayer>& layers) {
  std::vector<std::string> folders;
  for (const FolderLayer& layer : layers) {
    for (const auto& component : layer) folders.insert(folders.end(), component.begin(), component.end());
  }
  return folders;
}

std::vector<std::string> say_circles(const std::vector<FolderLayer>& layers) {
  std::vector<std::string> notes;
  for (const FolderLayer& layer : layers) {
    for (const auto& component : layer) {
      if (component.size() == 1) continue;
      notes.push_back(
          fmt::format("{} depend on each other, so that one layer has to hold them", fmt::join(component, ", ")));
    }
  }
  return notes;
}

void judge_shape(const FolderLayers& found, std::vector<std::string>& doubts) {
  const auto is_single = [](const FolderLayer& layer) { return folders_of(layer) < several; };
  const bool flat = found.layers.size() < enough_layers;
  if (flat && std::any_of(found.layers.begin(), found.layers.end(), is_single)) {
    doubts.emplace_back("there are only two layers, and one of them is a single folder");
  }
  if (!found.unlinked.empty()) {
    doubts.push_back(fmt::format("nothing tells where {} {}: no link leads from or to the others",
                                 fmt::join(found.unlinked, ", "), found.unlinked.size() == 1 ? "belongs" : "belong"));
  }
}

void judge_homeless(const FolderLayers& found, const TargetGraph& graph, std::vector<std::string>& doubts) {
  if (found.homeless.empty()) return;
  const std::size_t count = found.homeless.size();
  const std::string_view first = graph.name(found.homeless.front());
  doubts.push_back(count == 1 ? fmt::format("{} is in none of these folders", first)
                              : fmt::format("{} targets are in none of these folders, such as {}", count, first));
}

// A part that is not sure, and yet commented out, may be absent from another build tree; the layers would then name a
// folder that matches nothing.
void judge_optional(const Proposal& proposal, const FolderLayers& found, std::vector<std::string>& doubts) {
  const std::vector<std::string> folders = all_folders(found.layers);
  for (const ProposedModule& module : proposal.modules) {
    if (is_active(proposal, module)) continue;
    for (const std::string& folder : folders) {
      const bool owned = std::any_of(module.paths.begin(), module.paths.end(), [&folder](const std::string& path) {
        const auto glob = Glob::parse(path, {});
        return glob && glob->matches(folder);
      });
      if (owned) doubts.push_back(fmt::format("{} may be an optional part: see module {}", folder, module.name));
    }
  }
}

// What `bulkhead check` would say of the rule.
void judge_by_audit(const FolderLayers& found, const BuildTree& tree, std::vector<std::string>& doubts) {
  const auto policy = parse_policy(write_layers(found.layers), file_name);
  if (!policy) {
    doubts.push_back(policy.error().message);
    return;
  }
  const auto report = audit(tree, *policy, {});
  if (!report) {
    doubts.push_back(report.error().message);
    return;
  }
  const auto is_about = [](const Finding& finding) {
    return finding.rule == "layers" || finding.rule == "blind-spot" ||
           (finding.rule == "unused-policy" && finding.name == layers_name);
  };
  std::size_t count = 0;
  const Finding* first = nullptr;
  for (const Finding& finding : report->findings) {
    if (!is_about(finding)) continue;
    if (count++ == 0) first = &finding;
  }
  if (first == nullptr) return;
  const std::string more = count == 1 ? std::string() : fmt::format(", and {} more", count - 1);
  doubts.push_back(fmt::format("check would say: {}{}", first->message, more));
}

}  // namespace

ProposedLayers propose_layers(const Proposal& proposal, const BuildTree& tree) {
  std::vector<const ProposedModule*> active;
  for (const ProposedModule& module : proposal.modules) {
    if (is_active(proposal, module)) active.push_back(&module);
  }
  const auto policy = parse_policy(write_tables(proposal.asides, active), file_name);
  if (!policy) return {};
  const TargetGraph& graph = tree.graphs.front();
  const Inventory nothing_remembered;
  const ModuleMap map(graph, *policy, nothing_remembered);
  // Custom targets are neither compiled nor linked.
  const FolderLayers found = find_folder_layers(
      graph, [&](TargetId id) { return graph[id].type != TargetType::utility && map.owner(id).is_core(); });
  ProposedLayers proposed{.layers = found.layers};
  if (found.layers.empty()) return proposed;
  proposed.notes = say_circles(found.layers);
  judge_shape(found, proposed.doubts);
  judge_homeless(found, graph, proposed.doubts);
  judge_optional(proposal, found, proposed.doubts);
  judge_by_audit(found, tree, proposed.doubts);
  return proposed;
}

}  // namespace bulkhead
