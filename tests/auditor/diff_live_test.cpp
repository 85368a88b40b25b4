// bulkhead diff on a project that changes, configured by the cmakes at hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

/// A small project with a part that is off, to be changed and configured into two build trees.
class ChangingProject {
 public:
  explicit ChangingProject(std::string cmake) : cmake_(std::move(cmake)) {
    write("CMakeLists.txt",
          "cmake_minimum_required(VERSION 3.20)\nproject(changing C)\noption(USE_OPT \"the part\" OFF)\n"
          "add_subdirectory(core)\nadd_subdirectory(app)\n");
    write("core/CMakeLists.txt",
          "add_library(zip STATIC zip.c)\nadd_library(core STATIC a.c b.c)\ntarget_link_libraries(core PUBLIC zip)\n");
    write("app/CMakeLists.txt",
          "add_executable(app main.c)\ntarget_link_libraries(app PRIVATE core)\n"
          "target_compile_definitions(app PRIVATE ROOT=\"${CMAKE_SOURCE_DIR}\")\n");
    for (const char* const file : {"core/zip.c", "core/a.c", "core/b.c", "opt/opt.c"}) write(file, "int x;\n");
    write("app/main.c", "int main(void) { return 0; }\n");
    write("bulkhead.toml", "[[module]]\nname = \"opt\"\ntoggle = \"USE_OPT\"\npaths = [\"opt/**\"]\n");
  }
  void write(const std::string& file, const std::string& text) const {
    write_file(directory_.path() / "s" / file, text);
  }
  [[nodiscard]] std::string build(const std::string& name) const { return directory_ / name; }
  void configure(const std::string& name) const {
    ASSERT_EQ(bulkhead({"query", "-q", "-B", build(name)}).status, 0);
    const ProcessResult configured =
        run({cmake_, "-S", directory_ / "s", "-B", build(name), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None"});
    ASSERT_EQ(configured.status, 0) << configured.err;
  }
  [[nodiscard]] ProcessResult diff(const std::string& before, const std::string& after,
                                   std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"diff", build(before), build(after)});
    return bulkhead(more);
  }

 private:
  TemporaryDirectory directory_;
  std::string cmake_;
};

std::string mirrored(std::string text) {
  for (std::size_t at = text.find("\n  "); at != std::string::npos; at = text.find("\n  ", at + 1)) {
    char& sign = text[at + 3];
    if (sign == '+' || sign == '-') sign = sign == '+' ? '-' : '+';
  }
  return text.substr(text.find('\n'));
}

TEST(DiffLive, ShowsALinkASourceAndADefinition) {
  for (const std::string& cmake : live_cmakes()) {
    SCOPED_TRACE(cmake);
    const ChangingProject project(cmake);
    project.configure("old");
    project.write("core/CMakeLists.txt",
                  "add_library(zip STATIC zip.c)\nadd_library(log STATIC zip.c)\nadd_library(core STATIC a.c)\n"
                  "target_link_libraries(core\n  PUBLIC zip log)\n");
    project.write("app/CMakeLists.txt",
                  "add_executable(app main.c)\ntarget_link_libraries(app PRIVATE core)\n"
                  "target_compile_definitions(app PRIVATE ROOT=\"${CMAKE_SOURCE_DIR}\")\n"
                  "target_compile_definitions(app PRIVATE FAST=1)\n");
    project.configure("new");
    const ProcessResult result = project.diff("old", "new", {"--fail-on", "new"});
    EXPECT_EQ(result.status, 0) << result.err;
    const std::string expected = R"(1 target and 3 edges added, 1 edge removed, no new finding

core
 targets
  + log, STATIC_LIBRARY in core  core/CMakeLists.txt:2
 links
  + core -> log  core/CMakeLists.txt:4
 sources
  - core -> core/b.c  core/CMakeLists.txt:2
  + log -> core/zip.c  core/CMakeLists.txt:2
 definitions
  + app -> FAST=1  app/CMakeLists.txt:4
)";
    // Before codemodel 2.9 the reply says that app, too, depends on log.
    EXPECT_TRUE(result.out.starts_with(expected)) << result.out;
    const std::string rest = result.out.substr(std::min(expected.size(), result.out.size()));
    const std::string unseen = "\nnot compared: include edges\n";
    EXPECT_TRUE(rest == unseen || rest == "\n1 inherited entry came with edges of others\n" + unseen) << rest;
    const std::string back = project.diff("new", "old").out;
    EXPECT_EQ(mirrored(back.substr(0, std::min(back.find("\n1 inherited"), back.find("\nnot compared")))),
              result.out.substr(result.out.find('\n'), expected.size() - result.out.find('\n')));

    // The same of what was saved before the project changed.
    const std::string saved = project.build("old.json");
    ASSERT_EQ(bulkhead({"graph", "-q", "-B", project.build("old"), "--format", "json=" + saved}).status, 0);
    EXPECT_EQ(read_file(saved).find(project.build("s")), std::string::npos) << "a path of this machine";
    EXPECT_EQ(mirrored(project.diff("old.json", "new").out), mirrored(result.out));
  }
}

TEST(DiffLive, FailsOnNewFindingsAlone) {
  const ChangingProject project(live_cmakes().front());
  project.configure("old");
  project.write("core/CMakeLists.txt",
                "add_library(zip STATIC zip.c)\nadd_library(core STATIC a.c b.c\n  ../opt/opt.c)\n"
                "target_link_libraries(core PUBLIC zip)\n");
  project.configure("new");
  const ProcessResult result = project.diff("old", "new", {"--fail-on", "new"});
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_NE(result.out.find("1 new finding"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("  + error[off-edge]: core compiles opt/opt.c of module opt"), std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("core -> opt/opt.c of module opt  core/CMakeLists.txt:2"), std::string::npos) << result.out;
  EXPECT_EQ(project.diff("old", "new").status, 0) << "nobody asked";
  EXPECT_EQ(project.diff("new", "new", {"--fail-on", "new"}).status, 0) << "they are not new";
  const ProcessResult back = project.diff("new", "old", {"--fail-on", "new"});
  EXPECT_EQ(back.status, 0) << back.out;
  EXPECT_NE(back.out.find("fixed findings\n  - error[off-edge]: core compiles opt/opt.c"), std::string::npos)
      << back.out;
}

TEST(DiffLive, NeedsAPolicyForFindings) {
  const ChangingProject project(live_cmakes().front());
  project.configure("old");
  const std::string policy = project.build("s/bulkhead.toml");
  ASSERT_EQ(run({cmake_command(), "-E", "rm", policy}).status, 0);
  EXPECT_EQ(project.diff("old", "old").status, 0);
  const ProcessResult result = project.diff("old", "old", {"--fail-on", "new"});
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(result.err.starts_with("error: findings cannot be compared: there is no policy")) << result.err;
}

}  // namespace
}  // namespace bulkhead::test
