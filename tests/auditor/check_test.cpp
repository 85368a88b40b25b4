// bulkhead check, rule by rule and option by option, on recorded replies.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "reports/writer.h"
#include "tests/support/audits.h"
#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

/// A reply of a fixture project, unpacked for one test.
class UnpackedReply {
 public:
  UnpackedReply(std::string project, const std::string& variant) : project_(std::move(project)) {
    unpack_reply(project_ + "/" + variant, build_.path());
    if (project_ == "clean-on") project_ = "clean";
  }
  [[nodiscard]] const std::filesystem::path& path() const { return build_.path(); }
  [[nodiscard]] ProcessResult check(const std::vector<std::string>& more = {}) const {
    return check_with(policy_of(project_), more);
  }
  [[nodiscard]] ProcessResult check_with(const std::string& policy, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"check", "-B", build_.path().string(), "--policy", policy};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return bulkhead(arguments);
  }

 private:
  std::string project_;
  TemporaryDirectory build_;
};

nlohmann::json findings_of(const std::string& report, const std::string& rule) {
  nlohmann::json found = nlohmann::json::array();
  const auto parsed = nlohmann::json::parse(report);
  for (const auto& finding : parsed.at("findings")) {
    if (finding.at("rule") == rule) found.push_back(finding);
  }
  return found;
}

TEST(Check, WarnsOfBlindSpotsAndStrictRefusesThem) {
  const UnpackedReply build("clean", "3.25-Ninja");
  EXPECT_EQ(build.check().status, 0);
  EXPECT_EQ(count(build.check().out, "blind-spot"), 0U);
  EXPECT_NE(build.check().out.find("note: 4 blind spots leave modules unproven; -v says"), std::string::npos);
  EXPECT_EQ(count(build.check({"-v"}).out, "warning[blind-spot]"), 4U);
  const ProcessResult strict = build.check({"--strict"});
  EXPECT_EQ(strict.status, 1);
  EXPECT_EQ(count(strict.out, "error[blind-spot]"), 4U);
  EXPECT_EQ(count(strict.out, "note: "), 0U);
}

TEST(Check, SeesMoreInNewerReplies) {
  const std::string old_kinds = "not visible: link file-link include command\n";
  EXPECT_NE(UnpackedReply("clean", "3.25-Ninja").check().out.find(old_kinds), std::string::npos);
  EXPECT_NE(
      UnpackedReply("clean", "3.31-Ninja").check().out.find("not visible: link compile file-link include command\n"),
      std::string::npos);
  EXPECT_NE(UnpackedReply("clean", "4.3-Ninja").check().out.find("not visible: include command\n"), std::string::npos);
}

TEST(Check, FailsOnWarningsWhenAsked) {
  const UnpackedReply build("clean", "4.3-Ninja");
  EXPECT_EQ(build.check({"--fail-on", "error"}).status, 0);
  EXPECT_EQ(build.check({"--fail-on", "warning"}).status, 1);
}

TEST(Check, ChecksNothingOfAModuleThatIsOn) {
  const ProcessResult result = UnpackedReply("clean-on", "4.3-Ninja").check({"--strict"});
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_TRUE(
      result.out.starts_with("opt  on   not checked while it is on\n"
                             "note: every module is on, so no off-edge was looked for; configure a build tree with a "
                             "toggle off\n0 errors, 0 warnings in "))
      << result.out;
}

TEST(Check, NamesTheTargetsOfAModuleThatIsOff) {
  const ProcessResult result = UnpackedReply("kinds", "4.3-Ninja").check({"--format", "json"});
  const auto findings = findings_of(result.out, "off-target");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].at("severity"), "warning");
  EXPECT_EQ(findings[0].at("path"), (std::vector<std::string>{"target:nope_imported"}));
  EXPECT_EQ(findings[1].at("path"),
            (std::vector<std::string>{"target:opt", "target:opt_gen", "target:opt_iface", "target:opt_obj",
                                      "target:opt_shared", "target:opt_stack", "target:opt_static", "target:opt_tool",
                                      "target:opt_usage"}));
  EXPECT_EQ(findings[1].at("evidence").at(0).at("file"), "opt/CMakeLists.txt");
  EXPECT_EQ(findings[1].at("evidence").at(0).at("line"), 1);
}

TEST(Check, RefusesAPolicyThatMatchesNothing) {
  const UnpackedReply build("kinds", "3.31-Ninja");
  move_sources(build.path(), "/src/kinds", test_directory() / "projects/kinds");
  const TemporaryDirectory directory;
  write_file(directory / "bulkhead.toml", R"([project]
set_aside = ["path:tests/**", "target:no_such_test"]

[[module]]
name = "opt"
toggle = "USE_OPT"
paths = ["opt/**", "no/such/place/**"]
targets = ["opt", "opt_*"]
)");
  const ProcessResult result = build.check_with(directory / "bulkhead.toml", {"--format", "json"});
  EXPECT_EQ(result.status, 1);
  const auto findings = findings_of(result.out, "unused-policy");
  ASSERT_EQ(findings.size(), 2U) << findings;
  EXPECT_EQ(findings[0].at("message"), "set_aside 'target:no_such_test' matched nothing");
  EXPECT_EQ(findings[0].at("evidence").at(0).at("line"), 2);
  EXPECT_EQ(findings[1].at("message"), "module opt: path 'no/such/place/**' matched nothing");
  EXPECT_EQ(findings[1].at("severity"), "error");
  EXPECT_EQ(findings[1].at("evidence").at(0).at("line"), 7);
}

// With the sources out of reach nobody can tell whether a path is misspelt; a target of a module that is off may be,
// too.
TEST(Check, GivesThePolicyTheBenefitOfTheDoubt) {
  const UnpackedReply build("kinds", "3.31-Ninja");
  move_sources(build.path(), "/src/kinds", build.path() / "no-sources");
  const auto findings = findings_of(build.check({"--format", "json"}).out, "unused-policy");
  EXPECT_EQ(findings, nlohmann::json::array());
}

TEST(Check, FindsAPolicyInTheSourceTreeAndNamesNoPathOfTheMachine) {
  const TemporaryDirectory source;
  const UnpackedReply build("clean", "3.31-Ninja");
  move_sources(build.path(), "/src/clean", source.path() / "clean");
  write_file(source / "clean/bulkhead.toml",
             "[[module]]\nname = 'opt'\ntoggle = 'USE_OPT'\npaths = ['gone/**']\ntargets = ['opt']\n");
  for (const char* const format : {"json", "text"}) {
    const ProcessResult result = bulkhead({"check", "-B", build.path().string(), "--format", format});
    EXPECT_EQ(result.status, 1);
    EXPECT_NE(result.out.find("path 'gone/**' matched nothing"), std::string::npos) << result.out;
    EXPECT_EQ(count(result.out, source.path().string()), 0U) << result.out;
  }
}

TEST(Check, AuditsEachConfiguration) {
  const UnpackedReply build("multi", "4.3-Ninja-Multi-Config");
  const auto both = nlohmann::json::parse(build.check({"--format", "json"}).out);
  EXPECT_EQ(both.at("configurations"), (std::vector<std::string>{"Debug", "Release"}));
  const ProcessResult one = build.check({"--format", "json", "--configuration", "Debug"});
  EXPECT_EQ(one.status, 1);
  const auto debug = nlohmann::json::parse(one.out);
  EXPECT_EQ(debug.at("configurations"), (std::vector<std::string>{"Debug"}));
  nlohmann::json of_debug = nlohmann::json::array();
  for (const auto& finding : both.at("findings")) {
    if (finding.at("configuration") == "Debug") of_debug.push_back(finding);
  }
  EXPECT_EQ(debug.at("findings"), of_debug) << "the same alone and beside another one";
  EXPECT_LT(of_debug.size(), both.at("findings").size());
  const ProcessResult none = build.check({"--configuration", "Debu"});
  EXPECT_EQ(none.status, 2);
  EXPECT_EQ(none.err, "error: the build tree has no configuration 'Debu'\n  = help: it has 'Debug', 'Release'\n");
}

TEST(Check, GivesEachFindingOfAConfigurationANameOfItsOwn) {
  const auto report =
      nlohmann::json::parse(UnpackedReply("multi", "4.3-Ninja-Multi-Config").check({"--format", "json"}).out);
  std::set<std::pair<std::string, std::string>> names;
  for (const auto& finding : report.at("findings"))
    names.emplace(finding.at("configuration"), finding.at("fingerprint"));
  EXPECT_EQ(names.size(), report.at("findings").size());
}

TEST(Check, SaysTheSameOnAnyNumberOfThreads) {
  const UnpackedReply build("kinds", "4.3-Ninja-Multi-Config");
  const auto write = [&build](std::size_t threads) {
    const Report report = audit_build(build.path(), policy_of("kinds"), {.threads = threads});
    std::string all;
    for (const Format& format : formats()) all += format.write(report, {.verbose = true}).value();
    return all;
  };
  const std::string one = write(1);
  EXPECT_EQ(one, write(2));
  EXPECT_EQ(one, write(7));
}

}  // namespace
}  // namespace bulkhead::test
