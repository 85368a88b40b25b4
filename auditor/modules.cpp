#include "auditor/modules.h"

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include "auditor/inventory.h"
#include "graph/parallel.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

// A slice takes some hundred microseconds: longer than it takes to hand out, short enough to share evenly.
constexpr std::size_t names_per_slice = 1024;

}  // namespace

// The globs of one sort, of all modules; the most specific claim wins. A path is only compared with the globs whose
// literal prefix it has: in sorted order these are the last prefix that is not greater, and the prefixes of that one.
class ModuleMap::Claims {
 public:
  struct Claim {
    const Glob* glob;
    std::size_t module;
    std::size_t match;                     // position in matches_
    std::optional<std::size_t> shorter{};  // the next claim whose prefix is a prefix of this one's
  };

  void add(Claim claim) { claims_.push_back(claim); }
  [[nodiscard]] bool empty() const { return claims_.empty(); }

  /// To be called once, behind the last add().
  void sort() {
    // Among equal prefixes the first of the policy comes last, so that it is met first.
    std::reverse(claims_.begin(), claims_.end());
    std::stable_sort(claims_.begin(), claims_.end(),
                     [](const Claim& a, const Claim& b) { return prefix(a) < prefix(b); });
    for (std::size_t i = 1; i < claims_.size(); ++i) {
      std::optional<std::size_t> candidate = i - 1;
      while (candidate && !prefix(claims_[i]).starts_with(prefix(claims_[*candidate]))) {
        candidate = claims_[*candidate].shorter;
      }
      claims_[i].shorter = candidate;
    }
  }

  /// The best claim on `text`; every claim that fits is counted.
  [[nodiscard]] std::optional<std::size_t> best(std::string_view text, MatchTally& tally) const {
    return best(text, [&tally](const Claim& claim) { ++tally[claim.match]; });
  }
  /// The best claim on `text`.
  [[nodiscard]] std::optional<std::size_t> best(std::string_view text) const {
    return best(text, [](const Claim&) {});
  }

 private:
  static std::string_view prefix(const Claim& claim) { return claim.glob->literal_prefix(); }

  template <class Count>
  [[nodiscard]] std::optional<std::size_t> best(std::string_view text, Count&& count) const {
    const auto after =
        std::upper_bound(claims_.begin(), claims_.end(), text,
                         [](std::string_view wanted, const Claim& claim) { return wanted < prefix(claim); });
    std::optional<std::size_t> module;
    std::optional<std::size_t> at;
    if (after != claims_.begin()) at = static_cast<std::size_t>(after - claims_.begin()) - 1;
    for (; at; at = claims_[*at].shorter) {
      const Claim& claim = claims_[*at];
      if (!claim.glob->matches(text)) continue;
      count(claim);
      if (!module) module = claim.module;  // the first that fits has the longest prefix
    }
    return module;
  }

  std::vector<Claim> claims_;
};

// Files share directories, and looking for the one that a build directory stands for is the dear part.
class ModuleMap::BuildFolders {
 public:
  explicit BuildFolders(const ModuleMap& modules) : modules_(modules) {}

  /// As ModuleMap::source_of(); valid until the next call.
  std::string_view source_of(std::string_view path) {
    if (!is_in_build(path)) return path;
    const std::string_view folder = path.substr(0, std::max(path.rfind('/'), build_mark.size()));
    const std::string_view rest = path.substr(folder.size());
    auto [found, is_new] = folders_.try_emplace(folder);
    if (is_new) found->second = modules_.source_of(folder);
    if (rest.empty()) return found->second;
    if (found->second == ".") return rest.substr(1);
    mapped_ = found->second;
    mapped_ += rest;
    return mapped_;
  }

 private:
  const ModuleMap& modules_;
  std::unordered_map<std::string_view, std::string> folders_;
  std::string mapped_;
};

ModuleMap::ModuleMap(const TargetGraph& graph, const Policy& policy, const Inventory& inventory)
    : graph_(graph), policy_(policy) {
  remember(inventory);
  Claims paths;
  Claims names;
  Claims defines;
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    const auto claim = [this, i](Claims& claims, const std::vector<PolicyGlob>& globs, std::string_view what) {
      for (const PolicyGlob& entry : globs) {
        claims.add({&entry.glob, i, matches_.size()});
        matches_.push_back({entry.where, what, entry.glob.text(), i});
      }
    };
    claim(paths, policy.modules[i].paths, "path");
    claim(names, policy.modules[i].targets, "target");
    claim(defines, policy.modules[i].defines, "define");
  }
  paths.sort();
  names.sort();
  defines.sort();
  first_set_aside_match_ = matches_.size();
  for (const Selector& selector : policy.set_aside) matches_.push_back({selector.where, "set_aside", selector.text});

  for (const Directory& directory : graph.directories()) {
    build_directories_.emplace_back(graph.text(directory.build), graph.text(directory.source));
  }
  std::sort(build_directories_.begin(), build_directories_.end());
  module_targets_.resize(policy.modules.size());
  module_files_.resize(policy.modules.size(), 0);
  own_directories(paths);
  own_targets(names, paths);
  own_files(paths);
  own_names(names, defines);
  count_entries();
  sort_edges();
  path_claims_ = std::make_shared<const Claims>(std::move(paths));
}

Owner ModuleMap::path_owner(std::string_view path) const {
  const auto remembered = remembered_.files.find(path);
  const std::string source = source_of(path);
  if (const auto module = path_claims_->best(source)) return Owner::module(*module);
  if (remembered != remembered_.files.end()) return Owner::module(remembered->second);
  const auto set_aside = [&source](const Selector& selector) {
    return selector.kind == SelectorKind::path && selector.glob->matches(source);
  };
  return std::any_of(policy_.set_aside.begin(), policy_.set_aside.end(), set_aside) ? Owner::set_aside()
                                                                                    : Owner::core();
}

void ModuleMap::remember(const Inventory& inventory) {
  for (const InventoryModule& entry : inventory.modules) {
    const auto module = std::find_if(policy_.modules.begin(), policy_.modules.end(),
                                     [&entry](const Module& one) { return one.name == entry.name; });
    if (module == policy_.modules.end()) continue;
    const auto index = static_cast<std::size_t>(module - policy_.modules.begin());
    for (const std::string& name : entry.targets) remembered_.targets.emplace(name, index);
    for (const std::string& name : entry.libraries) remembered_.libraries.emplace(name, index);
    for (const std::string& path : entry.files) remembered_.files.emplace(path, index);
  }
}

void ModuleMap::sort_edges() {
  edges_onto_.resize(policy_.modules.size());
  for (const Edge& edge : graph_.edges()) {
    const Owner depender = owner(edge.from);
    if (depender.is_core()) ++core_edge_count_;
    const Owner dependee = owner(edge.to);
    if (dependee.is_module() && dependee != depender)
      edges_onto_[dependee.module_index()].push_back(graph_.id_of(edge));
  }
}

Owner ModuleMap::owner(Endpoint endpoint) const {
  switch (endpoint.kind()) {
    case EndpointKind::target: return targets_[endpoint.index()];
    case EndpointKind::file: return files_[endpoint.index()];
    case EndpointKind::library: return libraries_[endpoint.index()];
    case EndpointKind::definition: return definitions_[endpoint.index()];
  }
  return Owner::core();
}

void ModuleMap::own_targets(const Claims& names, const Claims& paths) {
  MatchTally tally(matches_.size(), 0);
  // Thousands of targets share a directory: the claims on each are looked up once.
  std::vector<std::optional<std::optional<std::size_t>>> directories(graph_.strings().size());
  targets_.assign(graph_.targets().size(), Owner::core());
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    const Target& target = graph_.targets()[i];
    std::optional<std::size_t> module = names.best(graph_.text(target.name), tally);
    if (!module && target.imported) module = location_claim(TargetId(i), paths, tally);
    if (!module) {
      auto& known = directories[target.source_directory.value()];
      if (!known) known = paths.best(source_of(graph_.text(target.source_directory)), tally);
      module = *known;
    }
    if (!module) {
      const auto remembered = remembered_.targets.find(graph_.text(target.name));
      if (remembered != remembered_.targets.end()) module = remembered->second;
    }
    if (module) {
      targets_[i] = Owner::module(*module);
      module_targets_[*module].emplace_back(i);
    } else if (is_set_aside(TargetId(i), tally)) {
      targets_[i] = Owner::set_aside();
    }
  }
  add(tally);
}

std::optional<std::size_t> ModuleMap::location_claim(TargetId id, const Claims& paths, MatchTally& tally) const {
  std::optional<std::size_t> module;
  for (const StringId location : graph_.artifacts(id)) {
    if (!module) module = paths.best(source_of(graph_.text(location)), tally);
  }
  return module;
}

void ModuleMap::own_directories(const Claims& paths) {
  MatchTally tally(matches_.size(), 0);
  for (const Directory& directory : graph_.directories()) {
    const auto module = paths.best(graph_.text(directory.source), tally);
    directories_.push_back(module ? Owner::module(*module) : Owner::core());
  }
  add(tally);
}

Owner ModuleMap::directory_owner(const Directory& directory) const {
  return directories_[static_cast<std::size_t>(&directory - graph_.directories().data())];
}

void ModuleMap::own_files(const Claims& paths) {
  files_.assign(graph_.strings().size(), Owner::core());
  std::vector<bool> seen(graph_.strings().size(), false);
  for (std::size_t i = 0; i < graph_.targets().size(); ++i) {
    for (const StringId artifact : graph_.artifacts(TargetId(i))) {
      files_[artifact.value()] = targets_[i];
      seen[artifact.value()] = true;
    }
  }
  std::vector<StringId> named;
  for (const Edge& edge : graph_.edges()) {
    for (const Endpoint endpoint : {edge.from, edge.to}) {
      if (endpoint.kind() != EndpointKind::file || seen[endpoint.index()]) continue;
      seen[endpoint.index()] = true;
      named.push_back(endpoint.string_id());
    }
  }
  // Tens of thousands of names against all globs: the dear part, shared among the processors. Each counts for itself.
  const std::size_t threads = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  std::vector<MatchTally> tallies(threads, MatchTally(matches_.size(), 0));
  for_each_slice(named.size(), names_per_slice, threads, [&](std::size_t worker, std::size_t begin, std::size_t end) {
    BuildFolders folders(*this);
    for (std::size_t i = begin; i < end; ++i) {
      const std::string_view path = folders.source_of(graph_.text(named[i]));
      const auto remembered = remembered_.files.find(graph_.text(named[i]));
      if (const auto module = paths.best(path, tallies[worker])) {
        files_[named[i].value()] = Owner::module(*module);
      } else if (remembered != remembered_.files.end()) {
        files_[named[i].value()] = Owner::module(remembered->second);
      } else if (is_set_aside(path, tallies[worker])) {
        files_[named[i].value()] = Owner::set_aside();
      }
    }
  });
  for (const MatchTally& tally : tallies) add(tally);
  for (const StringId id : named) {
    if (files_[id.value()].is_module()) ++module_files_[files_[id.value()].module_index()];
  }
}

void ModuleMap::add(const MatchTally& tally) {
  for (std::size_t i = 0; i < tally.size(); ++i) matches_[i].count += tally[i];
}

void ModuleMap::own_names(const Claims& names, const Claims& defines) {
  MatchTally tally(matches_.size(), 0);
  libraries_.assign(graph_.strings().size(), Owner::core());
  definitions_.assign(graph_.strings().size(), Owner::core());
  std::vector<bool> seen(graph_.strings().size(), false);
  for (const Edge& edge : graph_.edges()) {
    const EndpointKind kind = edge.to.kind();
    if (kind == EndpointKind::library && !seen[edge.to.index()]) {
      seen[edge.to.index()] = true;
      const std::string_view name = graph_.text(edge.to.string_id());
      const auto module = names.best(name, tally);
      libraries_[edge.to.index()] = module ? Owner::module(*module) : library_owner(name);
    }
    // A library by its path, as find_library() gives it: below the source tree the globs of `paths` have spoken.
    if (kind == EndpointKind::file && edge.kind == EdgeKind::file_link && !seen[edge.to.index()]) {
      seen[edge.to.index()] = true;
      const std::string_view name = library_name(graph_.text(edge.to.string_id()));
      Owner& owner = files_[edge.to.index()];
      if (!name.empty() && owner.is_core()) {
        const auto module = names.best(name, tally);
        owner = module ? Owner::module(*module) : library_owner(name);
      }
    }
    if (kind == EndpointKind::definition && !defines.empty() && !seen[edge.to.index()]) {
      seen[edge.to.index()] = true;
      const std::string_view text = graph_.text(edge.to.string_id());
      const auto module = defines.best(text.substr(0, text.find('=')), tally);
      if (module) definitions_[edge.to.index()] = Owner::module(*module);
    }
  }
  add(tally);
}

Owner ModuleMap::library_owner(std::string_view name) const {
  for (std::size_t module = 0; module < policy_.modules.size(); ++module) {
    for (const PolicyGlob& target : policy_.modules[module].targets) {
      if (target.glob.matches(name)) return Owner::module(module);
    }
  }
  for (const auto* const remembered : {&remembered_.targets, &remembered_.libraries}) {
    if (const auto found = remembered->find(name); found != remembered->end()) return Owner::module(found->second);
  }
  if (const auto target = graph_.find_target(name)) return targets_[target->value()];
  for (std::size_t module = 0; module < module_targets_.size(); ++module) {
    for (const TargetId target : module_targets_[module]) {
      for (const StringId artifact : graph_.artifacts(target)) {
        if (library_name(graph_.text(artifact)) == name) return Owner::module(module);
      }
    }
  }
  return Owner::core();
}

void ModuleMap::count_entries() {
  for (std::size_t i = 0; i < policy_.modules.size(); ++i) {
    for (const Selector& selector : policy_.modules[i].entry) {
      MatchCount match{selector.where, "entry", selector.text, i};
      for (std::size_t id = 0; id < targets_.size(); ++id) {
        const Target& target = graph_.targets()[id];
        bool matches = false;
        switch (selector.kind) {
          case SelectorKind::core: matches = targets_[id].is_core(); break;
          case SelectorKind::target: matches = selector.glob->matches(graph_.text(target.name)); break;
          case SelectorKind::path:
            matches = selector.glob->matches(source_of(graph_.text(target.source_directory)));
            break;
          case SelectorKind::type: matches = target.type == selector.type; break;
          case SelectorKind::module:
            matches = targets_[id].is_module() && policy_.modules[targets_[id].module_index()].name == selector.name;
            break;
        }
        match.count += matches ? 1 : 0;
      }
      matches_.push_back(std::move(match));
    }
  }
}

bool ModuleMap::is_set_aside(TargetId id, MatchTally& tally) const {
  const Target& target = graph_[id];
  bool found = false;
  for (std::size_t i = 0; i < policy_.set_aside.size(); ++i) {
    const Selector& selector = policy_.set_aside[i];
    const bool matches = (selector.kind == SelectorKind::target && selector.glob->matches(graph_.text(target.name))) ||
                         (selector.kind == SelectorKind::path &&
                          selector.glob->matches(source_of(graph_.text(target.source_directory)))) ||
                         (selector.kind == SelectorKind::type && selector.type == target.type);
    if (matches) ++tally[first_set_aside_match_ + i];
    found = found || matches;
  }
  return found;
}

bool ModuleMap::is_set_aside(std::string_view path, MatchTally& tally) const {
  bool found = false;
  for (std::size_t i = 0; i < policy_.set_aside.size(); ++i) {
    const Selector& selector = policy_.set_aside[i];
    if (selector.kind != SelectorKind::path || !selector.glob->matches(path)) continue;
    ++tally[first_set_aside_match_ + i];
    found = true;
  }
  return found;
}

std::string ModuleMap::source_of(std::string_view path) const {
  if (!is_in_build(path)) return std::string(path);
  for (std::string_view directory = path;;) {
    const auto found =
        std::lower_bound(build_directories_.begin(), build_directories_.end(), directory,
                         [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
    if (found != build_directories_.end() && found->first == directory) {
      std::string_view rest = path.substr(directory.size());
      if (found->second == ".") return std::string(rest.empty() ? "." : rest.substr(1));
      return std::string(found->second) + std::string(rest);
    }
    const std::size_t slash = directory.rfind('/');
    if (slash == std::string_view::npos) return std::string(path);
    directory = directory.substr(0, slash);
  }
}

}  // namespace bulkhead
