#include "auditor/proposal/folder_layers.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "auditor/proposal/folder_path.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_folders = 40;
constexpr std::string_view beside = "../";
constexpr std::array<std::string_view, 6> holders = {"src", "source", "lib", "libs", "modules", "packages"};

// The folder that holds both.
std::string common_folder(std::string a, std::string_view b) {
  while (!is_below(b, a)) a = folder_of(a);
  return a;
}

// The folder below `top`, or beside the source tree, that stands for a directory in the picture.
std::string group_of(std::string_view directory, std::string_view top) {
  if (directory.starts_with(beside)) top = "..";
  std::size_t end = directory.find('/', top == "." ? 0 : top.size() + 1);
  const std::string_view first = directory.substr(0, end);
  const bool holds = std::find(holders.begin(), holders.end(), last_name(first)) != holders.end();
  if (holds && end != std::string_view::npos) end = directory.find('/', end + 1);
  return std::string(directory.substr(0, end));
}

// Tarjan's algorithm; the folders are few, so that its recursion is shallow.
class Components {
 public:
  explicit Components(const std::vector<std::set<std::size_t>>& edges)
      : edges_(edges), index_(edges.size(), 0), low_(edges.size(), 0), component_(edges.size(), 0) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (index_[i] == 0) visit(i);
    }
  }

  /// Of each folder; a component's number is larger than those of all that it depends on.
  [[nodiscard]] const std::vector<std::size_t>& of() const { return component_; }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  void visit(std::size_t at) {
    index_[at] = low_[at] = ++next_;
    stack_.push_back(at);
    for (const std::size_t to : edges_[at]) {
      if (index_[to] == 0) {
        visit(to);
        low_[at] = std::min(low_[at], low_[to]);
      } else if (std::find(stack_.begin(), stack_.end(), to) != stack_.end()) {
        low_[at] = std::min(low_[at], index_[to]);
      }
    }
    if (low_[at] != index_[at]) return;
    for (bool last = false; !last; stack_.pop_back()) {
      component_[stack_.back()] = count_;
      last = stack_.back() == at;
    }
    ++count_;
  }

  const std::vector<std::set<std::size_t>>& edges_;
  std::vector<std::size_t> index_;
  std::vector<std::size_t> low_;
  std::vector<std::size_t> component_;
  std::vector<std::size_t> stack_;
  std::size_t next_ = 0;
  std::size_t count_ = 0;
};

bool is_dependency(EdgeKind kind) {
  return std::find(layer_kinds.begin(), layer_kinds.end(), kind) != layer_kinds.end();
}

}  // namespace

FolderLayers find_folder_layers(const TargetGraph& graph, const std::function<bool(TargetId)>& is_counted) {
  FolderLayers found;
  std::map<std::string, std::size_t> groups;
  std::vector<std::string> group_names;
  std::vector<std::optional<std::size_t>> group(graph.targets().size());
  std::vector<TargetId> counted;
  std::optional<std::string> top;
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    const Target& target = graph[TargetId(i)];
    const std::string_view directory = graph.text(target.source_directory);
    if (target.imported || !is_counted(TargetId(i))) continue;
    if (directory == "." || is_outside(directory) || is_in_build(directory)) {
      found.homeless.emplace_back(i);
      continue;
    }
    counted.emplace_back(i);
    if (!directory.starts_with(beside)) top = top ? common_folder(*top, directory) : std::string(directory);
  }
  for (const TargetId id : counted) {
    const std::string_view directory = graph.text(graph[id].source_directory);
    if (directory == top) {
      found.homeless.push_back(id);
      continue;
    }
    const auto [at, added] = groups.emplace(group_of(directory, top.value_or(".")), group_names.size());
    if (added) group_names.push_back(at->first);
    group[id.value()] = at->second;
  }
  if (group_names.size() < 2 || group_names.size() > most_folders) return found;

  std::vector<std::set<std::size_t>> edges(group_names.size());
  std::vector<bool> linked(group_names.size(), false);
  for (const Edge& edge : graph.edges()) {
    if (!edge.from.is_target() || !edge.to.is_target() || !is_dependency(edge.kind)) continue;
    const auto from = group[edge.from.index()];
    const auto to = group[edge.to.index()];
    if (!from || !to || *from == *to) continue;
    edges[*from].insert(*to);
    linked[*from] = linked[*to] = true;
  }
  for (const auto& [name, index] : groups) {
    if (!linked[index]) found.unlinked.push_back(name);
  }
  const Components components(edges);
  // Numbers grow from what is depended on to what depends, so one pass finds the longest ways down.
  std::vector<std::size_t> level(components.count(), 0);
  std::vector<std::vector<std::size_t>> members(components.count());
  for (std::size_t i = 0; i < group_names.size(); ++i) members[components.of()[i]].push_back(i);
  for (std::size_t component = 0; component < components.count(); ++component) {
    for (const std::size_t from : members[component]) {
      for (const std::size_t to : edges[from]) {
        const std::size_t below = components.of()[to];
        if (below != component) level[component] = std::max(level[component], level[below] + 1);
      }
    }
  }
  std::vector<FolderLayer> layers(1 + *std::max_element(level.begin(), level.end()));
  for (std::size_t component = 0; component < components.count(); ++component) {
    std::vector<std::string> names;
    for (const std::size_t i : members[component]) names.push_back(group_names[i]);
    std::sort(names.begin(), names.end());
    layers[layers.size() - 1 - level[component]].push_back(std::move(names));
  }
  for (FolderLayer& layer : layers) std::sort(layer.begin(), layer.end());
  if (layers.size() > 1) found.layers = std::move(layers);
  return found;
}

}  // namespace bulkhead
