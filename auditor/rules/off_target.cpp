// off-target: a module is off, but a target of it is still in the build.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/evidence.h"
#include "auditor/rule.h"

namespace bulkhead {
namespace {

constexpr std::size_t names_in_message = 3;

std::string list_names(const TargetGraph& graph, const std::vector<TargetId>& targets) {
  std::string names;
  for (std::size_t i = 0; i < std::min(targets.size(), names_in_message); ++i) {
    names += fmt::format("{}{}", i == 0 ? "" : ", ", graph.name(targets[i]));
  }
  if (targets.size() > names_in_message) names += fmt::format(" and {} more", targets.size() - names_in_message);
  return names;
}

}  // namespace

std::vector<Finding> run_off_target(const RuleInput& input) {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    std::vector<TargetId> targets = input.modules.targets_of(i);
    if (input.on[i] || targets.empty()) continue;
    std::sort(targets.begin(), targets.end(), [&input](TargetId a, TargetId b) {
      return std::pair(input.graph.name(a), a) < std::pair(input.graph.name(b), b);
    });
    const Module& module = input.policy.modules[i];
    Finding finding{
        .rule = {},
        .module = module.name,
        .message = fmt::format(
            "module {} is off ({}), but {} in the build: {}", module.name, module.toggle.text(),
            targets.size() == 1 ? "a target of it is" : fmt::format("{} of its targets are", targets.size()),
            list_names(input.graph, targets)),
        .help = fmt::format("make its targets under if({}) only", module.toggle.text())};
    for (const TargetId target : targets) {
      finding.path.push_back(to_label(input.graph, Endpoint::target(target)));
      finding.subjects.push_back(finding.path.back());
      finding.evidence.push_back(show(input.graph, input.graph[target].frame, std::string(input.graph.name(target))));
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

RuleCount count_off_target(const RuleInput& input) {
  RuleCount count{.modules = static_cast<std::uint32_t>(std::count(input.on.begin(), input.on.end(), false))};
  if (count.modules != 0) count.targets = static_cast<std::uint32_t>(input.graph.targets().size());
  return count;
}

}  // namespace bulkhead
