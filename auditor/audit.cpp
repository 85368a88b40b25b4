#include "auditor/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

#include "auditor/modules.h"
#include "auditor/policy_files.h"
#include "auditor/rule.h"
#include "auditor/version.h"
#include "graph/blind_spots.h"

namespace bulkhead {
namespace {

// False only when the source tree is at hand and holds no file of the module, nor does the reply name one.
bool may_own_files(const TargetGraph& graph, const ModuleMap& modules, const Module& module, std::size_t index) {
  if (modules.files_of(index) != 0 || !modules.targets_of(index).empty()) return true;
  if (module.paths.empty()) return !module.targets.empty();  // who knows where the sources of its targets are
  return std::any_of(module.paths.begin(), module.paths.end(), [&graph](const PolicyGlob& path) {
    return matches_on_disk(path.glob, graph.info().source_root).value_or(true);
  });
}

// The blind spots of the modules that are off, each with the modules that it leaves unproven.
std::vector<ModuleBlindSpot> assign_blind_spots(const TargetGraph& graph, const Inputs& inputs, const Policy& policy,
                                                const ModuleMap& modules, const std::vector<bool>& on) {
  std::vector<std::size_t> off;
  std::vector<std::size_t> off_with_files;
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    if (on[i]) continue;
    off.push_back(i);
    if (may_own_files(graph, modules, policy.modules[i], i)) off_with_files.push_back(i);
  }
  std::vector<ModuleBlindSpot> assigned;
  for (const BlindSpot& spot : find_blind_spots(graph, inputs)) {
    const auto& affected = spot.scope == BlindScope::files ? off_with_files : off;
    if (!affected.empty()) assigned.push_back({spot, affected});
  }
  return assigned;
}

std::vector<Finding> run_rules(const RuleInput& input, const AuditOptions& options) {
  std::vector<Finding> findings;
  for (const Rule& rule : catalogue()) {
    for (Finding& finding : rule.run(input)) {
      finding.rule = rule.code;
      finding.severity = options.strict && rule.code == "blind-spot" ? Severity::error : rule.severity;
      if (!rule.in_every_configuration) finding.configuration = input.graph.info().configuration;
      finding.fingerprint = fingerprint_of(finding);
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

ModuleReport judge(const RuleInput& input, std::size_t index, const std::vector<Finding>& findings) {
  const Module& module = input.policy.modules[index];
  ModuleReport report{.name = module.name,
                      .stage = module.stage,
                      .configuration = input.graph.info().configuration,
                      .toggle = module.toggle.text(),
                      .on = input.on[index],
                      .targets = static_cast<std::uint32_t>(input.modules.targets_of(index).size()),
                      .files = input.modules.files_of(index)};
  if (report.on) {
    report.note = "on: only a configuration in which it is off can show that the core does without it";
    return report;
  }
  report.edges_checked = input.modules.core_edge_count();
  std::set<EdgeKind> kinds;
  for (const ModuleBlindSpot& entry : input.blind_spots) {
    if (std::find(entry.modules.begin(), entry.modules.end(), index) != entry.modules.end())
      kinds.insert(entry.spot.kind);
  }
  report.blind_spots.assign(kinds.begin(), kinds.end());
  const bool violated = std::any_of(findings.begin(), findings.end(), [&module](const Finding& finding) {
    return finding.rule == "off-edge" && finding.module == module.name;
  });
  // What matched nothing may be mistyped; a module that was looked for in the wrong place is not isolated.
  const bool unused = std::any_of(findings.begin(), findings.end(), [&module](const Finding& finding) {
    return finding.rule == "unused-policy" && finding.module == module.name;
  });
  if (unused && !violated) report.note = "a part of its policy matched nothing";
  if (violated) {
    report.verdict = Verdict::violated;
  } else if (report.blind_spots.empty() && !unused) {
    report.verdict = Verdict::isolated;
  }
  return report;
}

// A path that is a directory, and nothing below it: what people write who mean all of it. It would match no file, so
// that nothing would be found.
Result<void> check_paths(const TargetGraph& graph, const Policy& policy) {
  const auto is_directory = [&graph](const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(std::filesystem::path(graph.info().source_root) / path, ignored) ||
           std::any_of(graph.directories().begin(), graph.directories().end(),
                       [&](const Directory& directory) { return graph.text(directory.source) == path; });
  };
  for (const Module& module : policy.modules) {
    for (const PolicyGlob& path : module.paths) {
      const std::string& text = path.glob.text();
      if (text != path.glob.literal_prefix() || !is_directory(text)) continue;
      return fail(path.where, fmt::format("'{}' is a directory; by itself it matches none of its files", text),
                  fmt::format("write '{}/**'", text));
    }
  }
  return {};
}

// Keeps one of each finding about the policy as a whole, and that only if every configuration has it.
void merge_configurations(std::vector<Finding>& findings, std::size_t configuration_count) {
  std::map<std::string, std::size_t> seen;
  const auto is_whole = [](const Finding& finding) {
    const auto rules = catalogue();
    return std::any_of(rules.begin(), rules.end(), [&finding](const Rule& rule) {
      return rule.in_every_configuration && rule.code == finding.rule;
    });
  };
  for (const Finding& finding : findings) {
    if (is_whole(finding)) ++seen[finding.fingerprint];
  }
  std::set<std::string> kept;
  std::erase_if(findings, [&](const Finding& finding) {
    if (!is_whole(finding)) return false;
    return seen[finding.fingerprint] < configuration_count || !kept.insert(finding.fingerprint).second;
  });
}

}  // namespace

Result<Report> audit(const BuildTree& tree, const Policy& policy, const AuditOptions& options) {
  const auto on = evaluate_toggles(policy, tree.cache);
  if (!on) return tl::unexpected(on.error());

  if (const auto paths = check_paths(tree.graphs.front(), policy); !paths) return tl::unexpected(paths.error());

  const BuildInfo& info = tree.graphs.front().info();
  Report report{.tool_version = std::string(version),
                .cmake_version = info.cmake_version,
                .generator = info.generator,
                .codemodel = fmt::format("{}.{}", info.codemodel_major, info.codemodel_minor),
                .source_root = info.source_root,
                .configurations = {},
                .modules = {},
                .findings = {}};
  const auto optimised = tree.cache.find("CMAKE_OPTIMIZE_DEPENDENCIES");
  const Inputs inputs{.cmake_files = tree.has_cmake_files,
                      .optimised_dependencies = optimised && is_true_constant(*optimised)};
  CMakeSources sources(info.source_root, info.build_root);

  for (const TargetGraph& graph : tree.graphs) {
    const ModuleMap modules(graph, policy);
    const auto blind_spots = assign_blind_spots(graph, inputs, policy, modules, *on);
    const RuleInput input{graph, policy, modules, *on, blind_spots, sources};
    std::vector<Finding> findings = run_rules(input, options);
    // After this point the configuration's findings are complete.
    for (std::size_t i = 0; i < policy.modules.size(); ++i) {
      report.modules.push_back(judge(input, i, findings));
    }
    report.configurations.push_back({.name = graph.info().configuration,
                                     .targets = graph.targets().size(),
                                     .dependencies = graph.dependency_count(),
                                     .edges = graph.edges().size(),
                                     .sources = graph.source_count()});
    std::move(findings.begin(), findings.end(), std::back_inserter(report.findings));
  }
  merge_configurations(report.findings, tree.graphs.size());
  std::stable_sort(report.findings.begin(), report.findings.end(), shown_before);
  std::stable_sort(report.modules.begin(), report.modules.end(), [](const ModuleReport& a, const ModuleReport& b) {
    return std::tie(a.configuration, a.name) < std::tie(b.configuration, b.name);
  });
  return report;
}

}  // namespace bulkhead
