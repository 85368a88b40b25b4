// What goes where: the formats that nobody chose, by the variables of CI systems, and the job's summary.
#include "auditor/commands/outputs.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

class Outputs : public testing::Test {
 protected:
  Outputs() { unpack_reply("kinds/3.25-Ninja", build_.path()); }

  [[nodiscard]] ProcessResult check(std::vector<std::string> more, std::vector<std::string> environment) const {
    std::vector<std::string> arguments = {"check", "-B", build_.path().string(), "--policy", policy_of("kinds")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return bulkhead(arguments, {.environment = std::move(environment)});
  }
  [[nodiscard]] std::string place(const char* name) const { return build_ / name; }

 private:
  TemporaryDirectory build_;
};

TEST_F(Outputs, AreTextWhereNoCiSystemReadsTheLog) {
  const ProcessResult plain = check({}, {});
  EXPECT_EQ(plain.status, 1) << plain.err;
  EXPECT_EQ(plain.out, check({"--format", "text"}, {}).out);
  for (const char* const variable :
       {"GITLAB_CI=true", "CI=true", "JENKINS_URL=http://x", "GITHUB_ACTIONS=", "GITHUB_ACTIONS=false", "TF_BUILD="}) {
    EXPECT_EQ(check({}, {variable}).out, plain.out) << variable;
  }
}

TEST_F(Outputs, HaveTheFindingsInTheFormatOfTheLogToo) {
  const std::string text = check({}, {}).out;
  const std::vector<std::pair<std::string, std::string>> systems = {
      {"GITHUB_ACTIONS=true", "github"}, {"TF_BUILD=True", "azure"}, {"TEAMCITY_VERSION=2024.1", "teamcity"}};
  for (const auto& [variable, format] : systems) {
    const ProcessResult result = check({}, {variable});
    EXPECT_EQ(result.status, 1);
    EXPECT_EQ(result.out, defuse(text) + check({"--format", format}, {}).out) << variable;
  }
}

TEST_F(Outputs, AreWhatWasChosen) {
  const std::string text = check({"--format", "text"}, {}).out;
  for (const char* const variable : {"GITHUB_ACTIONS=true", "TF_BUILD=True", "TEAMCITY_VERSION=1"}) {
    EXPECT_EQ(check({"--format", "text"}, {variable}).out, text) << variable;
  }
  const ProcessResult json = check({"--format", "json"}, {"GITHUB_ACTIONS=true"});
  EXPECT_TRUE(nlohmann::json::accept(json.out));
}

TEST_F(Outputs, AppendTheJobsSummary) {
  const std::string summary = place("summary.md");
  write_file(summary, "before\n");
  const std::string variable = "GITHUB_STEP_SUMMARY=" + summary;
  const std::string markdown = check({"--format", "markdown"}, {}).out;
  ASSERT_NE(markdown, "");
  EXPECT_EQ(check({}, {"GITHUB_ACTIONS=true", variable}).status, 1);
  EXPECT_EQ(read_file(summary), "before\n" + markdown);
  EXPECT_EQ(check({"--format", "github=" + place("log")}, {variable}).status, 1);
  EXPECT_EQ(read_file(summary), "before\n" + markdown + markdown);
  // Nobody asked for it
  EXPECT_EQ(check({"--format", "text"}, {"GITHUB_ACTIONS=true", variable}).status, 1);
  EXPECT_EQ(check({}, {variable}).status, 1);
  EXPECT_EQ(read_file(summary), "before\n" + markdown + markdown);
}

TEST_F(Outputs, LeaveAFullSummaryAlone) {
  const std::string summary = place("summary.md");
  const std::string full(1024 * 1024 - 10, 'x');
  write_file(summary, full);
  const ProcessResult result = check({"--format", "github"}, {"GITHUB_STEP_SUMMARY=" + summary});
  EXPECT_EQ(result.status, 1);
  EXPECT_NE(result.err.find("summary is full"), std::string::npos) << result.err;
  EXPECT_EQ(read_file(summary), full);
}

TEST_F(Outputs, FailWhereTheSummaryCannotBeWritten) {
  const ProcessResult result = check({"--format", "github"}, {"GITHUB_STEP_SUMMARY=/no/such/place/summary.md"});
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.err.find("/no/such/place/summary.md"), std::string::npos) << result.err;
}

TEST_F(Outputs, NameTheAnalysisInSarif) {
  const auto id = [this](std::vector<std::string> more) {
    more.insert(more.end(), {"--format", "sarif"});
    return nlohmann::json::parse(check(more, {}).out).at("runs").at(0).at("automationDetails").at("id");
  };
  EXPECT_EQ(id({}), "bulkhead/");
  EXPECT_EQ(id({"--category", "without-cuda"}), "without-cuda/");
}

TEST_F(Outputs, NamePathsFromTheTopOfTheRepository) {
  const TemporaryDirectory scratch;
  const auto first_path = [](const std::string& sources) {
    TemporaryDirectory build;
    unpack_reply("kinds/4.3-Ninja", build.path());
    move_sources(build.path(), "/src/kinds", sources);
    const ProcessResult result =
        bulkhead({"check", "-B", build.path().string(), "--policy", policy_of("kinds"), "--format", "gitlab"});
    return nlohmann::json::parse(result.out).at(0).at("location").at("path").get<std::string>();
  };
  std::filesystem::create_directories(scratch.path() / "top/sub/kinds");
  const std::string without = first_path(scratch / "top/sub/kinds");
  EXPECT_EQ(without.find("sub/"), std::string::npos) << without;
  write_file(scratch / "top/.git", "gitdir: elsewhere\n");  // as in a work tree
  EXPECT_EQ(first_path(scratch / "top/sub/kinds"), "sub/kinds/" + without);
}

TEST_F(Outputs, AgreeWithTheExitStatus) {
  for (const char* const severity : {"error", "warning"}) {
    const ProcessResult junit = check({"--format", "junit", "--fail-on", severity}, {});
    EXPECT_EQ(junit.status, 1);
    EXPECT_GT(count(junit.out, "<failure "), 0U);
  }
  const ProcessResult more = check({"--format", "junit", "--fail-on", "warning"}, {});
  EXPECT_GT(count(more.out, "<failure "), count(check({"--format", "junit"}, {}).out, "<failure "));
}

TEST(Defuse, BreaksUpWhatCouldBeACommand) {
  EXPECT_EQ(defuse("a\n::error::x\n  ::set-output name=a::b\n"), "a\n: :error::x\n  : :set-output name=a::b\n");
  EXPECT_EQ(defuse("a ##[error]b ##vso[task.complete]c ##teamcity[x]"),
            "a # #[error]b # #vso[task.complete]c # #teamcity[x]");
  EXPECT_EQ(defuse("\r::error::x"), "\r: :error::x");
  EXPECT_EQ(defuse(":::x\n###"), ": ::x\n# # #");
}

TEST(Defuse, LeavesTheRestAlone) {
  for (const char* const text : {"", "a::b\n", " 12 | x::y # comment\n", "  --> a/b.cpp:3\n", "# one\n: two\n"}) {
    EXPECT_EQ(defuse(text), text);
  }
}

}  // namespace
}  // namespace bulkhead::test
