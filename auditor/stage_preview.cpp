#include "auditor/stage_preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "auditor/evidence.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

// The findings of one audit that another one does not have, each once.
std::vector<Finding> difference(const Report& report, const Report& other) {
  std::set<std::string_view> seen;
  for (const Finding& finding : other.findings) seen.insert(finding.fingerprint);
  std::vector<Finding> findings;
  for (const Finding& finding : report.findings) {
    if (seen.insert(finding.fingerprint).second) findings.push_back(finding);
  }
  return findings;
}

Policy promoted(const Policy& policy, const std::vector<std::size_t>& modules) {
  Policy changed = policy;
  for (const std::size_t i : modules) changed.modules[i].stage = *next_stage(changed.modules[i].stage);
  return changed;
}

// Whether what has changed is the doing of the one module that it is about. When several modules get a stage together,
// a file of one that another compiles is laid to the latter; and a waiver that names no module may have been for any.
bool has_one_cause(const Finding& finding, const std::set<std::string_view>& names) {
  if (!names.contains(finding.module)) return false;
  return finding.rule != "namespace" || finding.edge->from.module.empty() || finding.edge->to.module.empty();
}

std::uint64_t count_errors(const Report& report, std::string_view module) {
  std::set<std::string_view> errors;
  for (const Finding& finding : report.findings) {
    const bool is_error = finding.severity == Severity::error && finding.status == Status::fresh;
    if (is_error && finding.module == module) errors.insert(finding.fingerprint);
  }
  return errors.size();
}

// Rules of either stage that see a module only while it is on: then it has targets with edges, and users.
std::vector<std::string> rules_while_on(const StagePreview& preview) {
  if (preview.from == "S0" || preview.to == "S0") return {"core-edge", "module-edge", "namespace"};
  return {"module-edge", "namespace"};
}

// Kinds of edge that the rules of stages could not see in full, in one of the two audits.
std::vector<EdgeKind> find_blind_kinds(const Report& before, const Report& after) {
  constexpr std::array<std::string_view, 3> rules = {"core-edge", "module-edge", "replaced-edge"};
  std::set<EdgeKind> blind;
  for (const Report* const report : {&before, &after}) {
    for (const ModuleRuleReport& one : report->module_rules) {
      if (std::find(rules.begin(), rules.end(), one.rule) != rules.end())
        blind.insert(one.blind_spots.begin(), one.blind_spots.end());
    }
  }
  return {blind.begin(), blind.end()};
}

// A string as TOML and CMake write it between double quotes.
std::string in_quotes(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return fmt::format("\"{}\"", escaped);
}

// The selectors of one key, below each other where there are several.
void add_list(const Module& module, std::string_view key, std::string_view keyword,
              const std::vector<std::string>& selectors, std::vector<std::string>& lines) {
  if (module.is_declared) {
    lines.emplace_back(keyword);
    for (const std::string& selector : selectors) lines.push_back("  " + in_quotes(selector));
    return;
  }
  if (selectors.size() == 1) {
    lines.push_back(fmt::format("{} = [{}]", key, in_quotes(selectors.front())));
    return;
  }
  lines.push_back(fmt::format("{} = [", key));
  for (const std::string& selector : selectors) lines.push_back(fmt::format("  {},", in_quotes(selector)));
  lines.emplace_back("]");
}

// The selector of what has this label and no other name, whatever is in the name.
std::string selector_of(std::string_view label) {
  constexpr std::string_view file = "file:";
  std::string selector;
  if (label.starts_with(file)) {
    selector = "path:";
    label.remove_prefix(file.size());
  }
  for (const char c : label) {
    if (std::string_view("\\*?[{").find(c) != std::string_view::npos) selector += '\\';
    selector += c;
  }
  return selector;
}

// The core's targets that depend on the module, and that its `entry` does not select: while it is of stage S0 they are
// findings, in one of the two audits.
std::vector<std::string> find_entries(const Module& module, const Report& before, const Report& after) {
  const Report& report = module.stage == "S0" ? before : after;
  std::set<std::string> entries;
  for (const Finding& finding : report.findings) {
    if (finding.rule == "core-edge" && finding.module == module.name)
      entries.insert(selector_of(finding.edge->from.label));
  }
  return {entries.begin(), entries.end()};
}

// What else the rules that come ask the policy for: the modules that it may depend on, and owners.
void add_what_comes(const Module& module, const StagePreview& preview, std::uint32_t min_owners,
                    std::vector<std::string>& lines) {
  std::set<std::string> depends;
  bool lacks_owners = false;
  for (const Finding& finding : preview.come) {
    if (finding.module != module.name) continue;
    if (finding.rule == "module-edge") depends.insert(finding.edge->to.module);
    lacks_owners = lacks_owners || finding.rule == "owners";
  }
  std::vector<std::string> names;
  for (const PolicyName& one : module.depends) names.push_back(one.name);
  names.insert(names.end(), depends.begin(), depends.end());
  if (!depends.empty()) add_list(module, "depends", "DEPENDS", names, lines);
  if (!lacks_owners) return;
  lines.push_back(module.is_declared ? "OWNERS <who maintains it>"
                                     : fmt::format("owners = [\"@…\"]  # who maintains it, at least {}", min_owners));
}

// What the policy has to say of the module.
void add_policy(const PreviewInput& input, const Module& module, const Report& after, StagePreview& preview) {
  const SourcePaths paths(input.report.source_root, input.tree.graphs.front().info().build_root);
  preview.file = shown_path(paths, module.where.file);
  preview.line = module.where.line;
  preview.policy.push_back(module.is_declared ? "STAGE " + preview.to : fmt::format("stage = \"{}\"", preview.to));
  if (preview.to == "S2") {
    if (!module.replaces.empty()) return;
    preview.policy.push_back(module.is_declared ? "REPLACES <what it is to replace>"
                                                : "replaces = [\"target:…\"]  # what it is to replace");
    return;
  }
  for (const Selector& entry : module.entry) preview.entries.push_back(entry.text);
  std::vector<std::string> fresh = find_entries(module, input.report, after);
  preview.fresh_entries = fresh.size();
  std::move(fresh.begin(), fresh.end(), std::back_inserter(preview.entries));
  if (preview.fresh_entries != 0) add_list(module, "entry", "ENTRY", preview.entries, preview.policy);
  add_what_comes(module, preview, input.policy.min_owners, preview.policy);
}

StagePreview make_preview(const PreviewInput& input, std::size_t index, const Report& after) {
  const Module& module = input.policy.modules[index];
  StagePreview preview{.from = module.stage, .to = std::string(*next_stage(module.stage))};
  preview.come = difference(after, input.report);
  preview.go = difference(input.report, after);
  preview.errors = count_errors(after, module.name);
  if (input.on[index]) {
    preview.blind = find_blind_kinds(input.report, after);
  } else {
    preview.unseen = rules_while_on(preview);
  }
  add_policy(input, module, after, preview);
  return preview;
}

// Drops what is about other modules.
void keep_own(std::string_view module, std::vector<Finding>& findings) {
  std::erase_if(findings, [module](const Finding& finding) { return finding.module != module; });
}

}  // namespace

std::optional<std::string_view> next_stage(std::string_view stage) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> steps = {
      {{"", "S0"}, {"S0", "S1"}, {"S1", "S2"}}};
  for (const auto& [from, to] : steps) {
    if (from == stage) return to;
  }
  return std::nullopt;
}

Result<std::vector<std::optional<StagePreview>>> preview_stages(const PreviewInput& input,
                                                                const std::vector<std::size_t>& modules) {
  std::vector<std::size_t> moving;
  std::set<std::string_view> names;
  for (const std::size_t i : modules) {
    if (!next_stage(input.policy.modules[i].stage)) continue;
    moving.push_back(i);
    names.insert(input.policy.modules[i].name);
  }
  std::vector<std::optional<StagePreview>> previews(modules.size());
  if (moving.empty()) return previews;
  // One audit for all of them, where it tells what each does by itself.
  const auto together = audit(input.tree, promoted(input.policy, moving), input.options);
  if (!together) return tl::unexpected(together.error());
  bool is_enough = true;
  for (const auto& findings : {difference(*together, input.report), difference(input.report, *together)}) {
    is_enough = is_enough && std::all_of(findings.begin(), findings.end(),
                                         [&names](const Finding& finding) { return has_one_cause(finding, names); });
  }
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const Module& module = input.policy.modules[modules[i]];
    if (!next_stage(module.stage)) continue;
    if (is_enough || moving.size() == 1) {
      previews[i] = make_preview(input, modules[i], *together);
      if (moving.size() == 1) continue;
      keep_own(module.name, previews[i]->come);
      keep_own(module.name, previews[i]->go);
      continue;
    }
    const auto alone = audit(input.tree, promoted(input.policy, {modules[i]}), input.options);
    if (!alone) return tl::unexpected(alone.error());
    previews[i] = make_preview(input, modules[i], *alone);
  }
  return previews;
}

}  // namespace bulkhead
