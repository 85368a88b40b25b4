#include "auditor/scorecard.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "auditor/module_reader.h"
#include "auditor/module_states.h"
#include "auditor/module_users.h"
#include "auditor/promises.h"
#include "auditor/stage_preview.h"

namespace bulkhead {
namespace {

// "cuda" of "module:cuda", as other commands write it.
std::string_view name_of(std::string_view word) {
  constexpr std::string_view prefix = "module:";
  return word.starts_with(prefix) ? word.substr(prefix.size()) : word;
}

// The positions of the modules that are asked for, by name.
Result<std::vector<std::size_t>> choose_modules(const Policy& policy, const std::vector<std::string>& words) {
  if (policy.modules.empty()) {
    return fail({policy.file}, "the policy has no [[module]], so there is nothing to score",
                "add one with a name, a toggle and its paths: docs/policy.md begins with three lines that do");
  }
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    const bool is_named = std::any_of(words.begin(), words.end(),
                                      [&](const std::string& word) { return name_of(word) == policy.modules[i].name; });
    if (words.empty() || is_named) chosen.push_back(i);
  }
  for (const std::string& word : words) {
    if (auto known = check_module_name(policy, name_of(word), {}); !known) return tl::unexpected(known.error());
  }
  std::sort(chosen.begin(), chosen.end(),
            [&policy](std::size_t a, std::size_t b) { return policy.modules[a].name < policy.modules[b].name; });
  return chosen;
}

// The audit of a policy in which all modules are of stage S0, whose rules are the promises. All of them, whichever are
// asked for: a file of one that another compiles is laid to the latter.
Result<Report> audit_as_s0(const ScorecardInput& input, const Report& report) {
  Policy policy = input.policy;
  bool is_same = true;
  for (Module& module : policy.modules) {
    is_same = is_same && module.stage == "S0";
    module.stage = "S0";
  }
  if (is_same) return report;
  return audit(input.tree, policy, input.options);
}

}  // namespace

Result<Scorecard> make_scorecard(const ScorecardInput& input, const std::vector<std::string>& names) {
  const auto modules = choose_modules(input.policy, names);
  if (!modules) return tl::unexpected(modules.error());
  const auto report = audit(input.tree, input.policy, input.options);
  if (!report) return tl::unexpected(report.error());
  const auto on = evaluate_toggles(input.policy, toggle_values(input.tree));
  if (!on) return tl::unexpected(on.error());
  const auto as_s0 = audit_as_s0(input, *report);
  if (!as_s0) return tl::unexpected(as_s0.error());
  auto previews = preview_stages({input.tree, input.policy, input.options, *on, *report}, *modules);
  if (!previews) return tl::unexpected(previews.error());
  const auto users = find_users(input.tree, input.policy, input.options.inventory, *on, *modules);
  // After this point all that can be known is known; what follows judges it.

  Scorecard scorecard{.tool_version = report->tool_version,
                      .cmake_version = report->cmake_version,
                      .generator = report->generator,
                      .configurations = {},
                      .modules = {}};
  for (const ConfigurationReport& one : report->configurations) scorecard.configurations.push_back(one.name);
  const PromiseInput judging{input.tree, input.policy, *report, *as_s0, input.tree_options, input.options.inventory};
  for (std::size_t i = 0; i < modules->size(); ++i) {
    const std::size_t index = (*modules)[i];
    ModuleScore score{.proof = judge_promises(judging, index, (*on)[index], users[i]),
                      .toggle = input.policy.modules[index].toggle.text(),
                      .on = (*on)[index],
                      .next = std::move((*previews)[i])};
    const auto proven = std::find_if(input.experiments.begin(), input.experiments.end(),
                                     [&score](const auto& one) { return one.module == score.proof.module; });
    if (proven != input.experiments.end()) add_proof(*proven, score.proof);
    scorecard.modules.push_back(std::move(score));
  }
  return scorecard;
}

}  // namespace bulkhead
