// What the formats for CI systems write, to the byte: tests/formats/<report>/expected.<format>.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "reports/writer.h"
#include "tests/support/case_reports.h"
#include "tests/support/hostile_report.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

constexpr const char* formats_of_ci[] = {"jsonl",    "sarif",    "junit", "github",  "gitlab", "azure",
                                         "teamcity", "markdown", "csv",   "mermaid", "graphml"};

// The manual pages would be most of it, and change with every word.
void shorten(Report& report) {
  std::erase_if(report.catalogue, [](const RuleDescription& rule) {
    return rule.code != "off-edge" && rule.code != "off-target" && rule.code != "core-edge" &&
           rule.code != "blind-spot";
  });
  for (RuleDescription& rule : report.catalogue)
    rule.page = "# A page\n\nSee [life](../life.md#waive), [others](owners.md).\n";
}

void compare(const std::string& name, const Report& report) {
  const auto directory = test_directory() / "formats" / name;
  for (const char* const format : formats_of_ci) {
    const std::string text = find_format(format)->write(report, {}).value();
    const auto file = directory / (std::string("expected.") + format);
    if (updates_golden()) {
      std::filesystem::create_directories(directory);
      write_file(file, text);
    } else {
      EXPECT_EQ(text, read_file(file)) << format;
    }
  }
}

TEST(FormatGoldens, NewAndKnown) {
  auto audited = audit_case(test_directory() / "cases/off-edge/baseline-and-a-new-one");
  ASSERT_TRUE(audited);
  shorten(audited->report);
  compare("new-and-known", audited->report);
}

TEST(FormatGoldens, NewAndWaived) {
  auto audited = audit_case(test_directory() / "cases/off-edge/waived-by-policy");
  ASSERT_TRUE(audited);
  shorten(audited->report);
  audited->report.source_root = "/src/repository/project";  // a folder of its repository
  audited->report.repository = "/src/repository";
  compare("new-and-waived", audited->report);
}

TEST(FormatGoldens, HostileNames) {
  Report report = make_hostile_report();
  std::erase_if(report.findings, [](const Finding& finding) {
    return finding.module.find("line\nbreak") == std::string::npos && finding.module.find("latin") == std::string::npos;
  });
  report.modules.resize(5);
  report.rules.resize(5);
  compare("hostile", report);
}

}  // namespace
}  // namespace bulkhead::test
