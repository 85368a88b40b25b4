// The JSON report, held against docs/schema/bulkhead-report-1.json by python3-jsonschema.
#include "tests/support/schema.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// What `bulkhead check --format json` says of a recorded reply.
std::string check(const std::string& reply, const fs::path& policy, const std::vector<std::string>& more = {}) {
  const TemporaryDirectory build;
  unpack_reply(reply, build.path());
  std::vector<std::string> command = {bulkhead_command(), "check",         "-B",      build.path().string(), "--policy",
                                      policy.string(),    "--format=json", "--strict"};
  command.insert(command.end(), more.begin(), more.end());
  const ProcessResult result = run(command);
  EXPECT_LT(result.status, 2) << result.err;
  return result.out;
}

std::string check_project(const std::string& project, const std::string& variant) {
  return check(project + "/" + variant, test_directory() / "projects" / project / "bulkhead.toml");
}

void expect_valid(const std::string& report) {
  EXPECT_EQ(validate_reports({report}).front(), "");
}

TEST(Schema, HoldsForEveryKindOfEdge) {
  expect_valid(check_project("kinds", "3.25-Unix-Makefiles"));
  expect_valid(check_project("kinds", "4.3-Ninja-Multi-Config"));
}

TEST(Schema, HoldsForManyConfigurations) {
  expect_valid(check_project("multi", "3.31-Ninja-Multi-Config"));
}

TEST(Schema, HoldsWhereNothingIsFound) {
  expect_valid(check_project("clean", "4.3-Ninja"));
  expect_valid(check("clean-on/4.3-Ninja", test_directory() / "projects/clean/bulkhead.toml"));
}

TEST(Schema, HoldsForUnusedPolicy) {
  const TemporaryDirectory scratch;
  write_file(
      scratch / "bulkhead.toml",
      "[project]\nset_aside = ['target:nobody']\n[[module]]\nname = 'opt'\ntoggle = 'USE_OPT'\npaths = ['opt/**']\n");
  const std::string report = check("clean-on/3.25-Ninja", scratch / "bulkhead.toml");
  EXPECT_NE(report.find("unused-policy"), std::string::npos);
  expect_valid(report);
}

TEST(Schema, HoldsForGeneralRules) {
  const TemporaryDirectory scratch;
  write_file(scratch / "bulkhead.toml",
             "[[forbidden]]\nname = 'x'\nwhy = 'so'\nfrom = 'core'\nto = 'path:opt/**'\ntransitive = true\n"
             "[[acyclic]]\n[[required]]\nfrom = 'type:EXECUTABLE'\nto = 'target:nobody'\n");
  const std::string report = check("kinds/3.25-Ninja", scratch / "bulkhead.toml");
  for (const char* const said : {"\"verdict\": \"broken\"", "\"why\": \"so\"", "\"rule\": \"required\""}) {
    EXPECT_NE(report.find(said), std::string::npos) << said;
  }
  expect_valid(report);
  nlohmann::json changed = nlohmann::json::parse(report);
  changed["rules"][0]["verdict"] = "perhaps";
  EXPECT_NE(validate_reports({changed.dump()}).front(), "");
}

TEST(Schema, HoldsForTheSampleProject) {
  const TemporaryDirectory build;
  const fs::path source = test_directory() / "projects/sample";
  ASSERT_EQ(run({bulkhead_command(), "query", "-B", build.path().string()}).status, 0);
  const ProcessResult configured = run({cmake_command(), "-S", source.string(), "-B", build.path().string()});
  ASSERT_EQ(configured.status, 0) << configured.err;
  const ProcessResult checked = run({bulkhead_command(), "check", "-B", build.path().string(), "--format", "json"});
  EXPECT_EQ(checked.status, 1) << checked.err;
  expect_valid(checked.out);
}

// A schema that allows everything would pass the tests above.
TEST(Schema, RefusesWhatIsNoReport) {
  const auto report = nlohmann::json::parse(check_project("kinds", "3.25-Ninja"));
  const std::vector<std::pair<std::string, nlohmann::json>> changes = {
      {"/schema", "bulkhead-report-2"},
      {"/extra", 1},
      {"/cmake/extra", 1},
      {"/graph/edges", -1},
      {"/modules/0/state", "perhaps"},
      {"/modules/0/note", "off, and yet it has a note"},
      {"/findings/0/extra", 1},
      {"/findings/0/edge/kind", "rope"},
      {"/findings/0/edge/to", "no label"},
      {"/findings/0/evidence/0/line", 0},
      {"/findings/0/fingerprint", "xyz"},
      {"/findings/0/status", "fresh"},
      {"/summary/errors", "many"},
  };
  std::vector<std::string> wrong;
  for (const auto& [pointer, value] : changes) {
    nlohmann::json changed = report;
    changed[nlohmann::json::json_pointer(pointer)] = value;
    wrong.push_back(changed.dump());
  }
  nlohmann::json without = report;
  without.erase("summary");
  wrong.push_back(without.dump());

  const std::vector<std::string> objections = validate_reports(wrong);
  ASSERT_EQ(objections.size(), wrong.size());
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    EXPECT_NE(objections[i], "") << (i < changes.size() ? changes[i].first : "a report without a summary");
  }
}

// What a command says in JSON of a tree of every kind of edge.
std::string ask(const std::string& reply, std::vector<std::string> question) {
  const TemporaryDirectory build;
  unpack_reply(reply, build.path());
  question.insert(question.begin(), bulkhead_command());
  question.insert(question.end(), {"-B", build.path().string(), "--format", "json"});
  const ProcessResult result = run(question);
  EXPECT_LT(result.status, 2) << result.err;
  return result.out;
}

void expect_refused(const std::string& answer, const std::vector<std::pair<std::string, nlohmann::json>>& changes,
                    std::vector<std::string> (*validate)(const std::vector<std::string>&)) {
  std::vector<std::string> wrong;
  for (const auto& [pointer, value] : changes) {
    nlohmann::json changed = nlohmann::json::parse(answer);
    changed[nlohmann::json::json_pointer(pointer)] = value;
    wrong.push_back(changed.dump());
  }
  const std::vector<std::string> objections = validate(wrong);
  for (std::size_t i = 0; i < wrong.size(); ++i) EXPECT_NE(objections[i], "") << changes[i].first;
}

TEST(Schema, HoldsForWays) {
  const std::string ways = ask("kinds/3.25-Ninja", {"why", "core", "path:opt/**", "--all"});
  const std::vector<std::string> answers = {
      ways,
      ask("kinds/3.25-Ninja", {"why", "chain_a", "opt"}),
      ask("kinds/3.25-Ninja", {"why", "chain_a", "opt", "--avoid", "chain_b", "--kinds", "link,order"}),
      ask("multi/4.3-Ninja-Multi-Config", {"why", "debug_link", "opt", "--all", "--limit", "1"}),
  };
  for (const std::string& objections : validate_paths(answers)) EXPECT_EQ(objections, "");
  EXPECT_EQ(nlohmann::json::parse(answers[2]).at("configurations").at(0).at("doubtful").size(), 1U);
  expect_refused(ways,
                 {{"/schema", "bulkhead-paths-2"},
                  {"/extra", 1},
                  {"/limit", 0},
                  {"/configurations/0/paths/0/hops", nlohmann::json::array()},
                  {"/configurations/0/paths/0/hops/0/kind", "rope"},
                  {"/configurations/0/paths/0/hops/0/from/label", "no label"},
                  {"/configurations/0/paths/0/hops/0/line", 0},
                  {"/configurations/0/unseen/0", "rope"}},
                 validate_paths);
}

TEST(Schema, HoldsForNeighbours) {
  const std::string direct = ask("kinds/3.25-Ninja", {"refs", "opt"});
  const std::vector<std::string> answers = {
      direct,
      ask("kinds/4.3-Ninja", {"refs", "path:opt/**", "--transitive"}),
      ask("kinds/3.25-Unix-Makefiles", {"deps", "core", "--transitive"}),
      ask("multi/4.3-Ninja-Multi-Config", {"deps", "debug_link", "--depth", "2", "--kinds", "link"}),
  };
  for (const std::string& objections : validate_neighbours(answers)) EXPECT_EQ(objections, "");
  expect_refused(direct,
                 {{"/schema", "bulkhead-neighbours-2"},
                  {"/command", "why"},
                  {"/depth", 0},
                  {"/configurations/0/found/0/depth", 0},
                  {"/configurations/0/found/0/edge/known", "perhaps"},
                  {"/configurations/0/found/0/extra", 1},
                  {"/configurations/0/inherited", -1}},
                 validate_neighbours);
}

// Counts that must agree, which no schema can say.
TEST(Schema, SummaryAddsUp) {
  for (const char* const variant : {"3.25-Ninja", "4.3-Ninja-Multi-Config"}) {
    const auto report = nlohmann::json::parse(check_project("kinds", variant));
    const auto& summary = report.at("summary");
    EXPECT_EQ(summary.at("new").get<std::size_t>() + summary.at("known").get<std::size_t>() +
                  summary.at("waived").get<std::size_t>(),
              report.at("findings").size());
    EXPECT_EQ(summary.at("errors").get<std::size_t>() + summary.at("warnings").get<std::size_t>(),
              summary.at("new").get<std::size_t>());
  }
}

}  // namespace
}  // namespace bulkhead::test
