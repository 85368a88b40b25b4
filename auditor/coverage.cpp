#include "auditor/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "graph/blind_spots.h"
#include "graph/cmake_sources.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

// What is compiled by itself; what is only included is looked at wherever it is.
bool is_compiled(std::string_view path) {
  constexpr std::array<std::string_view, 12> endings = {".c",  ".cc", ".cpp", ".cxx", ".c++", ".C",
                                                        ".cu", ".m",  ".mm",  ".S",   ".s",   ".hip"};
  const std::size_t dot = path.rfind('.');
  return dot != std::string_view::npos && std::find(endings.begin(), endings.end(), path.substr(dot)) != endings.end();
}

}  // namespace

Coverage::Coverage(const Report& report, const Policy& policy, const std::vector<bool>& on, const BuildTree& tree)
    : report_(report), policy_(policy), on_(on), tree_(tree) {}

std::string Coverage::find_gap(const Rule& rule, std::string_view module, std::span<const EdgeKind> kinds) const {
  const bool is_known = std::any_of(policy_.modules.begin(), policy_.modules.end(),
                                    [module](const Module& one) { return one.name == module; });
  if (!module.empty() && !is_known) return {};
  if (std::string state = find_unfit_state(rule, module); !state.empty()) return state;
  if (tree_.codemodel.configurations.size() > tree_.graphs.size()) return "only some configurations were audited";
  for (const EdgeKind kind : kinds) {
    if (!is_visible(kind, module) || !is_visible(kind, rule))
      return fmt::format("{} edges are not all visible here", to_string(kind));
  }
  return {};
}

bool Coverage::has_depender(EdgeKind kind, std::string_view label) const {
  constexpr std::string_view target = "target:";
  constexpr std::string_view file = "file:";
  if (label.starts_with(target)) return has_target(label.substr(target.size()));
  if (!label.starts_with(file)) return true;
  label.remove_prefix(file.size());
  const BuildInfo& info = tree_.graphs.front().info();
  std::error_code error;
  const SourcePaths paths(info.source_root, info.build_root);
  const bool is_gone = std::filesystem::is_directory(info.source_root, error) &&
                       !std::filesystem::exists(paths.absolute(label), error) && !error;
  if (is_gone) return true;
  if (kind == EdgeKind::include) return !is_compiled(label) || has_source(label);
  return std::any_of(tree_.graphs.begin(), tree_.graphs.end(), [label](const TargetGraph& graph) {
    const auto files = project_files(graph);
    return std::find(files.begin(), files.end(), label) != files.end();
  });
}

bool Coverage::has_target(std::string_view name) const {
  return std::any_of(tree_.graphs.begin(), tree_.graphs.end(), [name](const TargetGraph& graph) {
    return std::any_of(graph.targets().begin(), graph.targets().end(),
                       [&graph, name](const Target& target) { return graph.text(target.name) == name; });
  });
}

bool Coverage::has_source(std::string_view path) const {
  return std::any_of(tree_.graphs.begin(), tree_.graphs.end(), [path](const TargetGraph& graph) {
    return std::any_of(graph.edges().begin(), graph.edges().end(), [&graph, path](const Edge& edge) {
      return edge.kind == EdgeKind::source && edge.to.kind() == EndpointKind::file &&
             graph.text(edge.to.string_id()) == path;
    });
  });
}

std::string Coverage::find_unfit_state(const Rule& rule, std::string_view module) const {
  if (rule.seen_while == SeenWhile::always) return {};
  if (rule.seen_while == SeenWhile::proven) return "only bulkhead prove can tell";
  const bool wanted = rule.seen_while == SeenWhile::on;
  for (std::size_t i = 0; i < policy_.modules.size(); ++i) {
    const std::string& name = policy_.modules[i].name;
    if ((module.empty() || name == module) && on_[i] != wanted) {
      return fmt::format("module {} is {}", name, on_[i] ? "on" : "off");
    }
  }
  return {};
}

bool Coverage::is_visible(EdgeKind kind, std::string_view module) const {
  const bool is_blind =
      std::any_of(report_.modules.begin(), report_.modules.end(), [kind, module](const ModuleReport& one) {
        return (module.empty() || one.name == module) &&
               std::find(one.blind_spots.begin(), one.blind_spots.end(), kind) != one.blind_spots.end();
      });
  if (is_blind || !module.empty()) return !is_blind;
  // Of what is about no module: the inputs alone, and nobody may have looked for includes.
  return kind != EdgeKind::include &&
         std::none_of(tree_.graphs.begin(), tree_.graphs.end(), [this, kind](const TargetGraph& graph) {
           const auto spots = find_blind_spots(graph, tree_.inputs);
           return std::any_of(spots.begin(), spots.end(), [kind](const BlindSpot& spot) { return spot.kind == kind; });
         });
}

bool Coverage::is_visible(EdgeKind kind, const Rule& rule) const {
  // Of a module that is off its own blind spots say more.
  if (rule.seen_while == SeenWhile::off) return true;
  return std::none_of(report_.module_rules.begin(), report_.module_rules.end(), [&](const ModuleRuleReport& one) {
    return one.rule == rule.code &&
           std::find(one.blind_spots.begin(), one.blind_spots.end(), kind) != one.blind_spots.end();
  });
}

}  // namespace bulkhead
