#include "auditor/diff_findings.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "auditor/coverage.h"
#include "auditor/module_states.h"
#include "auditor/rule.h"

namespace bulkhead {
namespace {

std::set<std::string_view> fingerprints_of(const std::vector<Finding>& findings) {
  std::set<std::string_view> prints;
  for (const Finding& finding : findings) prints.insert(finding.fingerprint);
  return prints;
}

// An error of one audit, which says whose it is.
tl::unexpected<Error> fail_for(const char* side, Error error) {
  error.message = fmt::format("{} cannot be audited: {}", side, error.message);
  return tl::unexpected(std::move(error));
}

}  // namespace

Result<FindingsDiff> diff_findings(const BuildTree& before, const BuildTree& after, const Policy& policy,
                                   const AuditOptions& options) {
  auto old_report = audit(before, policy, options);
  if (!old_report) return fail_for("OLD", old_report.error());
  auto new_report = audit(after, policy, options);
  if (!new_report) return fail_for("NEW", new_report.error());
  const auto on = evaluate_toggles(policy, toggle_values(after));
  if (!on) return fail_for("NEW", on.error());
  const Coverage coverage(*new_report, policy, *on, after);
  const auto old_prints = fingerprints_of(old_report->findings);
  const auto new_prints = fingerprints_of(new_report->findings);
  FindingsDiff diff;
  std::set<std::string_view> told;  // once, in whatever configuration
  for (const Finding& finding : new_report->findings) {
    if (finding.status != Status::fresh || old_prints.contains(finding.fingerprint)) continue;
    if (told.insert(finding.fingerprint).second) diff.fresh.push_back(finding);
  }
  for (const Finding& finding : old_report->findings) {
    if (finding.status != Status::fresh || new_prints.contains(finding.fingerprint)) continue;
    if (!told.insert(finding.fingerprint).second) continue;
    std::vector<EdgeKind> kinds;
    if (finding.edge) kinds.push_back(finding.edge->kind);
    const Rule* const rule = find_rule(finding.rule);
    const std::string gap = rule == nullptr ? std::string() : coverage.find_gap(*rule, finding.module, kinds);
    if (gap.empty()) {
      diff.fixed.push_back(finding);
    } else {
      diff.unseen.push_back(fmt::format("{}: {} ({})", finding.rule, finding.message, gap));
    }
  }
  return diff;
}

std::vector<std::string> compare_states(const BuildTree& before, const BuildTree& after, const Policy& policy) {
  const auto old_on = evaluate_toggles(policy, toggle_values(before));
  const auto new_on = evaluate_toggles(policy, toggle_values(after));
  if (!old_on || !new_on) return {};
  std::vector<std::string> remarks;
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    if ((*old_on)[i] == (*new_on)[i]) continue;
    remarks.push_back(fmt::format("module {} is {} in OLD, and {} in NEW", policy.modules[i].name,
                                  (*old_on)[i] ? "on" : "off", (*new_on)[i] ? "on" : "off"));
  }
  return remarks;
}

}  // namespace bulkhead
