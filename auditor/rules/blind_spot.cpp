// blind-spot: a kind of edge could not be checked, and what would make it checkable.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_blind_spot(const RuleInput& input) {
  std::vector<Finding> findings;
  for (const ModuleBlindSpot& entry : input.blind_spots) {
    std::vector<std::string_view> names;
    for (const std::size_t module : entry.modules) names.push_back(input.policy.modules[module].name);
    Finding finding{
        .rule = {},
        .message = fmt::format("{} edges to {} {} are unproven: {}", to_string(entry.spot.kind),
                               names.size() == 1 ? "module" : "modules", fmt::join(names, ", "), entry.spot.reason) +
                   (entry.detail.empty() ? "" : " (" + entry.detail + ")"),
        .help = std::string(entry.spot.remedy)};
    if (names.size() == 1) finding.module = names.front();
    findings.push_back(std::move(finding));
  }
  for (const RuleBlindSpot& entry : input.rule_blind_spots) {
    std::vector<std::string> names;
    for (const std::size_t rule : entry.rules) names.push_back("'" + input.policy.rules[rule].label() + "'");
    Finding finding{
        .rule = {},
        .message = fmt::format("{} edges are unproven for {} {}: {}", to_string(entry.spot.kind),
                               names.size() == 1 ? "rule" : "rules", fmt::join(names, ", "), entry.spot.reason) +
                   (entry.detail.empty() ? "" : " (" + entry.detail + ")"),
        .help = std::string(entry.spot.remedy)};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace bulkhead
