// The report as a list of tests: one for each module and rule, and for each general rule, those that pass as well. A
// test fails when the check fails for it, so a report has a failure exactly when the exit status is 1. What was not
// looked at, cannot be proven, or is accepted, is skipped, and never passes.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "reports/finding_text.h"
#include "reports/label.h"
#include "reports/picture_text.h"
#include "reports/writer.h"
#include "reports/xml_text.h"

namespace bulkhead {
namespace {

struct Test {
  std::string group;  // a class, to those who read it: "bulkhead.cuda"
  std::string name;
  std::string not_proven{};  // why it has not passed although nothing was found; may be empty
  std::vector<const Finding*> findings{};
};

struct Suite {
  std::string name;
  std::vector<Test> tests{};
};

enum class Outcome : std::uint8_t { passed, skipped, failed };

/// Whom a finding is about: configuration, rule, and the module or the name of the general rule.
using Subject = std::tuple<std::string_view, std::string_view, std::string_view>;

bool judges(const RuleDescription& rule, const ModuleReport& module) {
  return rule.about_modules &&
         (rule.stages.empty() || (!module.stage.empty() && rule.stages.find(module.stage) != std::string_view::npos));
}

// Why a rule that found nothing about a module has proven nothing; empty when it has.
std::string say_what_lacks(const RuleDescription& rule, const ModuleReport& module) {
  if (module.on && !rule.while_on) return "not looked at while the module is on";
  if (!module.on && !rule.while_off) return "not looked at while the module is off";
  if (rule.code != "off-edge" || module.verdict != Verdict::unproven) return "";
  std::string text = "unproven";
  if (!module.blind_spots.empty()) text += ": not visible: " + say_kinds(module.blind_spots);
  if (!module.note.empty()) text += "; " + module.note;
  return text;
}

class JunitWriter {
 public:
  JunitWriter(const Report& report, Severity threshold) : report_(report), threshold_(threshold) {}

  std::string write() {
    for (const ConfigurationReport& configuration : report_.configurations) add_suite(configuration.name);
    add_rest();
    std::string text;
    for (const Suite& suite : suites_) text += write_suite(suite);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Bulkhead\" tests=\"{}\" failures=\"{}\" "
        "errors=\"0\">\n{}</testsuites>\n",
        tests_, failures_, text);
  }

 private:
  void add_suite(const std::string& configuration) {
    const bool many = report_.configurations.size() > 1;
    const std::string shown = configuration.empty() ? "no build type" : configuration;
    Suite suite{.name = many ? fmt::format("Bulkhead ({})", shown) : "Bulkhead"};
    const std::string group = many ? fmt::format("bulkhead.{}.", shown) : "bulkhead.";
    for (const ModuleReport& module : report_.modules) {
      if (module.configuration != configuration) continue;
      for (const RuleDescription& rule : report_.catalogue) {
        if (!judges(rule, module)) continue;
        remember(suite, {configuration, rule.code, module.name});
        suite.tests.push_back(
            {.group = group + module.name, .name = std::string(rule.code), .not_proven = say_what_lacks(rule, module)});
      }
    }
    for (const RuleReport& rule : report_.rules) {
      if (rule.configuration != configuration) continue;
      remember(suite, {configuration, rule.rule, rule.name});
      Test test{.group = group + "rules", .name = fmt::format("{} '{}'", rule.rule, rule.name)};
      if (rule.verdict == RuleVerdict::unproven)
        test.not_proven = "unproven: not visible: " + say_kinds(rule.blind_spots);
      suite.tests.push_back(std::move(test));
    }
    suites_.push_back(std::move(suite));
  }

  void remember(const Suite& suite, const Subject& subject) {
    places_.try_emplace(subject, suites_.size(), suite.tests.size());
  }

  // Hands the findings to their tests. Those about the policy, and about what cannot be seen, have a suite of their
  // own.
  void add_rest() {
    std::map<std::string_view, std::vector<const Finding*>> rest;
    for (const RuleDescription& rule : report_.catalogue) {
      if (rule.about_audit) rest[rule.code];
    }
    for (const Finding& finding : report_.findings) {
      const std::string_view whom = finding.name.empty() ? finding.module : finding.name;
      const auto place = places_.find({finding.configuration, finding.rule, whom});
      if (place == places_.end()) {
        rest[finding.rule].push_back(&finding);
      } else {
        suites_[place->second.first].tests[place->second.second].findings.push_back(&finding);
      }
    }
    Suite suite{.name = "Bulkhead, the audit itself"};
    for (auto& [rule, findings] : rest) {
      suite.tests.push_back({.group = "bulkhead.audit", .name = std::string(rule), .findings = std::move(findings)});
    }
    if (!suite.tests.empty()) suites_.push_back(std::move(suite));
  }

  [[nodiscard]] Outcome judge(const Test& test) const {
    const auto any = [&test](auto&& is) { return std::any_of(test.findings.begin(), test.findings.end(), is); };
    if (any([this](const Finding* one) { return fails_check(*one, threshold_); })) return Outcome::failed;
    if (!test.not_proven.empty()) return Outcome::skipped;
    return any([](const Finding* one) { return one->status != Status::fresh; }) ? Outcome::skipped : Outcome::passed;
  }

  std::string write_suite(const Suite& suite) {
    std::size_t failures = 0;
    std::size_t skipped = 0;
    std::string text;
    for (const Test& test : suite.tests) {
      const Outcome outcome = judge(test);
      if (outcome == Outcome::failed) ++failures;
      if (outcome == Outcome::skipped) ++skipped;
      text += write_test(test, outcome);
    }
    tests_ += suite.tests.size();
    failures_ += failures;
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n{}  </testsuite>\n",
        xml_attribute(suite.name), suite.tests.size(), failures, skipped, text);
  }

  [[nodiscard]] std::string write_test(const Test& test, Outcome outcome) const {
    std::string text =
        fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml_attribute(test.group), xml_attribute(test.name));
    const std::string output = tell(test);
    if (outcome == Outcome::passed && output.empty()) return text + "/>\n";
    text += ">\n";
    if (outcome == Outcome::failed) {
      text += write_failure(test, output);
    } else {
      if (outcome == Outcome::skipped) text += write_skipped(test);
      if (!output.empty()) text += fmt::format("      <system-out>{}</system-out>\n", xml_text(output));
    }
    return text + "    </testcase>\n";
  }

  [[nodiscard]] std::string write_failure(const Test& test, const std::string& output) const {
    const auto first = std::find_if(test.findings.begin(), test.findings.end(),
                                    [this](const Finding* one) { return fails_check(*one, threshold_); });
    std::string message = displayable((*first)->message);
    if (test.findings.size() > 1) message += " (and " + counted(test.findings.size() - 1, "more finding") + ")";
    return fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", to_string((*first)->severity),
                       xml_attribute(message), xml_text(output));
  }

  static std::string write_skipped(const Test& test) {
    Summary summary;
    for (const Finding* const one : test.findings) {
      if (one->status == Status::known) ++summary.known;
      if (one->status == Status::waived) ++summary.waived;
    }
    std::string reason = test.not_proven;
    if (summary.known + summary.waived != 0) {
      reason +=
          fmt::format("{}accepted: {} known, {} waived", reason.empty() ? "" : "; ", summary.known, summary.waived);
    }
    return fmt::format("      <skipped message=\"{}\"/>\n", xml_attribute(reason));
  }

  // All findings, each with what a reader needs.
  static std::string tell(const Test& test) {
    std::string text;
    for (const Finding* const one : test.findings) {
      const bool is_new = one->status == Status::fresh;
      text += fmt::format("{}[{}]: {}\n", is_new ? to_string(one->severity) : to_string(one->status), one->rule,
                          displayable(one->message));
      if (!one->evidence.empty() && !one->evidence.front().file.empty())
        text += fmt::format("  at {}\n", say_site(one->evidence.front()));
      for (const std::string& line : say_details(*one)) text += fmt::format("  {}\n", line);
    }
    return text;
  }

  const Report& report_;
  Severity threshold_;
  std::vector<Suite> suites_;
  std::map<Subject, std::pair<std::size_t, std::size_t>> places_;  // suite and test
  std::size_t tests_ = 0;
  std::size_t failures_ = 0;
};

}  // namespace

Result<std::string> write_junit(const Report& report, const WriteOptions& options) {
  return JunitWriter(report, options.threshold).write();
}

}  // namespace bulkhead
