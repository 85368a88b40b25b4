// The fixture projects, configured now by the cmakes at hand: query, cmake, check, as a user would do it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/expected.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

fs::path source_of(const std::string& project) {
  return test_directory() / "projects" / project;
}

/// A copy of a fixture project, and its build tree.
class LiveTree {
 public:
  LiveTree(std::string cmake, std::string project, std::string generator)
      : cmake_(std::move(cmake)), project_(std::move(project)), generator_(std::move(generator)) {
    fs::copy(source_of(project_), source(), fs::copy_options::recursive);
  }

  /// `bulkhead configure`, which injects the capture, with these definitions.
  void capture(const std::vector<std::string>& definitions = {}) {
    captured_ = true;
    std::vector<std::string> command = {"configure", "-q", "--no-check", "--cmake", cmake_, "-G",
                                        generator_,  "-S", source(),     "-B",      build()};
    const bool is_multi = generator_ == "Ninja Multi-Config";
    command.push_back(is_multi ? "-DCMAKE_CONFIGURATION_TYPES=Debug;Release" : "-DCMAKE_BUILD_TYPE=Release");
    command.insert(command.end(), definitions.begin(), definitions.end());
    const ProcessResult configured = bulkhead(command);
    ASSERT_EQ(configured.status, 0) << configured.out << configured.err;
  }
  /// The query, then CMake, with these definitions.
  void configure(const std::vector<std::string>& definitions = {}) const {
    const ProcessResult asked = bulkhead({"query", "-q", "-B", build()});
    ASSERT_EQ(asked.status, 0) << asked.err;
    std::vector<std::string> command = {cmake_, "-G", generator_, "-S", source(), "-B", build()};
    const bool is_multi = generator_ == "Ninja Multi-Config";
    command.push_back(is_multi ? "-DCMAKE_CONFIGURATION_TYPES=Debug;Release" : "-DCMAKE_BUILD_TYPE=Release");
    command.insert(command.end(), definitions.begin(), definitions.end());
    const ProcessResult configured = run(command);
    ASSERT_EQ(configured.status, 0) << configured.out << configured.err;
  }
  [[nodiscard]] ProcessResult check(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"check", "-B", build()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return bulkhead(arguments);
  }
  /// How the findings differ from the project's expected.txt.
  [[nodiscard]] std::string compare() const {
    const ProcessResult result = check({"--format", "json"});
    if (result.status == 2) return result.err;
    return differences(read_expected(source_of(project_) / "expected.txt"), off_edges(result.out),
                       situation(result.out));
  }
  /// How the report, in JSON, came about.
  [[nodiscard]] Situation situation(const std::string& json) const {
    Situation situation = situation_of(json, true);
    situation.has_capture = captured_;
    situation.has_commands = generator_.starts_with("Ninja");
    return situation;
  }
  /// The edges of expected.txt that neither a finding tells nor a blind spot of their module excuses, a line each.
  [[nodiscard]] std::string missed() const {
    const ProcessResult result = check({"--format", "json"});
    if (result.status == 2) return result.err;
    return missed_edges(read_expected(source_of(project_) / "expected.txt"), result.out, situation(result.out));
  }
  [[nodiscard]] std::string source() const { return directory_ / "source"; }
  [[nodiscard]] std::string build() const { return directory_ / "build"; }

 private:
  TemporaryDirectory directory_;
  std::string cmake_;
  std::string project_;
  std::string generator_;
  bool captured_ = false;
};

class Live : public testing::TestWithParam<std::string> {
 protected:
  template <class Check>
  void with_each_cmake(const std::string& project, Check&& check) const {
    for (const std::string& cmake : live_cmakes()) {
      SCOPED_TRACE(cmake);
      LiveTree tree(cmake, project, GetParam());
      check(tree);
    }
  }
  // With the reply alone, and with a capture.
  void expect_as_written(const std::string& project) const {
    with_each_cmake(project, [](LiveTree& tree) {
      tree.configure();
      EXPECT_EQ(tree.compare(), "");
      EXPECT_EQ(tree.missed(), "");
      EXPECT_EQ(tree.check().status, 1);
      tree.capture();
      EXPECT_EQ(tree.compare(), "") << "with a capture";
      EXPECT_EQ(tree.missed(), "") << "with a capture";
    });
  }
};

TEST_P(Live, Kinds) {
  expect_as_written("kinds");
}
TEST_P(Live, Cycle) {
  expect_as_written("cycle");
}
TEST_P(Live, Multi) {
  expect_as_written("multi");
}

TEST_P(Live, CleanOffAndOnAndOffAgain) {
  with_each_cmake("clean", [](LiveTree& tree) {
    for (const char* const toggle : {"OFF", "ON", "OFF"}) {
      SCOPED_TRACE(toggle);
      tree.configure({fmt::format("-DUSE_OPT={}", toggle)});
      EXPECT_EQ(tree.compare(), "");
      const ProcessResult result = tree.check();
      EXPECT_EQ(result.status, 0) << result.out << result.err;
      EXPECT_EQ(count(result.out, "opt  on   not checked while it is on") != 0, std::string(toggle) == "ON")
          << result.out;
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Generators, Live, testing::Values("Ninja", "Unix Makefiles", "Ninja Multi-Config"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::erase_if(name, [](char c) { return c == ' ' || c == '-'; });
                           return name;
                         });

class Sample : public testing::Test {
 protected:
  LiveTree tree_{cmake_command(), "sample", "Ninja"};
};

TEST_F(Sample, BreaksItsPromise) {
  tree_.configure();
  const ProcessResult result = tree_.check();
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err, "");
  EXPECT_NE(result.out.find(R"(error[off-edge]: lantern_core links lantern_cuda of module cuda, but USE_CUDA is off
  --> core/CMakeLists.txt:9
   |
 9 | target_link_libraries(lantern_core PRIVATE lantern_cuda)
   |                                            ^~~~~~~~~~~~
  = edge: lantern_core -> lantern_cuda  [link, d)"),
            std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("  = inherited by 2 targets: lantern, lantern_thumbnail\n"), std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("\n  --> core/CMakeLists.txt:8\n"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("\n  --> modules/CMakeLists.txt:2\n"), std::string::npos) << "off-target: " << result.out;
  EXPECT_NE(result.out.find("\ncuda     off  violated  "), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("\nplugins  off  unproven  "), std::string::npos) << result.out;
  EXPECT_EQ(count(result.out, "error["), 2U) << result.out;
  EXPECT_EQ(count(result.out, "image_test"), 0U) << "the tests are set aside";
}

TEST_F(Sample, KeepsItsPromiseWhileTheModuleIsOn) {
  tree_.configure({"-DUSE_CUDA=ON"});
  const ProcessResult result = tree_.check();
  EXPECT_EQ(result.status, 0) << result.out;
  EXPECT_NE(result.out.find("cuda     on   not checked while it is on\n"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("\n0 errors, "), std::string::npos) << result.out;
}

TEST_F(Sample, IsDrawn) {
  tree_.configure();
  const TemporaryDirectory out;
  const ProcessResult result = tree_.check(
      {"--format", "svg=" + out / "a.svg", "--format", "dot=" + out / "a.dot", "--format", "json=" + out / "a.json"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.out, "") << "text is the default only where nothing else is asked for";
  EXPECT_EQ(count(result.err, ": written to "), 3U);

  const ProcessResult parsed = run({"python3", "-c", R"(
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == "{http://www.w3.org/2000/svg}svg", root.tag
print("|".join(text.strip() for text in root.itertext() if text.strip())))",
                                    out / "a.svg"});
  ASSERT_EQ(parsed.status, 0) << parsed.err;
  for (const char* const name : {"lantern_core", "lantern_cuda", "lantern_thumbnail", "cuda"}) {
    EXPECT_NE(parsed.out.find(name), std::string::npos) << name << " is not in " << parsed.out;
  }
  const std::string dot = read_file(out / "a.dot");
  EXPECT_TRUE(dot.starts_with("digraph ")) << dot.substr(0, 100);
  EXPECT_EQ(count(dot, "{"), count(dot, "}"));
  EXPECT_NE(dot.find("lantern_cuda"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(read_file(out / "a.json")).at("summary").at("errors"), 2);
}

TEST_F(Sample, TellsTheWay) {
  tree_.configure();
  const ProcessResult result = bulkhead({"why", "-B", tree_.build(), "lantern", "module:cuda"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_NE(result.out.find("lantern -> lantern_core  [link"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("\n  --> core/CMakeLists.txt:"), std::string::npos) << result.out;
}

// A configure that fails leaves the old reply. CMake >= 4.1 says so, older ones do not.
TEST(FailedConfigure, IsNoAuditWhereCMakeTells) {
  for (const std::string& cmake : live_cmakes()) {
    SCOPED_TRACE(cmake);
    const TemporaryDirectory directory;
    const std::string build = directory / "build";
    fs::copy(source_of("clean"), directory.path() / "source", fs::copy_options::recursive);
    const std::vector<std::string> configure = {cmake, "-S", directory / "source", "-B", build, "-DUSE_OPT=ON"};
    ASSERT_EQ(bulkhead({"query", "-q", "-B", build}).status, 0);
    ASSERT_EQ(run(configure).status, 0);
    fs::remove_all(directory.path() / "source/opt");
    ASSERT_NE(run(configure).status, 0);
    bool told = false;
    for (const fs::directory_entry& entry : fs::directory_iterator(reply_directory(build))) {
      told = told || entry.path().filename().string().starts_with("error-");
    }
    const ProcessResult result = bulkhead({"check", "-B", build});
    EXPECT_EQ(result.status == 2, told) << result.out << result.err;
    EXPECT_EQ(result.err.starts_with("error: CMake's last run on this build tree failed"), told) << result.err;
  }
}

}  // namespace
}  // namespace bulkhead::test
