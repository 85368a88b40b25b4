// docs/ci.md against the program: its shell blocks, on a project with findings and on one without.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

/// The fenced blocks of a language below a heading of docs/ci.md, up to the next heading.
std::vector<std::string> read_blocks(const std::string& heading, const std::string& language) {
  std::vector<std::string> blocks;
  std::istringstream lines(read_file(test_directory().parent_path() / "docs" / "ci.md"));
  std::string section;
  std::string fence;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      fence = fence.empty() ? line : "";
      if (section == heading && fence == "```" + language) blocks.emplace_back();
    } else if (fence.empty() && line.starts_with("##")) {
      section = line.substr(line.find(' ') + 1);
    } else if (section == heading && fence == "```" + language) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

bool has_program(const std::string& name) {
  return run({"sh", "-c", "command -v " + name}).status == 0;
}

/// The sample project in a place of its own; a mended one has no errors.
class CiDocument : public testing::TestWithParam<bool> {
 protected:
  CiDocument() {
    fs::copy(test_directory() / "projects" / "sample", project(), fs::copy_options::recursive);
    if (!GetParam()) return;
    const fs::path list = project() / "core" / "CMakeLists.txt";
    replace_in_file(list, "target_link_libraries(lantern_core PRIVATE lantern_cuda)", "");
    replace_in_file(list, "target_include_directories(lantern_core PRIVATE ${PROJECT_SOURCE_DIR}/modules/cuda)", "");
  }

  [[nodiscard]] fs::path project() const { return directory_.path() / "sample"; }

  /// Runs shell commands in the project, with bulkhead and the tested cmake first on the PATH.
  [[nodiscard]] ProcessResult shell(const std::string& commands) const {
    const std::string path = fs::path(bulkhead_command()).parent_path().string() + ":" +
                             fs::path(cmake_command()).parent_path().string() + ":" + std::getenv("PATH");
    return run({"sh", "-c", commands},
               {.directory = project().string(),
                .environment = {"PATH=" + path, "CMAKE_GENERATOR=Ninja", "CMAKE_PREFIX_PATH=" + (directory_ / "prefix"),
                                "PRE_COMMIT_HOME=" + (directory_ / "pre-commit")}});
  }

  /// Runs the blocks below a heading in their order; with findings, they have to end with these statuses.
  void run_blocks(const std::string& heading, const std::vector<int>& statuses) const {
    const std::vector<std::string> blocks = read_blocks(heading, "sh");
    ASSERT_EQ(blocks.size(), statuses.size()) << heading;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const ProcessResult result = shell(blocks[i]);
      EXPECT_EQ(result.status, GetParam() ? 0 : statuses[i]) << blocks[i] << result.out << result.err;
    }
  }

  /// Installs Bulkhead, and lets the project use it as the document says.
  void add_functions() const {
    const fs::path build = fs::path(bulkhead_command()).parent_path().parent_path();
    const ProcessResult installed =
        run({cmake_command(), "--install", build.string(), "--prefix", directory_ / "prefix"});
    ASSERT_EQ(installed.status, 0) << installed.err;
    const std::vector<std::string> calls = read_blocks("With the CMake functions", "cmake");
    ASSERT_EQ(calls.size(), 1U);
    std::ofstream(project() / "CMakeLists.txt", std::ios::app) << calls.front();
  }

 private:
  TemporaryDirectory directory_;
};

TEST_P(CiDocument, ShellSteps) {
  run_blocks("A shell step", {1, 1});
  EXPECT_TRUE(fs::exists(project() / "report.json"));
  EXPECT_TRUE(fs::exists(project() / "findings.svg"));
  run_blocks("One tree for each option", {1});
  EXPECT_TRUE(fs::exists(project() / "report-USE_PLUGINS.json"));
  // The worst of the statuses, wherever in the loop it was
  fs::create_directories(project() / "build-USE_CUDA");
  std::ofstream(project() / "build-USE_CUDA" / "CMakeCache.txt") << "CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere\n";
  EXPECT_EQ(shell(read_blocks("One tree for each option", "sh").front()).status, 2);
}

TEST_P(CiDocument, Adoption) {
  ASSERT_EQ(shell("bulkhead configure -q --no-check -S . -B build").status, 0);
  const std::string heading = "A project that has findings today";
  ASSERT_EQ(shell("git init -q .").status, 0);
  run_blocks(heading, {0, 0});
  const std::string last = read_blocks(heading, "sh").back();
  const ProcessResult unknown = shell(": >bulkhead.baseline\n" + last);
  EXPECT_EQ(unknown.status, GetParam() ? 0 : 1) << unknown.out << unknown.err;
  for (const std::string& block : read_blocks(heading, "sh")) {
    EXPECT_NE(shell("rm -rf build\n" + block).status, 0) << block;
  }
}

TEST_P(CiDocument, PullRequest) {
  if (!has_program("git")) GTEST_SKIP() << "there is no git";
  ASSERT_EQ(shell("git init -q . && git add . && git -c user.name=a -c user.email=a@b commit -qm base").status, 0);
  run_blocks("What a pull request changes", {0, 0});
  EXPECT_TRUE(read_file(project() / "comment.md").starts_with("**Build graph:** no target and no edge came or went"));
}

TEST_P(CiDocument, Functions) {
  add_functions();
  run_blocks("With the CMake functions", {1, 1, 8, 0});
  for (const char* name : {"report.txt", "report.json", "report.svg"}) {
    EXPECT_TRUE(fs::exists(project() / "build" / "bulkhead" / name)) << name;
  }
}

TEST_P(CiDocument, Dashboard) {
  add_functions();
  run_blocks("CTest and CDash", {255});
  const ProcessResult said = shell("cat build-dashboard/Testing/*/Test.xml");
  EXPECT_NE(said.out.find(GetParam() ? "Status=\"passed\"" : "Status=\"failed\""), std::string::npos) << said.out;
}

TEST_P(CiDocument, PreCommit) {
  if (!has_program("git") || !has_program("pre-commit")) GTEST_SKIP() << "there is no pre-commit, or no git";
  ASSERT_EQ(shell("git init -q . && echo /build/ >.gitignore && git add .").status, 0);
  run_blocks("pre-commit", {1});
  // As a user of this repository's hook
  const std::string repository = test_directory().parent_path().string();
  const ProcessResult hook = shell("pre-commit validate-manifest '" + repository + "/.pre-commit-hooks.yaml'");
  EXPECT_EQ(hook.status, 0) << hook.out << hook.err;
}

INSTANTIATE_TEST_SUITE_P(Projects, CiDocument, testing::Bool(),
                         [](const auto& mended) { return mended.param ? "Mended" : "WithFindings"; });

}  // namespace
}  // namespace bulkhead::test
