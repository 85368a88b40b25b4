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

// What the last build wrote down, if `tree` is that build tree, and not a copy of its reply.
Result<std::optional<BuildRecord>> read_record(const BuildTree& tree, const TargetGraph& graph, std::size_t threads) {
  const BuildInfo& info = graph.info();
  std::error_code error;
  if (!fs::equivalent(tree.directory, info.build_root, error) || error) return std::nullopt;
  const auto configuration = info.multi_config ? std::optional(info.configuration) : std::nullopt;
  return read_build_record(info.build_root, info.generator, configuration, threads);
}

// The walk that serves all parts of a plan, which has some. `tree` has its reply.
Result<IncludeSurvey> survey(const BuildTree& tree, std::size_t graph_index, const IncludePlan& plan, SourceTree& disk,
                             const IncludeOptions& options) {
  const TargetGraph& graph = tree.graphs[graph_index];
  const SourcePaths paths(graph.info().source_root, graph.info().build_root);
  const std::size_t threads = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  std::vector<TargetId> compiling = plan.targets();
  std::erase_if(compiling,
                [&graph](TargetId id) { return graph[id].type == TargetType::utility || graph[id].abstract; });
  const auto groups = read_compile_groups(*tree.reply, tree.codemodel.configurations[tree.configurations[graph_index]],
                                          graph.info().source_root, compiling);
  if (!groups) return tl::unexpected(groups.error());
  const auto record = read_record(tree, graph, threads);
  if (!record) return tl::unexpected(record.error());
  Progress progress("reading includes", "sources", options.progress);
  IncludeSurvey survey =
      survey_includes({.groups = *groups,
                       .toolchains = tree.toolchains,
                       .paths = paths,
                       .part_count = plan.part_count(),
                       .role_of = [&plan](std::string_view path) { return plan.role_of(path); },
                       .asking = [&plan](TargetId target) { return plan.asking(target); },
                       .name_of = [&graph](TargetId id) { return graph.name(id); },
                       .files = plan.find_files(disk),
                       .unmade = find_unmade(graph, paths),
                       .record = *record ? &**record : nullptr,
                       .cache = options.cache,
                       .thread_count = threads,
                       .progress = [&progress](std::size_t done, std::size_t total) { progress.report(done, total); }});
  if (survey.cache_failure) return tl::unexpected(*survey.cache_failure);
  return survey;
}

bool has_any(const std::vector<std::optional<std::size_t>>& numbers) {
  return std::any_of(numbers.begin(), numbers.end(), [](const auto& number) { return number.has_value(); });
}

// A survey for which the reply may not be at hand.
class Findings {
 public:
  Findings(const TargetGraph& graph, std::optional<IncludeSurvey> survey) : graph_(graph), survey_(std::move(survey)) {}

  [[nodiscard]] IncludeScan of(const std::vector<std::optional<std::size_t>>& numbers) const {
    if (!has_any(numbers)) return {};
    if (survey_) return survey_->extract(numbers);
    return {.edges = {}, .gaps = {{IncludeGap::no_sources, 1, graph_.info().source_root}}};
  }

 private:
  const TargetGraph& graph_;
  std::optional<IncludeSurvey> survey_;
};

}  // namespace

std::vector<TargetId> core_targets(const TargetGraph& graph, const ModuleMap& modules) {
  std::vector<TargetId> targets;
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    if (modules.owner(TargetId(i)).is_core()) targets.emplace_back(i);
  }
  return targets;
}

Result<AuditIncludes> scan_includes(const BuildTree& tree, std::size_t graph_index, const IncludePlan& plan,
                                    const RuleScopes& scopes, SourceTree& disk, const IncludeOptions& options) {
  AuditIncludes includes;
  if (plan.part_count() == 0) return includes;
  std::optional<IncludeSurvey> walked;
  if (tree.reply) {
    auto made = survey(tree, graph_index, plan, disk, options);
    if (!made) return tl::unexpected(made.error());
    walked = std::move(*made);
  }
  const Findings findings(tree.graphs[graph_index], std::move(walked));
  includes.off = findings.of(plan.numbers_of(IncludeUse::off_edge));
  includes.modules = {.core_edges = findings.of(plan.numbers_of(IncludeUse::core_edge)),
                      .module_edges = findings.of(plan.numbers_of(IncludeUse::module_edge)),
                      .replaced_edges = findings.of(plan.numbers_of(IncludeUse::replaced_edge))};
  for (std::size_t rule = 0; rule < scopes.all().size(); ++rule) {
    for (std::size_t i = 0; i < scopes.all()[rule].boundaries.size(); ++i) {
      const auto numbers = plan.numbers_of(rule, i);
      if (has_any(numbers)) includes.rules.push_back({rule, i, findings.of(numbers)});
    }
  }
  return includes;
}

Result<IncludeScan> scan_includes(const BuildTree& tree, std::size_t graph_index, const ModuleMap& modules,
                                  const std::vector<bool>& searched, std::span<const TargetId> targets,
                                  SourceTree& disk) {
  IncludePlan plan(tree.graphs[graph_index], modules);
  plan.add_off_edges(searched, targets);
  const RuleScopes no_scopes(tree.graphs[graph_index], {}, modules);
  auto includes = scan_includes(tree, graph_index, plan, no_scopes, disk);
  if (!includes) return tl::unexpected(includes.error());
  return std::move(includes->off);
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
