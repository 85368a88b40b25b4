// SARIF in particular: limits, code flows, and where its results, and those of the others, are.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reports/writer.h"
#include "tests/support/hostile_report.h"

namespace bulkhead::test {
namespace {

using Json = nlohmann::json;

std::string write(const char* format, const Report& report) {
  return find_format(format)->write(report, {}).value();
}

// GitHub refuses more than 25,000 results; the first are the weightiest.
TEST(Sarif, SaysWhatItCuts) {
  Report report = make_hostile_report();
  const Finding known = report.findings.back();
  const std::size_t before = report.findings.size();
  for (std::size_t i = before; i < 25'007; ++i) report.findings.push_back(known);
  const Json run = Json::parse(write("sarif", report)).at("runs").at(0);
  ASSERT_EQ(run.at("results").size(), 25'000U);
  EXPECT_EQ(run.at("results").at(0).at("properties").at("status"), "new");
  const Json& notes = run.at("invocations").at(0).at("toolExecutionNotifications");
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes.at(0).at("message").at("text"),
            "7 of 25007 findings, 0 of them new, are left out: GitHub takes 25000 results. Other formats have all.");
  EXPECT_FALSE(Json::parse(write("sarif", make_hostile_report()))
                   .at("runs")
                   .at(0)
                   .at("invocations")
                   .at(0)
                   .contains("toolExecutionNotifications"));
}

// The path hop by hop, with the calls that lead to each; a hop without a line is told with the next one.
TEST(Sarif, FollowsThePath) {
  Report report = make_hostile_report();
  Finding& finding = report.findings.front();
  finding.path = {"target:a", "target:b", "target:c", "target:d"};
  finding.evidence = {{.file = "CMakeLists.txt", .line = 3, .stack = {"top.cmake:9", "CMakeLists.txt:3"}},
                      {.file = {}},
                      {.file = "sub/CMakeLists.txt", .line = 4}};
  const Json result = Json::parse(write("sarif", report)).at("runs").at(0).at("results").at(0);
  std::vector<std::string> told;
  for (const Json& step : result.at("codeFlows").at(0).at("threadFlows").at(0).at("locations")) {
    const Json& location = step.at("location");
    told.push_back(location.at("physicalLocation").at("artifactLocation").at("uri").get<std::string>() + ": " +
                   location.at("message").at("text").get<std::string>());
  }
  EXPECT_EQ(told, (std::vector<std::string>{"top.cmake: called here", "CMakeLists.txt: a -> b",
                                            "sub/CMakeLists.txt: b -> c (no line is known for it); c -> d"}));
}

TEST(Sarif, NamesPathsFromTheTopOfTheRepository) {
  Report report = make_hostile_report();
  report.source_root = "/r/llvm";
  report.repository = "/r";
  report.policy = {.file = "/r/ci/bulkhead.toml", .path = "../ci/bulkhead.toml"};
  const auto place_of = [&report](const std::string& file) {
    report.findings.front().evidence = {{.file = file, .line = 2}};
    report.findings.front().path.clear();
    const Json list = Json::parse(write("gitlab", report));
    const Json sarif = Json::parse(write("sarif", report));
    const Json& uri = sarif.at("runs").at(0).at("results").at(0).at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(uri.at("artifactLocation").at("uriBaseId"), "%SRCROOT%");
    return list.at(0).at("location").at("path").get<std::string>() + " " +
           uri.at("artifactLocation").at("uri").get<std::string>();
  };
  EXPECT_EQ(place_of("lib/CMakeLists.txt"), "llvm/lib/CMakeLists.txt llvm/lib/CMakeLists.txt");
  EXPECT_EQ(place_of("../clang/a b#%.cmake"), "clang/a b#%.cmake clang/a%20b%23%25.cmake");
  EXPECT_EQ(place_of("/r/ci/bulkhead.toml"), "ci/bulkhead.toml ci/bulkhead.toml");
  // Not in the repository: at the policy.
  for (const char* const outside : {"<build>/gen.cmake", "/usr/lib/x.cmake", "../../beside/x.cmake", ""}) {
    EXPECT_EQ(place_of(outside), "ci/bulkhead.toml ci/bulkhead.toml") << outside;
  }
  report.policy = {};
  EXPECT_EQ(place_of("<build>/gen.cmake"), "llvm/CMakeLists.txt llvm/CMakeLists.txt");
}

TEST(Sarif, SaysWhoHasAcceptedAFindingAndWhere) {
  Report report = make_hostile_report();
  report.findings.resize(3, report.findings.front());
  report.findings[0].status = Status::known;
  for (const std::size_t i : {1U, 2U}) {
    report.findings[i].status = Status::waived;
    report.findings[i].waiver =
        AppliedWaiver{.reason = "issue 7", .owner = "@mira", .file = "bulkhead.toml", .line = 9};
  }
  report.findings[2].waiver->file = "core/a.cpp";
  const Json results = Json::parse(write("sarif", report)).at("runs").at(0).at("results");
  const auto suppression = [&results](std::size_t i) { return results.at(i).at("suppressions").at(0); };
  EXPECT_EQ(suppression(0).at("kind"), "external");
  EXPECT_EQ(suppression(0).at("justification"), "known: listed in bulkhead.baseline");
  EXPECT_EQ(suppression(1).at("kind"), "external");
  EXPECT_EQ(suppression(1).at("justification"), "issue 7, owner @mira (bulkhead.toml:9)");
  EXPECT_EQ(suppression(2).at("kind"), "inSource");
  EXPECT_EQ(suppression(2).at("location").at("physicalLocation").at("artifactLocation").at("uri"), "core/a.cpp");
}

TEST(Sarif, CarriesTheManualPagesWithLinksThatLeadSomewhere) {
  const Json rules =
      Json::parse(write("sarif", make_hostile_report())).at("runs").at(0).at("tool").at("driver").at("rules");
  const std::string page = rules.at(0).at("help").at("markdown");
  EXPECT_NE(page.find("[life](https://github.com/bulkhead/bulkhead/blob/main/docs/life.md)"), std::string::npos)
      << page;
  EXPECT_NE(page.find("[others](https://github.com/bulkhead/bulkhead/blob/main/docs/rules/core-edge.md)"),
            std::string::npos)
      << page;
}

}  // namespace
}  // namespace bulkhead::test
