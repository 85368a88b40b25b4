#include "auditor/includes.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

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

// What several scans of one graph share.
class IncludeScanner {
 public:
  static Result<IncludeScanner> make(const BuildTree& tree, std::size_t graph_index, std::span<const TargetId> targets,
                                     const IncludeOptions& options) {
    const TargetGraph& graph = tree.graphs[graph_index];
    IncludeScanner scanner(tree, graph, options);
    if (!tree.reply) return scanner;
    std::vector<TargetId> compiling;
    for (const TargetId id : targets) {
      if (graph[id].type != TargetType::utility && !graph[id].abstract) compiling.push_back(id);
    }
    auto groups = read_compile_groups(*tree.reply, tree.codemodel.configurations[tree.configurations[graph_index]],
                                      graph.info().source_root, compiling);
    if (!groups) return tl::unexpected(groups.error());
    scanner.groups_ = std::move(*groups);
    auto record = read_record(tree, graph, scanner.threads_);
    if (!record) return tl::unexpected(record.error());
    scanner.record_ = std::move(*record);
    scanner.unmade_ = find_unmade(graph, scanner.paths_);
    return scanner;
  }

  /// As IncludeScanInput::part_of, wanted and files.
  [[nodiscard]] Result<IncludeScan> scan(std::function<std::optional<std::size_t>(std::string_view)> part_of,
                                         std::vector<bool> wanted, std::vector<PartFile> files) const {
    if (!tree_->reply) {
      return IncludeScan{.edges = {}, .gaps = {{IncludeGap::no_sources, 1, graph_->info().source_root}}};
    }
    Progress progress("reading includes", "sources", options_.progress);
    IncludeScan scan = bulkhead::scan_includes(
        {.groups = groups_,
         .toolchains = tree_->toolchains,
         .paths = paths_,
         .part_of = std::move(part_of),
         .name_of = [this](TargetId id) { return graph_->name(id); },
         .wanted = std::move(wanted),
         .files = std::move(files),
         .unmade = unmade_,
         .record = record_ ? &*record_ : nullptr,
         .cache = options_.cache,
         .thread_count = threads_,
         .progress = [&progress](std::size_t done, std::size_t total) { progress.report(done, total); }});
    if (scan.cache_failure) return tl::unexpected(*scan.cache_failure);
    return scan;
  }

 private:
  IncludeScanner(const BuildTree& tree, const TargetGraph& graph, const IncludeOptions& options)
      : tree_(&tree),
        graph_(&graph),
        paths_(graph.info().source_root, graph.info().build_root),
        threads_(std::max<std::size_t>(1, std::thread::hardware_concurrency())),
        options_(options) {}

  const BuildTree* tree_;
  const TargetGraph* graph_;
  SourcePaths paths_;
  std::size_t threads_;
  IncludeOptions options_;
  std::vector<CompileGroup> groups_;
  std::optional<BuildRecord> record_;
  std::set<std::string> unmade_;
};

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
  const auto scanner = IncludeScanner::make(tree, graph_index, targets, options);
  if (!scanner) return tl::unexpected(scanner.error());
  return scanner->scan(
      [&modules](std::string_view path) -> std::optional<std::size_t> {
        const Owner owner = modules.path_owner(path);
        return owner.is_module() ? std::optional(owner.module_index()) : std::nullopt;
      },
      searched, find_files(modules, searched, disk));
}

Result<std::vector<RuleIncludes>> scan_rule_includes(const BuildTree& tree, std::size_t graph_index,
                                                     const RuleScopes& scopes, const IncludeOptions& options) {
  std::vector<RuleIncludes> all;
  std::optional<IncludeScanner> scanner;
  for (std::size_t rule = 0; rule < scopes.all().size(); ++rule) {
    const RuleScope& scope = scopes.all()[rule];
    for (std::size_t i = 0; i < scope.boundaries.size(); ++i) {
      const Boundary& boundary = scope.boundaries[i];
      if (!scope.sees_includes() || !boundary.holds_path) continue;
      if (!scanner) {
        std::vector<TargetId> targets;
        for (std::size_t id = 0; id < tree.graphs[graph_index].targets().size(); ++id) targets.emplace_back(id);
        auto made = IncludeScanner::make(tree, graph_index, targets, options);
        if (!made) return tl::unexpected(made.error());
        scanner = std::move(*made);
      }
      auto scan = scanner->scan(
          [&boundary](std::string_view path) {
            return boundary.holds_path(path) ? std::optional<std::size_t>(0) : std::nullopt;
          },
          {true}, {});
      if (!scan) return tl::unexpected(scan.error());
      all.push_back({rule, i, std::move(*scan)});
    }
  }
  return all;
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
