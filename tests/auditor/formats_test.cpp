// All formats tell the same findings: each held against `json`, on all golden cases and on hostile names.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "reports/picture.h"
#include "reports/writer.h"
#include "tests/support/case_reports.h"
#include "tests/support/command_line.h"
#include "tests/support/hostile_report.h"

namespace bulkhead::test {
namespace {

using Json = nlohmann::json;

struct NamedReport {
  std::string name;
  Report report;
};

// Audited once, for all tests.
const std::vector<NamedReport>& reports() {
  static const std::vector<NamedReport> all = [] {
    std::vector<NamedReport> made;
    for (const auto& directory : all_cases()) {
      auto audited = audit_case(directory);
      if (audited) made.push_back({directory.string(), std::move(audited->report)});
    }
    made.push_back({"hostile names", make_hostile_report()});
    return made;
  }();
  return all;
}

std::string write(const char* format, const Report& report, const WriteOptions& options = {}) {
  return find_format(format)->write(report, options).value();
}

/// What json says of each finding: status, severity and fingerprint; sorted.
using Entry = std::tuple<std::string, std::string, std::string>;
std::vector<Entry> entries_of(const Json& findings) {
  std::vector<Entry> entries;
  for (const Json& one : findings) entries.emplace_back(one.at("status"), one.at("severity"), one.at("fingerprint"));
  std::sort(entries.begin(), entries.end());
  return entries;
}
std::vector<Entry> entries_of(const Report& report) {
  return entries_of(Json::parse(write("json", report)).at("findings"));
}

/// How many findings of that status and severity there are, those of several configurations counted once.
std::size_t merged_count(const Report& report, Status status, Severity severity) {
  const auto merged = merge_configurations(report);
  return static_cast<std::size_t>(std::count_if(merged.begin(), merged.end(), [&](const auto& one) {
    return one.front()->status == status && one.front()->severity == severity;
  }));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t count_lines(const std::string& text, const std::string& beginning) {
  const auto lines = lines_of(text);
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [&](const auto& line) { return line.starts_with(beginning); }));
}

TEST(Formats, HaveReportsToAgreeOn) {
  std::set<Status> statuses;
  for (const auto& [name, report] : reports()) {
    for (const Finding& finding : report.findings) statuses.insert(finding.status);
  }
  EXPECT_GT(reports().size(), 100U);
  EXPECT_EQ(statuses.size(), 3U);
}

TEST(Formats, JsonlIsJsonInLines) {
  for (const auto& [name, report] : reports()) {
    Json whole = Json::parse(write("json", report));
    Json rebuilt = Json::object();
    rebuilt["findings"] = Json::array();
    for (const std::string& line : lines_of(write("jsonl", report))) {
      Json part = Json::parse(line);
      const std::string type = part.at("type");
      part.erase("type");
      if (type == "finding") {
        rebuilt["findings"].push_back(part);
      } else if (type == "run") {
        rebuilt.update(part);
      } else {
        rebuilt[type] = part;
      }
    }
    EXPECT_EQ(rebuilt, whole) << name;
    EXPECT_TRUE(write("jsonl", report).starts_with("{\"type\":\"run\",\"schema\":\"bulkhead-report-1\"")) << name;
  }
}

TEST(Formats, SarifAgreesWithJson) {
  for (const auto& [name, report] : reports()) {
    const Json run = Json::parse(write("sarif", report)).at("runs").at(0);
    std::vector<Entry> entries;
    for (const Json& result : run.at("results")) {
      const Json& suppressions = result.at("suppressions");
      const std::string status = result.at("properties").at("status");
      EXPECT_EQ(suppressions.empty(), status == "new") << name;
      EXPECT_EQ(run.at("tool").at("driver").at("rules").at(result.at("ruleIndex").get<std::size_t>()).at("id"),
                result.at("ruleId"))
          << name;
      if (report.baseline) {
        EXPECT_EQ(result.at("baselineState"), status == "known" ? "unchanged" : "new") << name;
      } else {
        EXPECT_FALSE(result.contains("baselineState")) << name;
      }
      entries.emplace_back(status, result.at("level"), result.at("partialFingerprints").at("bulkhead/v1"));
    }
    std::sort(entries.begin(), entries.end());
    EXPECT_EQ(entries, entries_of(report)) << name;
  }
}

TEST(Formats, GitlabHasEachFindingOnceWithAFingerprintOfItsOwn) {
  for (const auto& [name, report] : reports()) {
    std::set<std::string> fingerprints;
    const Json list = Json::parse(write("gitlab", report));
    for (const Json& one : list) {
      EXPECT_TRUE(fingerprints.insert(one.at("fingerprint")).second) << name;
    }
    std::set<std::string> expected;
    for (const auto& [status, severity, fingerprint] : entries_of(report)) expected.insert(fingerprint);
    EXPECT_TRUE(std::includes(fingerprints.begin(), fingerprints.end(), expected.begin(), expected.end())) << name;
    EXPECT_EQ(list.size(), merge_configurations(report).size()) << name;
  }
}

// Splits RFC 4180.
std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      rows.back().back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && text.compare(i, 2, "\r\n") == 0) {
      rows.push_back({""});
      ++i;
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

TEST(Formats, CsvAgreesWithJsonAndHoldsNoFormula) {
  for (const auto& [name, report] : reports()) {
    const auto rows = parse_csv(write("csv", report));
    ASSERT_FALSE(rows.empty());
    std::vector<Entry> entries;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      ASSERT_EQ(rows[i].size(), rows[0].size()) << name;
      entries.emplace_back(rows[i].front(), rows[i][1], rows[i].back());
      for (const std::string& field : rows[i]) {
        const std::size_t first = field.find_first_not_of(' ');
        if (first == std::string::npos) continue;
        EXPECT_EQ(std::string("=+-@").find(field[first]), std::string::npos) << name << ": " << field;
      }
    }
    std::sort(entries.begin(), entries.end());
    EXPECT_EQ(entries, entries_of(report)) << name;
  }
}

TEST(Formats, GithubAnnotatesTheFirstAndCountsTheRest) {
  for (const auto& [name, report] : reports()) {
    const std::string text = write("github", report);
    for (const Severity severity : {Severity::error, Severity::warning}) {
      const std::size_t all = merged_count(report, Status::fresh, severity);
      const std::string word(to_string(severity));
      EXPECT_EQ(count_lines(text, "::" + word + " "), std::min<std::size_t>(all, 10)) << name;
      const bool told =
          text.find(std::to_string(all - std::min<std::size_t>(all, 10)) + " more " + word) != std::string::npos;
      EXPECT_EQ(told, all > 10) << name;
    }
    // Nothing but annotations, a notice, and a line for people.
    for (const std::string& line : lines_of(text)) {
      EXPECT_TRUE(std::regex_search(line, std::regex("^(::(error|warning|notice) [^:]*::|Bulkhead: [0-9]+ error)")))
          << name << ": " << line;
    }
  }
}

TEST(Formats, GithubShowsEachLineBeforeItRepeatsOne) {
  Report report = make_hostile_report();
  Finding finding = report.findings.front();
  report.findings.clear();
  for (int i = 0; i < 12; ++i) {
    finding.fingerprint = "same line " + std::to_string(i);
    report.findings.push_back(finding);
  }
  finding.fingerprint = "another line";
  finding.evidence.front().line = 77;
  report.findings.push_back(finding);
  finding.fingerprint = "no line";
  finding.evidence = {{.file = {}}};
  report.findings.push_back(finding);
  const std::string text = write("github", report);
  EXPECT_EQ(count(text, ",line=77,"), 1U);
  EXPECT_EQ(count(text, "file=bulkhead.toml"), 0U);
  EXPECT_NE(text.find("4 more errors without an annotation"), std::string::npos) << text;
}

TEST(Formats, AzureTellsAllNewFindings) {
  for (const auto& [name, report] : reports()) {
    const std::string text = write("azure", report);
    for (const Severity severity : {Severity::error, Severity::warning}) {
      EXPECT_EQ(count_lines(text, "##vso[task.logissue type=" + std::string(to_string(severity)) + ";"),
                merged_count(report, Status::fresh, severity))
          << name;
    }
    for (const std::string& line : lines_of(text)) {
      const bool command = line.starts_with("##vso[task.logissue ");
      EXPECT_TRUE(command || line.starts_with("Bulkhead: ")) << name << ": " << line;
    }
  }
}

TEST(Formats, TeamcityTellsAllFindings) {
  for (const auto& [name, report] : reports()) {
    const std::string text = write("teamcity", report);
    const auto inspections = [&text](const std::string& severity) {
      const auto lines = lines_of(text);
      return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.starts_with("##teamcity[inspection ") && line.ends_with(" SEVERITY='" + severity + "']");
      }));
    };
    EXPECT_EQ(inspections("ERROR"), merged_count(report, Status::fresh, Severity::error)) << name;
    EXPECT_EQ(inspections("WARNING"), merged_count(report, Status::fresh, Severity::warning)) << name;
    EXPECT_EQ(inspections("ERROR") + inspections("WARNING") + inspections("WEAK WARNING") + inspections("INFO"),
              merge_configurations(report).size())
        << name;
    const Summary summary = summarise(report);
    EXPECT_EQ(count_lines(text, "##teamcity[buildStatisticValue key='bulkhead.errors' value='" +
                                    std::to_string(summary.errors) + "']"),
              1U)
        << name;
    // A value ends at the first quotation mark without a bar, and a message at the first such bracket.
    const std::regex message(R"(^##teamcity\[\w+( \w+='([^|'\[\]]|\|['nr|\[\]]|\|0x[0-9A-F]{4})*')+\]$)",
                             std::regex::optimize);
    for (const std::string& line : lines_of(text)) {
      EXPECT_LT(line.size(), 20'000U);
      EXPECT_TRUE(std::regex_match(line, message)) << name << ": " << line;
    }
  }
}

TEST(Formats, MarkdownListsAllFindings) {
  for (const auto& [name, report] : reports()) {
    const std::string text = write("markdown", report);
    if (text.find("**Cut:**") == std::string::npos) {
      EXPECT_EQ(count_lines(text, "- <code>"), merge_configurations(report).size()) << name;
    }
    EXPECT_LE(text.size(), most_markdown) << name;
    EXPECT_EQ(text.find("<script"), std::string::npos) << name;
    EXPECT_EQ(count(text, "<details>"), count(text, "</details>")) << name;
  }
}

// One for each new finding, and a list that says how many are missing.
TEST(Formats, MarkdownSaysWhatItCuts) {
  Report report = make_hostile_report();
  const Finding finding = report.findings.front();
  for (int i = 0; i < 2000; ++i) {
    report.findings.push_back(finding);
    report.findings.back().fingerprint = std::to_string(i);
  }
  const std::string text = write("markdown", report);
  EXPECT_LE(text.size(), most_markdown);
  EXPECT_GT(text.size(), most_markdown - 3000);
  std::smatch cut;
  ASSERT_TRUE(std::regex_search(text, cut, std::regex("\\*\\*Cut:\\*\\* ([0-9]+) rows in ([0-9]+) lists do not fit")));
  const std::size_t rows = merge_configurations(report).size() + report.modules.size() + report.rules.size();
  EXPECT_EQ(count_lines(text, "- <code>") + count_lines(text, "| <code>") + std::stoul(cut[1]), rows);
}

TEST(Formats, JunitFailsExactlyWhenTheCheckDoes) {
  for (const auto& [name, report] : reports()) {
    for (const Severity threshold : {Severity::error, Severity::warning}) {
      const std::string text = write("junit", report, {.threshold = threshold});
      EXPECT_EQ(text.find("<failure ") != std::string::npos, fails_check(report, threshold)) << name;
      std::smatch counts;
      ASSERT_TRUE(std::regex_search(text, counts, std::regex("tests=\"([0-9]+)\" failures=\"([0-9]+)\"")));
      EXPECT_EQ(std::stoul(counts[1]), count(text, "<testcase ")) << name;
      EXPECT_EQ(std::stoul(counts[2]), count(text, "<failure ")) << name;
      std::size_t told = 0;
      for (const char* const head : {"error[", "warning[", "known[", "waived["}) {
        for (const char* const before : {"\n", "<system-out>", "\">"}) told += count(text, std::string(before) + head);
      }
      if (name != "hostile names") {
        EXPECT_EQ(told, report.findings.size()) << name;
      }
    }
  }
}

// A test passes only when it was looked for, nothing was found, and nothing could have been missed.
TEST(Formats, JunitNeverPassesWhatIsNotProven) {
  for (const auto& [name, report] : reports()) {
    if (report.configurations.size() > 1) continue;
    const std::string text = write("junit", report);
    for (const ModuleReport& module : report.modules) {
      const bool passes =
          text.find("<testcase classname=\"bulkhead." + module.name + "\" name=\"off-edge\"/>") != std::string::npos;
      EXPECT_EQ(passes, !module.on && module.verdict == Verdict::isolated) << name << ": " << module.name;
    }
    for (const RuleReport& rule : report.rules) {
      const bool passes = text.find(" name=\"" + rule.rule + " '" + rule.name + "'\"/>") != std::string::npos;
      if (rule.name.find_first_of("<>&\"") == std::string::npos && rule.verdict != RuleVerdict::broken) {
        EXPECT_EQ(passes, rule.verdict == RuleVerdict::holds) << name << ": " << rule.name;
      }
    }
  }
}

TEST(Formats, GraphmlSaysWhatThePictureSays) {
  for (const auto& [name, report] : reports()) {
    const Picture picture = build_picture(report);
    const std::string text = write("graphml", report);
    EXPECT_EQ(count(text, "<node id="), picture.nodes.size()) << name;
    EXPECT_EQ(count(text, "<edge id="), picture.edges.size()) << name;
  }
}

// Nobody's lines, bytes or control characters get through as they are.
TEST(Formats, TakeHostileNamesForNames) {
  const Report report = make_hostile_report();
  for (const char* const format :
       {"sarif", "junit", "github", "gitlab", "azure", "teamcity", "markdown", "csv", "mermaid", "graphml"}) {
    const std::string text = write(format, report);
    EXPECT_EQ(text.find_first_of(std::string("\x07\x1b\x01\x7f", 4)), std::string::npos) << format;
    EXPECT_EQ(count_lines(text, "::error::x"), 0U) << format;
    EXPECT_EQ(text.find("\xe9 "), std::string::npos) << format;
    EXPECT_NO_THROW((void)Json(text).dump()) << format << " is no UTF-8";
    EXPECT_EQ(text, write(format, report)) << format;
  }
}

TEST(Formats, KeepTheMachineToThemselves) {
  Report report = make_hostile_report();
  report.source_root = "/home/me/secret/top/project";
  report.repository = "/home/me/secret/top";
  report.policy = {.file = "/home/me/secret/top/bulkhead.toml", .path = "../bulkhead.toml"};
  for (const Format& format : formats()) {
    EXPECT_EQ(write(std::string(format.name).c_str(), report).find("/home/me"), std::string::npos) << format.name;
  }
}

}  // namespace
}  // namespace bulkhead::test
