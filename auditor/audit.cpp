#include "auditor/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

#include "auditor/evidence.h"
#include "auditor/includes.h"
#include "auditor/module_states.h"
#include "auditor/modules.h"
#include "auditor/page_graph.h"
#include "auditor/repository.h"
#include "auditor/rule.h"
#include "auditor/rule_blind_spots.h"
#include "auditor/rule_scopes.h"
#include "auditor/source_tree.h"
#include "auditor/suppress.h"
#include "auditor/version.h"
#include "graph/blind_spots.h"
#include "graph/inheritance.h"

namespace bulkhead {
namespace {

// False only when the source tree is at hand and holds no file of the module, nor does the reply name one.
bool may_own_files(const ModuleMap& modules, const Module& module, std::size_t index, SourceTree& disk) {
  if (modules.files_of(index) != 0 || !modules.targets_of(index).empty()) return true;
  if (module.paths.empty()) return !module.targets.empty();  // who knows where the sources of its targets are
  return std::any_of(module.paths.begin(), module.paths.end(),
                     [&disk](const PolicyGlob& path) { return disk.matches(path.glob).value_or(true); });
}

// True for a directory that holds paths of the module, and more.
bool is_above(std::string_view directory, const Module& module) {
  return std::any_of(module.paths.begin(), module.paths.end(), [directory](const PolicyGlob& path) {
    const std::string_view prefix = path.glob.literal_prefix();
    return directory == "." || (prefix.size() > directory.size() && prefix.starts_with(directory) &&
                                prefix[directory.size()] == '/' && prefix.size() > directory.size() + 1);
  });
}

// True when CMake builds a target of the module before one of the core, and no way between the two is known. Since
// codemodel 2.9 the direct edges are listed, but not what stands in a link interface under a condition on the language.
bool has_unexplained_depender(const TargetGraph& graph, const ModuleMap& modules, std::size_t module) {
  if (graph.info().codemodel_minor < 9 || modules.targets_of(module).empty()) return false;
  std::vector<bool> reaches(graph.targets().size(), false);
  std::vector<TargetId> queue = modules.targets_of(module);
  const std::size_t own = queue.size();
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const EdgeId id : graph.edges_to(queue[next])) {
      const Edge& edge = graph[id];
      // An order edge ends where it begins, but for targets that are not built themselves.
      if (!edge.from.is_target() || reaches[edge.from.index()] || (next >= own && !is_inheritable(edge.kind))) continue;
      reaches[edge.from.index()] = true;
      queue.push_back(edge.from.target_id());
    }
  }
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    if (reaches[i] || !modules.owner(TargetId(i)).is_core()) continue;
    const auto dependencies = graph.dependencies(TargetId(i));
    const bool depends = std::any_of(dependencies.begin(), dependencies.end(), [&](const Dependency& one) {
      return modules.owner(one.target) == Owner::module(module);
    });
    if (depends) return true;
  }
  return false;
}

// The blind spots of the modules that are off, each with the modules that it leaves unproven.
std::vector<ModuleBlindSpot> assign_blind_spots(const TargetGraph& graph, const Inputs& inputs, const Policy& policy,
                                                const ModuleMap& modules, const std::vector<bool>& on,
                                                const std::vector<bool>& with_files) {
  std::vector<std::size_t> off;
  std::vector<std::size_t> off_with_files;
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    if (on[i]) continue;
    off.push_back(i);
    if (with_files[i]) off_with_files.push_back(i);
  }
  std::vector<ModuleBlindSpot> assigned;
  for (const BlindSpot& spot : find_blind_spots(graph, inputs)) {
    const auto& affected = spot.scope == BlindScope::files ? off_with_files : off;
    if (!affected.empty()) assigned.push_back({spot, affected});
  }
  std::set<std::size_t> shipped;
  for (const Edge& edge : graph.edges_from_files()) {
    if (edge.kind != EdgeKind::install || edge.to.kind() != EndpointKind::file) continue;
    for (const std::size_t i : off_with_files) {
      if (is_above(graph.text(edge.to.string_id()), policy.modules[i])) shipped.insert(i);
    }
  }
  if (!shipped.empty()) assigned.push_back({installed_above, {shipped.begin(), shipped.end()}});
  // A name of a module in a link list, under a condition that only CMake can evaluate.
  std::set<std::size_t> named;
  for (const ConditionalName& one : graph.conditional_names()) {
    const Owner owner = modules.library_owner(graph.text(one.name));
    const bool onto_module = owner.is_module() && owner != modules.owner(one.from) && !on[owner.module_index()];
    const auto edges = graph.edges_from(one.from);
    const bool is_edge = std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
      return edge.to.is_target() && graph.name(edge.to.target_id()) == graph.text(one.name);
    });
    if (onto_module && !one.is_false && !is_edge) named.insert(owner.module_index());
  }
  for (const std::size_t i : off) {
    // Several configurations share one list of dependencies, where an edge of another one explains much.
    if (!inputs.shared_dependencies && has_unexplained_depender(graph, modules, i)) named.insert(i);
  }
  if (!named.empty()) assigned.push_back({undecided_link, {named.begin(), named.end()}});
  return assigned;
}

std::vector<Finding> run_rules(const RuleInput& input, const AuditOptions& options) {
  std::vector<Finding> findings;
  for (const Rule& rule : catalogue()) {
    for (Finding& finding : rule.run(input)) {
      finding.rule = rule.code;
      const Severity usual = rule.by_policy ? finding.severity : rule.severity;
      finding.severity = options.strict && rule.code == "blind-spot" ? Severity::error
                         : finding.conditional && !options.strict    ? Severity::warning
                         : finding.conditional && !rule.by_policy    ? Severity::error
                                                                     : usual;
      if (!rule.in_every_configuration) finding.configuration = input.graph.info().configuration;
      finding.fingerprint = fingerprint_of(finding);
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

Unproven explain(const BlindSpot& spot, const std::string& detail) {
  const std::string more = detail.empty() ? "" : fmt::format(" ({})", detail);
  return {.kind = spot.kind, .reason = std::string(spot.reason) + more, .remedy = std::string(spot.remedy)};
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
  report.sources_scanned = input.includes.source_count;
  report.sources_recorded = input.includes.recorded_count;
  std::set<EdgeKind> kinds;
  for (const ModuleBlindSpot& entry : input.blind_spots) {
    if (std::find(entry.modules.begin(), entry.modules.end(), index) == entry.modules.end()) continue;
    kinds.insert(entry.spot.kind);
    report.unproven.push_back(explain(entry.spot, entry.detail));
  }
  const bool violated = std::any_of(findings.begin(), findings.end(), [&module](const Finding& finding) {
    return finding.rule == "off-edge" && finding.module == module.name && !finding.conditional;
  });
  const bool undecided = std::any_of(findings.begin(), findings.end(), [&module](const Finding& finding) {
    return finding.rule == "off-edge" && finding.module == module.name && finding.conditional;
  });
  report.blind_spots.assign(kinds.begin(), kinds.end());
  // What matched nothing may be mistyped; a module that was looked for in the wrong place is not isolated.
  const bool unused = std::any_of(findings.begin(), findings.end(), [&module](const Finding& finding) {
    return finding.rule == "unused-policy" && finding.module == module.name;
  });
  if (unused && !violated) {
    report.note = "a part of its policy matched nothing";
  } else if (undecided && !violated) {
    report.note = "whether an include leads to it cannot be told";
  }
  if (violated) {
    report.verdict = Verdict::violated;
  } else if (report.blind_spots.empty() && !unused && !undecided) {
    report.verdict = Verdict::isolated;
  }
  return report;
}

RuleReport judge_rule(const RuleInput& input, std::size_t index, const std::vector<Finding>& findings) {
  const RuleScope& scope = input.scopes.all()[index];
  const GeneralRule& rule = *scope.rule;
  RuleReport report{.rule = std::string(code_of(rule.kind)),
                    .name = rule.label(),
                    .configuration = input.graph.info().configuration,
                    .kinds = scope.kinds,
                    .dependers = scope.dependers,
                    .dependees = scope.dependees,
                    .edges_checked = scope.edges_checked};
  for (const RuleIncludes& one : input.rule_includes) {
    if (one.rule == index)
      report.sources_scanned = std::max<std::uint64_t>(report.sources_scanned, one.scan.source_count);
  }
  std::set<EdgeKind> blind;
  for (const RuleBlindSpot& entry : input.rule_blind_spots) {
    if (!std::binary_search(entry.rules.begin(), entry.rules.end(), index)) continue;
    blind.insert(entry.spot.kind);
    report.unproven.push_back(explain(entry.spot, entry.detail));
  }
  bool unused = false;
  for (const Finding& finding : findings) {
    if (finding.name != report.name) continue;
    unused = unused || finding.rule == "unused-policy";
    if (finding.rule != report.rule) continue;
    ++report.findings;
    if (!finding.conditional) report.verdict = RuleVerdict::broken;
    if (finding.conditional && finding.edge) blind.insert(finding.edge->kind);
  }
  report.blind_spots.assign(blind.begin(), blind.end());
  if (report.verdict != RuleVerdict::broken && blind.empty() && !unused) report.verdict = RuleVerdict::holds;
  return report;
}

ModuleRuleReport count_rule(const RuleInput& input, const Rule& rule) {
  RuleCount count = rule.count(input);
  return {.rule = std::string(rule.code),
          .configuration = input.graph.info().configuration,
          .modules = count.modules,
          .targets = count.targets,
          .edges_checked = count.edges,
          .sources_scanned = count.sources,
          .blind_spots = std::move(count.blind_spots)};
}

// What is about the policy as a whole counts for each configuration.
void count_findings(Report& report) {
  for (ModuleRuleReport& one : report.module_rules) {
    const Rule& rule = *find_rule(one.rule);
    one.findings = static_cast<std::uint64_t>(
        std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
          return finding.rule == one.rule &&
                 (rule.in_every_configuration || finding.configuration == one.configuration);
        }));
  }
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
  const auto check = [&is_directory](const Glob& glob, const Location& where, std::string_view prefix) -> Result<void> {
    const std::string& text = glob.text();
    if (text != glob.literal_prefix() || !is_directory(text)) return {};
    return fail(where, fmt::format("'{}{}' is a directory; by itself it matches none of its files", prefix, text),
                fmt::format("write '{}{}/**'", prefix, text));
  };
  for (const Module& module : policy.modules) {
    for (const PolicyGlob& path : module.paths) {
      if (auto checked = check(path.glob, path.where, ""); !checked) return checked;
    }
  }
  for (const GeneralRule& rule : policy.rules) {
    std::vector<const std::vector<Selector>*> lists = {&rule.from, &rule.to, &rule.via, &rule.except};
    for (const RuleGroup& group : rule.groups) lists.push_back(&group.selectors);
    for (const auto* const list : lists) {
      for (const Selector& selector : *list) {
        if (selector.kind != SelectorKind::path) continue;
        if (auto checked = check(*selector.glob, selector.where, "path:"); !checked) return checked;
      }
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

PolicyPlace place_of(const std::string& file, const SourcePaths& paths) {
  std::error_code error;
  const std::string absolute = std::filesystem::absolute(file, error).lexically_normal().generic_string();
  std::string buffer;
  return {.file = shown_path(paths, file), .path = std::string(paths.normalise(error ? file : absolute, buffer))};
}

}  // namespace

Result<Report> audit(const BuildTree& tree, const Policy& policy, const AuditOptions& options) {
  const auto on = evaluate_toggles(policy, toggle_values(tree));
  if (!on) return tl::unexpected(on.error());

  if (const auto paths = check_paths(tree.graphs.front(), policy); !paths) return tl::unexpected(paths.error());

  const BuildInfo& info = tree.graphs.front().info();
  Report report{.tool_version = std::string(version),
                .cmake_version = info.cmake_version,
                .generator = info.generator,
                .codemodel = fmt::format("{}.{}", info.codemodel_major, info.codemodel_minor),
                .source_root = info.source_root,
                .repository = find_repository(info.source_root),
                .policy = {},
                .project = std::string(tree.cache.find("CMAKE_PROJECT_NAME").value_or("")),
                .configurations = {},
                .modules = {},
                .rules = {},
                .findings = {},
                .catalogue = describe_catalogue()};
  const auto optimised = tree.cache.find("CMAKE_OPTIMIZE_DEPENDENCIES");
  Inputs inputs = tree.inputs;
  inputs.shared_dependencies = info.multi_config || tree.graphs.size() > 1;
  inputs.optimised_dependencies = optimised && is_true_constant(*optimised);
  CMakeSources sources(info.source_root, info.build_root);
  SourceTree disk(info.source_root);
  if (!policy.file.empty()) report.policy = place_of(policy.file, sources.paths());

  for (std::size_t i = 0; i < tree.graphs.size(); ++i) {
    const TargetGraph& graph = tree.graphs[i];
    const ModuleMap modules(graph, policy, options.inventory);
    const RuleScopes scopes(graph, policy, modules);
    std::vector<bool> off(policy.modules.size());
    std::vector<bool> others(policy.modules.size());
    for (std::size_t module = 0; module < off.size(); ++module) {
      (((*on)[module]) ? others : off)[module] = may_own_files(modules, policy.modules[module], module, disk);
    }
    IncludePlan plan(graph, modules);
    plan.add_off_edges(off, core_targets(graph, modules));
    plan.add_core_edges(others);
    for (std::size_t module = 0; module < off.size(); ++module) others[module] = others[module] || off[module];
    plan.add_module_edges(others, *on);
    plan.add_replaced_edges();
    plan.add_boundaries(scopes);
    // After this point it is known what to look for in includes.
    const auto includes =
        scan_includes(tree, i, plan, scopes, disk, {.cache = options.cache, .progress = options.progress});
    if (!includes) return tl::unexpected(includes.error());
    auto blind_spots = assign_blind_spots(graph, inputs, policy, modules, *on, off);
    add_include_gaps(includes->off, off, blind_spots);
    const auto rule_blind_spots = find_rule_blind_spots(graph, inputs, scopes, includes->rules, sources);
    const std::vector<BlindSpot> spots = find_blind_spots(graph, inputs);
    const RuleInput input{graph,
                          policy,
                          modules,
                          *on,
                          blind_spots,
                          sources,
                          disk,
                          includes->off,
                          includes->modules,
                          scopes,
                          includes->rules,
                          rule_blind_spots,
                          spots,
                          options.experiments};
    std::vector<Finding> findings = run_rules(input, options);
    // After this point the configuration's findings are complete.
    for (std::size_t module = 0; module < policy.modules.size(); ++module) {
      report.modules.push_back(judge(input, module, findings));
    }
    for (std::size_t rule = 0; rule < policy.rules.size(); ++rule) {
      report.rules.push_back(judge_rule(input, rule, findings));
    }
    for (const Rule& rule : catalogue()) {
      if (rule.count != nullptr) report.module_rules.push_back(count_rule(input, rule));
    }
    report.configurations.push_back({.name = graph.info().configuration,
                                     .targets = graph.targets().size(),
                                     .dependencies = graph.dependency_count(),
                                     .edges = graph.edges().size(),
                                     .sources = graph.source_count()});
    if (options.keep_graphs) report.graphs.push_back(make_page_graph(input, Inheritance(graph, sources)));
    std::move(findings.begin(), findings.end(), std::back_inserter(report.findings));
  }
  merge_configurations(report.findings, tree.graphs.size());
  // After this point no rule says more.
  suppress({tree, policy, *on, options, sources}, report);
  std::stable_sort(report.findings.begin(), report.findings.end(), shown_before);
  count_findings(report);
  std::stable_sort(report.module_rules.begin(), report.module_rules.end(),
                   [](const ModuleRuleReport& a, const ModuleRuleReport& b) {
                     return std::tie(a.configuration, a.rule) < std::tie(b.configuration, b.rule);
                   });
  std::stable_sort(report.modules.begin(), report.modules.end(), [](const ModuleReport& a, const ModuleReport& b) {
    return std::tie(a.configuration, a.name) < std::tie(b.configuration, b.name);
  });
  std::stable_sort(report.rules.begin(), report.rules.end(), [](const RuleReport& a, const RuleReport& b) {
    return std::tie(a.configuration, a.rule, a.name) < std::tie(b.configuration, b.rule, b.name);
  });
  return report;
}

}  // namespace bulkhead
