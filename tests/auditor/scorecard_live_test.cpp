// bulkhead scorecard on a project that keeps its promises, or breaks one, configured by the cmakes at hand; and its
// command line.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/replies.h"
#include "tests/support/schema.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

/// A project with a module of stage S0 that keeps all promises that one tree can show.
class ModestProject {
 public:
  explicit ModestProject(std::string cmake) : cmake_(std::move(cmake)) {
    write("CMakeLists.txt",
          "cmake_minimum_required(VERSION 3.21)\nproject(modest C)\noption(USE_GPU \"the module\" OFF)\n"
          "if(USE_GPU)\n  add_subdirectory(gpu)\nendif()\nadd_subdirectory(core)\nadd_subdirectory(tests)\n");
    write("gpu/CMakeLists.txt", "add_library(gpu_rt STATIC gpu.c)\n");
    write("core/CMakeLists.txt",
          "add_library(core STATIC core.c)\nif(USE_GPU)\n  target_link_libraries(core PRIVATE gpu_rt)\nendif()\n"
          "add_library(codec STATIC codec.c)\n");
    write("tests/CMakeLists.txt", "add_executable(core_test test.c)\ntarget_link_libraries(core_test PRIVATE core)\n");
    for (const char* const file : {"gpu/gpu.c", "core/core.c", "core/codec.c", "core/shared.c"})
      write(file, "int " + fs::path(file).stem().string() + ";\n");
    write("tests/test.c", "int main(void) { return 0; }\n");
    write("docs/gpu.md", "Configure with -DUSE_GPU=ON.\n");
    write_policy("stage = \"S0\"\nentry = [\"target:core\"]\nowners = [\"@mira\", \"@wen\"]\n");
  }
  void write(const std::string& file, const std::string& text) const {
    write_file(directory_.path() / "s" / file, text);
  }
  void write_policy(const std::string& keys) const {
    write("bulkhead.toml",
          "[project]\nset_aside = [\"path:tests/**\"]\n\n[[module]]\nname = \"gpu\"\ntoggle = \"USE_GPU\"\n"
          "paths = [\"gpu/**\"]\ntargets = [\"gpu_rt\"]\n" +
              keys);
  }
  /// Configures with the module on or off, and returns what the scorecard says in JSON.
  [[nodiscard]] nlohmann::json score(bool on, int status) const {
    const ProcessResult configured =
        bulkhead({"configure", "-q", "--no-check", "--cmake", cmake_, "-S", source(), "-B", build(), "-G", "Ninja",
                  "-DCMAKE_BUILD_TYPE=None", on ? "-DUSE_GPU=ON" : "-DUSE_GPU=OFF"});
    EXPECT_EQ(configured.status, 0) << configured.err;
    const ProcessResult result = bulkhead({"scorecard", "-q", "-B", build(), "--format", "json"});
    EXPECT_EQ(result.status, status) << result.out << result.err;
    EXPECT_EQ(validate_scorecards({result.out}).front(), "");
    return nlohmann::json::parse(result.out);
  }
  [[nodiscard]] std::string source() const { return directory_ / "s"; }
  [[nodiscard]] std::string build() const { return directory_ / "b"; }

 private:
  TemporaryDirectory directory_;
  std::string cmake_;
};

using States = std::map<std::string, std::string>;

States states_of(const nlohmann::json& scorecard) {
  States states;
  for (const auto& one : scorecard.at("modules").at(0).at("promises")) states[one.at("promise")] = one.at("state");
  return states;
}

std::string evidence_of(const nlohmann::json& scorecard, const std::string& promise) {
  for (const auto& one : scorecard.at("modules").at(0).at("promises")) {
    if (one.at("promise") == promise) return one.at("evidence");
  }
  return "";
}

const nlohmann::json& next_of(const nlohmann::json& scorecard) {
  return scorecard.at("modules").at(0).at("next_stage");
}

States all_but(const std::string& promise, const std::string& state, States states) {
  states[promise] = state;
  return states;
}

// What an honest module can show while it is off, and while it is on.
const States off = {{"toggle", "kept"},
                    {"disruption", "unproven"},
                    {"removal", "unproven"},
                    {"isolation", "unproven"},
                    {"support", "kept"}};
const States on = {{"toggle", "unproven"},
                   {"disruption", "unproven"},
                   {"removal", "unproven"},
                   {"isolation", "kept"},
                   {"support", "kept"}};

class ScorecardLive : public testing::TestWithParam<std::string> {};

TEST_P(ScorecardLive, KeepsWhatOneTreeCanShow) {
  const ModestProject project(GetParam());
  const auto while_off = project.score(false, 0);
  EXPECT_EQ(states_of(while_off), off) << while_off.dump(2);
  EXPECT_NE(evidence_of(while_off, "support").find("docs/gpu.md names USE_GPU"), std::string::npos);
  const auto while_on = project.score(true, 0);
  EXPECT_EQ(states_of(while_on), on) << while_on.dump(2);
  EXPECT_EQ(evidence_of(while_on, "isolation"),
            "1 target of it compiles 1 file, all in its paths; neither the core nor another module compiles one");
  EXPECT_NE(evidence_of(while_on, "support").find("used by core"), std::string::npos);
  EXPECT_EQ(next_of(while_on).at("policy"), nlohmann::json::array({"stage = \"S1\""})) << "its entry is declared";
}

TEST_P(ScorecardLive, SeesABrokenToggle) {
  const ModestProject project(GetParam());
  project.write("core/CMakeLists.txt",
                "add_library(core STATIC core.c)\ntarget_link_libraries(core PRIVATE gpu_rt)\n"
                "add_library(codec STATIC codec.c)\n");
  const auto scorecard = project.score(false, 1);
  EXPECT_EQ(states_of(scorecard), all_but("toggle", "broken", off)) << scorecard.dump(2);
  EXPECT_NE(evidence_of(scorecard, "toggle").find("(core/CMakeLists.txt:2)"), std::string::npos);
  EXPECT_EQ(states_of(project.score(true, 0)), on) << "and while it is on, nobody can see that";
}

TEST_P(ScorecardLive, SeesATargetThatStays) {
  const ModestProject project(GetParam());
  project.write("CMakeLists.txt",
                "cmake_minimum_required(VERSION 3.21)\nproject(modest C)\noption(USE_GPU \"the module\" OFF)\n"
                "add_library(gpu_rt STATIC gpu/gpu.c)\nadd_subdirectory(core)\nadd_subdirectory(tests)\n");
  const auto scorecard = project.score(false, 1);
  EXPECT_EQ(states_of(scorecard), all_but("toggle", "broken", off)) << scorecard.dump(2);
  EXPECT_NE(evidence_of(scorecard, "toggle").find("is in the build: gpu_rt"), std::string::npos);
  const auto while_on = project.score(true, 0);
  EXPECT_NE(evidence_of(while_on, "isolation").find("defined outside its paths: gpu_rt"), std::string::npos);
}

TEST_P(ScorecardLive, SeesBrokenIsolation) {
  const ModestProject project(GetParam());
  project.write("gpu/CMakeLists.txt", "add_library(gpu_rt STATIC gpu.c\n  ../core/shared.c)\n");
  const auto outward = project.score(true, 1);
  EXPECT_EQ(states_of(outward), all_but("isolation", "broken", on)) << outward.dump(2);
  EXPECT_NE(evidence_of(outward, "isolation").find("compiles core/shared.c"), std::string::npos);
  project.write("gpu/CMakeLists.txt", "add_library(gpu_rt STATIC gpu.c)\n");
  project.write("core/CMakeLists.txt",
                "add_library(core STATIC core.c)\nif(USE_GPU)\n  target_sources(core PRIVATE ../gpu/gpu.c)\nendif()\n"
                "add_library(codec STATIC codec.c)\n");
  const auto inward = project.score(true, 1);
  EXPECT_EQ(states_of(inward), all_but("isolation", "broken", on)) << inward.dump(2);
}

TEST_P(ScorecardLive, SeesMissingSupport) {
  const ModestProject project(GetParam());
  project.write_policy("stage = \"S0\"\nentry = [\"target:core\"]\n");
  EXPECT_EQ(states_of(project.score(true, 1)), all_but("support", "broken", on));
  project.write(".github/CODEOWNERS", "/gpu/ @mira\n");
  const auto by_file = project.score(true, 0);
  EXPECT_EQ(states_of(by_file), on);
  EXPECT_NE(evidence_of(by_file, "support").find("owners in CODEOWNERS"), std::string::npos);
  fs::remove(project.source() + "/docs/gpu.md");
  EXPECT_EQ(states_of(project.score(false, 0)), all_but("support", "unproven", off)) << "nobody is seen to use it";
}

TEST_P(ScorecardLive, PreviewsTheNextStage) {
  const ModestProject project(GetParam());
  project.write(
      "core/CMakeLists.txt",
      "add_library(core STATIC core.c)\nadd_library(codec STATIC codec.c)\nif(USE_GPU)\n"
      "  target_link_libraries(core PRIVATE gpu_rt)\n  target_link_libraries(codec PRIVATE gpu_rt)\nendif()\n");
  const auto at_s0 = project.score(true, 0);
  ASSERT_EQ(next_of(at_s0).at("go").size(), 1U) << at_s0.dump(2);
  EXPECT_EQ(next_of(at_s0).at("go").at(0).at("rule"), "core-edge");
  EXPECT_EQ(next_of(at_s0).at("go").at(0).at("line"), 5);
  EXPECT_EQ(next_of(at_s0).at("come").size(), 0U);
  EXPECT_EQ(next_of(at_s0).at("entries"), nlohmann::json::array({"target:core", "target:codec"}));
  EXPECT_EQ(next_of(at_s0).at("new_entries"), 1);
  project.write_policy("stage = \"S1\"\nreplaces = [\"target:codec\"]\nowners = [\"@mira\"]\n");
  project.write("tests/CMakeLists.txt", "add_executable(core_test test.c)\n");
  project.write("core/CMakeLists.txt",
                "add_library(codec STATIC codec.c)\nadd_library(core STATIC core.c)\n"
                "target_link_libraries(core PRIVATE codec)\n");
  const auto at_s1 = project.score(true, 0);
  ASSERT_EQ(next_of(at_s1).at("come").size(), 1U) << at_s1.dump(2);
  EXPECT_EQ(next_of(at_s1).at("come").at(0).at("rule"), "replaced-edge");
  EXPECT_EQ(next_of(at_s1).at("come").at(0).at("line"), 3);
  EXPECT_EQ(next_of(at_s1).at("errors"), 1);
}

INSTANTIATE_TEST_SUITE_P(CMakes, ScorecardLive, testing::ValuesIn(live_cmakes()),
                         [](const testing::TestParamInfo<std::string>& one) { return std::to_string(one.index); });

class ScorecardCommand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    trees_ = new TemporaryDirectory;
    unpack_reply("kinds/4.3-Ninja", trees_->path() / "kinds");
  }
  static void TearDownTestSuite() {
    delete trees_;
    trees_ = nullptr;
  }
  static ProcessResult score(const std::vector<std::string>& more, const ProcessOptions& options = {}) {
    std::vector<std::string> arguments = {"scorecard", "-B", *trees_ / "kinds", "--policy", policy_of("kinds")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return bulkhead(arguments, options);
  }
  static void expect_error(const ProcessResult& result, const std::string& message) {
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "error: " + message);
  }

  static TemporaryDirectory* trees_;
};

TemporaryDirectory* ScorecardCommand::trees_ = nullptr;

TEST_F(ScorecardCommand, HelpsWithEveryOption) {
  const ProcessResult help = bulkhead({"scorecard", "--help"});
  EXPECT_EQ(help.status, 0);
  for (const char* const word : {"MODULE", "-B,--build", "--policy", "--configuration", "--inventory", "--baseline",
                                 "--today", "--format", "text, json, markdown", "--fail-on", "Exit status: 0"})
    EXPECT_NE(help.out.find(word), std::string::npos) << word;
}

TEST_F(ScorecardCommand, RefusesWhatItDoesNotKnow) {
  const TemporaryDirectory scratch;
  expect_error(score({"otp"}), "there is no module 'otp'\n  = help: did you mean 'opt'?\n");
  expect_error(score({"opt", "module:otp"}), "there is no module 'otp'\n  = help: did you mean 'opt'?\n");
  expect_error(score({"--format", "markdwn"}), "scorecard has no format 'markdwn'\n  = help: did you mean markdown?\n");
  expect_error(score({"--format", "svg"}), "scorecard has no format 'svg'\n  = help: formats: text, json, markdown\n");
  expect_error(score({"--format", "json="}), "'json=' names no file\n");
  expect_error(score({"--format", "json", "--format", "text"}),
               "two formats would go to the standard output\n"
               "  = help: give one of them a file: --format json=scorecard.json\n");
  EXPECT_EQ(score({"--fail-on", "rain"}).status, 2);
  EXPECT_EQ(score({"--baseline", scratch / "none"}).status, 2) << "one that is named has to be there";
  EXPECT_EQ(score({"--inventory", scratch / "none"}).status, 2);
  EXPECT_EQ(bulkhead({"scorecard", "-B", scratch / "none"}).status, 2);
}

TEST_F(ScorecardCommand, RefusesAPolicyWithoutModules) {
  const TemporaryDirectory scratch;
  write_file(scratch / "bulkhead.toml", "[[acyclic]]\n");
  const ProcessResult result = bulkhead({"scorecard", "-B", *trees_ / "kinds", "--policy", scratch / "bulkhead.toml"});
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.err.find("error: the policy has no [[module]], so there is nothing to score\n"), std::string::npos)
      << result.err;
}

TEST_F(ScorecardCommand, EndsAsItsPromisesAre) {
  const TemporaryDirectory scratch;
  EXPECT_EQ(score({}).status, 1) << "its toggle is broken";
  EXPECT_EQ(score({"opt"}).status, 1);
  EXPECT_EQ(score({"module:opt"}).out, score({"opt"}).out);
  // A module that is on, so that nothing of its toggle is proven, with an owner and no paths.
  write_file(scratch / "bulkhead.toml",
             "[[module]]\nname = 'core'\ntoggle = 'ON'\ntargets = ['core']\nowners = ['@mira']\n");
  const auto score_it = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"scorecard", "-B", *trees_ / "kinds", "--policy", scratch / "bulkhead.toml"});
    return bulkhead(more).status;
  };
  EXPECT_EQ(score_it({}), 0);
  EXPECT_EQ(score_it({"--fail-on", "broken"}), 0);
  EXPECT_EQ(score_it({"--fail-on", "unproven"}), 1);
  EXPECT_EQ(score_it({"--format", "json=" + scratch / "none/a.json"}), 2) << "it cannot be written";
}

TEST_F(ScorecardCommand, WritesEachFormatWhereItIsToldTo) {
  const TemporaryDirectory out;
  const ProcessResult result =
      score({"--format", "text", "--format", "json=" + out / "a.json", "--format", "markdown=" + out / "a.md"});
  EXPECT_EQ(result.err, "json: written to " + out / "a.json" + "\nmarkdown: written to " + out / "a.md" + "\n");
  EXPECT_EQ(score({"--format", "json"}).out, read_file(out / "a.json"));
  EXPECT_EQ(validate_scorecards({read_file(out / "a.json")}).front(), "");
  EXPECT_TRUE(read_file(out / "a.md").starts_with("**Scorecard:** "));
  EXPECT_EQ(score({"-q", "--format", "json=" + out / "a.json"}).err, "");
  EXPECT_EQ(bulkhead_into("/dev/full", {"scorecard", "-B", *trees_ / "kinds", "--policy", policy_of("kinds")}).status,
            2);
}

// Each command that is shown as the way to more is one.
TEST_F(ScorecardCommand, ShowsCommandsThatWork) {
  const auto scorecard = nlohmann::json::parse(score({"--format", "json"}).out);
  std::size_t count = 0;
  for (const auto& module : scorecard.at("modules")) {
    for (const auto& promise : module.at("promises")) {
      const std::string command = promise.value("command", "");
      if (command.empty() || command.starts_with("bulkhead prove")) continue;
      ++count;
      ASSERT_TRUE(command.starts_with("bulkhead ")) << command;
      const ProcessResult result = run({"sh", "-c", bulkhead_command() + command.substr(8)});
      EXPECT_LT(result.status, 2) << command << "\n" << result.err;
    }
  }
  EXPECT_GE(count, 2U);
}

}  // namespace
}  // namespace bulkhead::test
