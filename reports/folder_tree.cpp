#include "reports/folder_tree.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace bulkhead {
namespace {

/// The first level of a path at or behind `begin`, as a length from the beginning of the path: what is beside the
/// source tree, and whatever else ".." leads to, goes with the name behind it.
std::size_t end_of_level(std::string_view path, std::size_t begin) {
  std::size_t end = path.find('/', begin == 0 ? 1 : begin);
  while (end != std::string_view::npos && path.substr(0, end).ends_with("..")) end = path.find('/', end + 1);
  return end == std::string_view::npos ? path.size() : end;
}

// The core before the modules, what is set aside behind them.
std::size_t rank_of(Owner owner, std::size_t modules) {
  if (owner.is_core()) return 0;
  return owner.is_module() ? 1 + owner.module_index() : 1 + modules;
}

}  // namespace

std::string_view folder_of(const TargetGraph& graph, Endpoint thing) {
  if (thing.is_target()) return graph.text(graph[thing.target_id()].source_directory);
  if (thing.kind() != EndpointKind::file) return {};
  const std::string_view path = graph.text(thing.string_id());
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view(".") : path.substr(0, std::max<std::size_t>(slash, 1));
}

std::vector<Owner> owners_of(const GraphView& view, const GraphSubject& subject) {
  std::unordered_map<std::uint32_t, Owner> others;
  for (const EdgeId id : subject.edges) {
    const Edge& edge = (*view.graph)[id];
    if (!edge.from.is_target()) others.try_emplace(edge.from.bits(), view.dependers[id.value()]);
    if (!edge.to.is_target()) others.try_emplace(edge.to.bits(), view.dependees[id.value()]);
  }
  std::vector<Owner> owners;
  owners.reserve(subject.things.size());
  for (const Endpoint thing : subject.things) {
    const auto other = others.find(thing.bits());
    owners.push_back(thing.is_target()       ? view.targets[thing.index()]
                     : other != others.end() ? other->second
                                             : Owner::core());
  }
  return owners;
}

FolderTree::FolderTree(const GraphView& view, const GraphSubject& subject) {
  std::map<std::tuple<bool, std::size_t>, std::size_t> roots;
  const std::vector<Owner> owners = owners_of(view, subject);
  for (std::size_t i = 0; i < subject.things.size(); ++i) {
    const bool chosen = subject.chosen[i];
    const auto [root, fresh] = roots.try_emplace({!chosen, rank_of(owners[i], view.modules.size())}, folders_.size());
    if (fresh) {
      TreeFolder folder;
      folder.owner = owners[i];
      folder.chosen = chosen;
      folders_.push_back(std::move(folder));
    }
    const std::size_t home = enter(root->second, folder_of(*view.graph, subject.things[i]));
    folders_[home].things.push_back(static_cast<std::uint32_t>(i));
  }
  for (const auto& [key, root] : roots) roots_.push_back(root);
  // A folder comes behind the one that it lies in.
  for (std::size_t i = folders_.size(); i-- > 0;) {
    TreeFolder& folder = folders_[i];
    folder.total = folder.things.size();
    for (const std::size_t below : folder.folders) folder.total += folders_[below].total;
    std::sort(folder.folders.begin(), folder.folders.end(),
              [this](std::size_t a, std::size_t b) { return folders_[a].path < folders_[b].path; });
  }
}

/// The folder at that path below a root; makes it, and those on the way to it.
std::size_t FolderTree::enter(std::size_t folder, std::string_view path) {
  if (path.empty() || path == ".") return folder;
  std::size_t end = 0;
  while (end < path.size()) {
    end = end_of_level(path, end == 0 ? 0 : end + 1);
    const std::string_view here = path.substr(0, end);
    const auto [known, fresh] = below_.try_emplace({folder, std::string(here)}, folders_.size());
    if (!fresh) {
      folder = known->second;
      continue;
    }
    TreeFolder below;
    below.path = here;
    below.level = folders_[folder].level + 1;
    below.owner = folders_[folder].owner;
    below.chosen = folders_[folder].chosen;
    folders_[folder].folders.push_back(folders_.size());
    folder = folders_.size();
    folders_.push_back(std::move(below));
  }
  return folder;
}

std::vector<std::uint32_t> FolderTree::things_below(std::size_t folder) const {
  std::vector<std::uint32_t> things;
  std::vector<std::size_t> queue = {folder};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const TreeFolder& here = folders_[queue[next]];
    things.insert(things.end(), here.things.begin(), here.things.end());
    queue.insert(queue.end(), here.folders.begin(), here.folders.end());
  }
  std::sort(things.begin(), things.end());
  return things;
}

}  // namespace bulkhead
