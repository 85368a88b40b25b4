#include "auditor/includes.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

// The files that the build makes, and has not made yet, without their directories.
std::set<std::string> find_unmade(const TargetGraph& graph, const SourcePaths& paths) {
  std::set<std::string> unmade;
  std::vector<bool> seen(graph.strings().size(), false);
  std::error_code ignored;
  for (const Edge& edge : graph.edges()) {
    if (edge.to.kind() != EndpointKind::file || seen[edge.to.index()]) continue;
    seen[edge.to.index()] = true;
    const std::string_view path = graph.text(edge.to.string_id());
    if (!is_in_build(path) || fs::exists(paths.absolute(path), ignored)) continue;
    unmade.emplace(path.substr(path.rfind('/') + 1));
  }
  return unmade;
}

// What the searched modules own on disk.
std::vector<PartFile> find_files(const ModuleMap& modules, const std::vector<bool>& searched, SourceTree& disk) {
  std::vector<PartFile> files;
  for (std::size_t i = 0; i < searched.size(); ++i) {
    if (!searched[i]) continue;
    for (const PolicyGlob& path : modules.policy().modules[i].paths) {
      for (std::string& file : disk.files(path.glob)) {
        if (modules.path_owner(file) == Owner::module(i)) files.push_back({i, std::move(file)});
      }
    }
  }
  return files;
}

// What the last build wrote down, if `tree` is that build tree, and not a copy of its reply.
Result<std::optional<BuildRecord>> read_record(const BuildTree& tree, const TargetGraph& graph, std::size_t threads) {
  const BuildInfo& info = graph.info();
  std::error_code error;
  if (!fs::equivalent(tree.directory, info.build_root, error) || error) return std::nullopt;
  const auto configuration = info.multi_config ? std::optional(info.configuration) : std::nullopt;
  return read_build_record(info.build_root, info.generator, configuration, threads);
}

}  // namespace

std::vector<TargetId> core_targets(const TargetGraph& graph, const ModuleMap& modules) {
  std::vector<TargetId> targets;
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    if (modules.owner(TargetId(i)).is_core()) targets.emplace_back(i);
  }
  return targets;
}

Result<IncludeScan> scan_includes(const BuildTree& tree, std::size_t graph_index, const ModuleMap& modules,
                                  const std::vector<bool>& searched, std::span<const TargetId> targets,
                                  SourceTree& disk, const IncludeOptions& options) {
  if (std::find(searched.begin(), searched.end(), true) == searched.end()) return IncludeScan{};
  const TargetGraph& graph = tree.graphs[graph_index];
  const BuildInfo& info = graph.info();
  if (!tree.reply) return IncludeScan{.edges = {}, .gaps = {{IncludeGap::no_sources, 1, info.source_root}}};
  const SourcePaths paths(info.source_root, info.build_root);
  std::vector<TargetId> compiling;
  for (const TargetId id : targets) {
    if (graph[id].type != TargetType::utility && !graph[id].abstract) compiling.push_back(id);
  }
  const auto groups = read_compile_groups(*tree.reply, tree.codemodel.configurations[tree.configurations[graph_index]],
                                          info.source_root, compiling);
  if (!groups) return tl::unexpected(groups.error());
  const std::size_t threads = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  const auto record = read_record(tree, graph, threads);
  if (!record) return tl::unexpected(record.error());
  Progress progress("reading includes", "sources", options.progress);
  IncludeScan scan =
      scan_includes({.groups = *groups,
                     .toolchains = tree.toolchains,
                     .paths = paths,
                     .part_of = [&modules](std::string_view path) -> std::optional<std::size_t> {
                       const Owner owner = modules.path_owner(path);
                       return owner.is_module() ? std::optional(owner.module_index()) : std::nullopt;
                     },
                     .name_of = [&graph](TargetId id) { return graph.name(id); },
                     .wanted = searched,
                     .files = find_files(modules, searched, disk),
                     .unmade = find_unmade(graph, paths),
                     .record = *record ? &**record : nullptr,
                     .cache = options.cache,
                     .thread_count = threads,
                     .progress = [&progress](std::size_t done, std::size_t total) { progress.report(done, total); }});
  if (scan.cache_failure) return tl::unexpected(*scan.cache_failure);
  return scan;
}

std::string describe(const IncludeGapCount& gap) {
  if (gap.gap == IncludeGap::no_sources) return {};
  return gap.count == 1 ? gap.example : fmt::format("{}, such as {}", gap.count, gap.example);
}

void add_include_gaps(const IncludeScan& scan, const std::vector<bool>& searched,
                      std::vector<ModuleBlindSpot>& blind_spots) {
  std::vector<std::size_t> modules;
  for (std::size_t i = 0; i < searched.size(); ++i) {
    if (searched[i]) modules.push_back(i);
  }
  if (modules.empty()) return;
  for (const IncludeGapCount& gap : scan.gaps) {
    blind_spots.push_back({blind_spot_of(gap.gap), modules, describe(gap)});
  }
}

}  // namespace bulkhead
