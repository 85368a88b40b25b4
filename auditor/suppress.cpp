#include "auditor/suppress.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "auditor/applied_waivers.h"
#include "auditor/baseline.h"
#include "auditor/coverage.h"
#include "auditor/evidence.h"
#include "auditor/rule.h"

namespace bulkhead {
namespace {

/// The entries of a baseline, and which of them are found.
class KnownEntries {
 public:
  explicit KnownEntries(const Baseline& baseline) : baseline_(baseline), is_found_(baseline.entries.size(), false) {
    for (std::size_t i = 0; i < baseline.entries.size(); ++i) places_.emplace(baseline.entries[i].fingerprint, i);
  }

  /// True when all that a finding is about is in the baseline.
  bool find(const Finding& finding) {
    bool is_known = true;
    for (const BaselineEntry& entry : entries_of(finding)) {
      const auto place = places_.find(entry.fingerprint);
      if (place == places_.end()) {
        is_known = false;
      } else {
        is_found_[place->second] = true;
      }
    }
    return is_known;
  }

  /// Calls `take(entry)` for each entry that was not found.
  template <class Take>
  void for_each_missing(Take&& take) const {
    for (std::size_t i = 0; i < is_found_.size(); ++i) {
      if (!is_found_[i]) take(baseline_.entries[i]);
    }
  }

 private:
  const Baseline& baseline_;
  std::unordered_map<std::string_view, std::size_t> places_;
  std::vector<bool> is_found_;
};

// What is to be said of an entry that was not found.
MissingEntry judge_missing(const Coverage& coverage, const BaselineEntry& entry) {
  MissingEntry missing{.text = describe(entry), .fingerprint = entry.fingerprint};
  const Rule* const rule = find_rule(entry.rule);
  const auto kind = parse_edge_kind(entry.kind);
  if (rule == nullptr) {
    missing.reason = fmt::format("this version has no rule {}", entry.rule);
    return missing;
  }
  missing.reason = coverage.find_gap(*rule, entry.module, kind ? std::vector{*kind} : std::vector<EdgeKind>());
  if (missing.reason.empty() && kind && !coverage.has_depender(*kind, entry.from)) {
    missing.gone = true;
    missing.reason = fmt::format("{} is not in this build tree", entry.from.substr(entry.from.find(':') + 1));
  }
  return missing;
}

// Compares the findings with the baseline; returns what to say of the entries that are fixed.
std::vector<Finding> compare_with(const Baseline& baseline, const SuppressInput& input, const Coverage& coverage,
                                  Report& report) {
  KnownEntries known(baseline);
  for (Finding& finding : report.findings) {
    const Rule* const rule = find_rule(finding.rule);
    if (rule == nullptr || rule->about != About::project) continue;
    // A waiver is a decision, and goes first. The entry stays all the same.
    if (known.find(finding) && finding.status == Status::fresh) finding.status = Status::known;
  }
  report.baseline =
      BaselineReport{.file = shown_path(input.sources.paths(), baseline.file), .entries = baseline.entries.size()};
  Finding fixed{.rule = "unused-policy",
                .severity = Severity::warning,
                .message = {},
                .help = "take what is fixed out of the baseline: bulkhead baseline prune"};
  BaselineReport& said = *report.baseline;
  known.for_each_missing([&](const BaselineEntry& entry) {
    MissingEntry missing = judge_missing(coverage, entry);
    if (missing.reason.empty()) fixed.evidence.push_back({.file = said.file, .line = entry.line});
    auto& list = missing.reason.empty() ? said.fixed : said.unseen;
    list.push_back(std::move(missing));
  });
  if (said.fixed.empty()) return {};
  fixed.message = said.fixed.size() == 1 ? fmt::format("an entry of the baseline is fixed: {}", said.fixed.front().text)
                                         : fmt::format("{} entries of the baseline are fixed", said.fixed.size());
  return {std::move(fixed)};
}

// Which status the violation of a module has: that of its worst off-edge finding, by the order of Status.
void set_module_statuses(Report& report) {
  for (ModuleReport& module : report.modules) {
    if (module.verdict != Verdict::violated) continue;
    module.status = Status::waived;
    for (const Finding& finding : report.findings) {
      const bool violates = finding.rule == "off-edge" && finding.module == module.name &&
                            finding.configuration == module.configuration && !finding.conditional;
      if (violates) module.status = std::min(module.status, finding.status);
    }
  }
}

}  // namespace

void suppress(const SuppressInput& input, Report& report) {
  const Coverage coverage(report, input.policy, input.on, input.tree);
  for (Finding& finding : report.findings) finding.waiver_text = waiver_text_for(finding);
  AppliedWaivers waivers(input, report.findings);
  waivers.apply(report.findings);
  std::vector<Finding> faults = waivers.find_faults(coverage);
  if (input.options.baseline) {
    auto fixed = compare_with(*input.options.baseline, input, coverage, report);
    std::move(fixed.begin(), fixed.end(), std::back_inserter(faults));
  }
  set_module_statuses(report);
  // After this point no status changes; what follows is about waivers and baseline, and can be neither waived nor
  // known.
  for (Finding& fault : faults) {
    fault.fingerprint = fingerprint_of(fault);
    report.findings.push_back(std::move(fault));
  }
}

}  // namespace bulkhead
