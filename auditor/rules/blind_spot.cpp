// blind-spot: a kind of edge could not be checked, and what would make it checkable.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_blind_spot(const RuleInput& input) {
  std::vector<Finding> findings;
  constexpr std::size_t most_names = 6;
  for (const ModuleBlindSpot& entry : input.blind_spots) {
    std::vector<std::string_view> names;
    for (const std::size_t module : entry.modules) names.push_back(input.policy.modules[module].name);
    const std::size_t count = names.size();
    const std::string rest = count > most_names ? fmt::format(" and {} more", count - most_names) : std::string();
    names.resize(std::min(count, most_names));
    const std::string what =
        fmt::format("{} edges to {} {}{} are unproven: {}", to_string(entry.spot.kind),
                    count == 1 ? "module" : "modules", fmt::join(names, ", "), rest, entry.spot.reason);
    Finding finding{.rule = {},
                    .message = what + (entry.detail.empty() ? "" : " (" + entry.detail + ")"),
                    .help = std::string(entry.spot.remedy),
                    .subjects = {what}};
    if (count == 1) finding.module = names.front();
    findings.push_back(std::move(finding));
  }
  for (const RuleBlindSpot& entry : input.rule_blind_spots) {
    std::vector<std::string> names;
    for (const std::size_t rule : entry.rules) names.push_back("'" + input.policy.rules[rule].label() + "'");
    const std::string what =
        fmt::format("{} edges are unproven for {} {}: {}", to_string(entry.spot.kind),
                    names.size() == 1 ? "rule" : "rules", fmt::join(names, ", "), entry.spot.reason);
    Finding finding{.rule = {},
                    .message = what + (entry.detail.empty() ? "" : " (" + entry.detail + ")"),
                    .help = std::string(entry.spot.remedy),
                    .subjects = {what}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

RuleCount count_blind_spot(const RuleInput& input) {
  return {.modules = static_cast<std::uint32_t>(std::count(input.on.begin(), input.on.end(), false))};
}

}  // namespace bulkhead
