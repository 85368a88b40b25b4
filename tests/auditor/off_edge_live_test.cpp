// Ways to write an edge that stand in no fixture project: a few lines of CMake each, configured with Ninja and the
// capture, and every finding of off-edge that has to come of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/expected.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

constexpr const char* policy = R"(
[[module]]
name   = "o"
stage  = "S0"
toggle = "O"
paths  = ["opt/**"]
owners = ["@a", "@b"]
)";

/// A project with the module `o` in opt/, which is off, and a source of the core, core.c.
class SmallProject {
 public:
  /// The first line of CMakeLists.txt is line 4 of the file.
  explicit SmallProject(const std::string& lines) {
    write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.21)\nproject(small C)\noption(O \"\" OFF)\n" + lines);
    write("bulkhead.toml", policy);
    write("core.c", "int main(void) { return 0; }\n");
  }
  void write(const std::string& file, const std::string& text) const {
    write_file(directory_.path() / "source" / file, text);
  }
  /// Each finding as "KIND FROM TO PLACE", by `cmake`; sorted.
  [[nodiscard]] std::vector<std::string> findings(const std::string& cmake) const {
    const ProcessResult result =
        bulkhead({"configure", "-q", "--format", "json", "--cmake", cmake, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                  "-S", directory_ / "source", "-B", directory_ / "build"});
    EXPECT_NE(result.status, 2) << result.err;
    std::vector<std::string> lines;
    if (result.status == 2) return lines;
    for (const SeenEdge& seen : off_edges(result.out)) {
      lines.push_back(fmt::format("{} {} {} {}", seen.kind, seen.from, seen.to, seen.place));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

 private:
  TemporaryDirectory directory_;
};

using Files = std::vector<std::pair<std::string, std::string>>;

/// Configures the project with each cmake, and holds its findings to `wanted`.
void expect_findings(const std::string& lines, const Files& files, const std::vector<std::string>& wanted) {
  for (const std::string& cmake : live_cmakes()) {
    SCOPED_TRACE(cmake);
    const SmallProject project(lines);
    for (const auto& [file, text] : files) project.write(file, text);
    EXPECT_EQ(project.findings(cmake), wanted);
  }
}

// An IMPORTED target is the file that it stands for, wherever it is declared.
TEST(OffEdgeLive, ReachesAFileThroughAnImportedTarget) {
  expect_findings(
      R"(add_library(pre STATIC IMPORTED)
set_target_properties(pre PROPERTIES IMPORTED_LOCATION ${PROJECT_SOURCE_DIR}/opt/libpre.a)
add_library(wide STATIC IMPORTED GLOBAL)
set_target_properties(wide PROPERTIES IMPORTED_LOCATION ${PROJECT_SOURCE_DIR}/opt/libwide.a)
add_executable(by_name core.c)
target_link_libraries(by_name PRIVATE pre)
add_library(by_path STATIC core.c)
target_link_libraries(by_path PRIVATE ${PROJECT_SOURCE_DIR}/opt/libpre.a)
add_library(by_wide STATIC core.c)
target_link_libraries(by_wide PRIVATE wide)
)",
      {{"opt/libpre.a", ""}, {"opt/libwide.a", ""}},
      {"file-link target:by_path target:pre CMakeLists.txt:11", "link target:by_name target:pre CMakeLists.txt:9",
       "link target:by_wide target:wide CMakeLists.txt:13"});
}

TEST(OffEdgeLive, ToldOnceOfAnImportedLibraryThatIsPassedOn) {
  const SmallProject project(R"(add_library(pre SHARED IMPORTED)
set_target_properties(pre PROPERTIES IMPORTED_LOCATION ${PROJECT_SOURCE_DIR}/opt/libpre.so)
add_library(core SHARED core.c)
target_link_libraries(core PUBLIC pre)
add_executable(app core.c)
target_link_libraries(app PRIVATE core)
)");
  project.write("opt/libpre.so", "");
  for (const std::string& cmake : live_cmakes()) {
    EXPECT_EQ(project.findings(cmake), std::vector<std::string>{"link target:core target:pre CMakeLists.txt:7"});
  }
}

TEST(OffEdgeLive, RunsAToolOfTheModuleThroughAnImportedTarget) {
  const SmallProject project(R"(add_executable(gen IMPORTED)
set_target_properties(gen PROPERTIES IMPORTED_LOCATION ${PROJECT_SOURCE_DIR}/opt/gen)
add_custom_target(by_target COMMAND gen x)
add_custom_command(OUTPUT made.c COMMAND gen > made.c)
add_library(by_output STATIC made.c)
)");
  project.write("opt/gen", "");
  for (const std::string& cmake : live_cmakes()) {
    std::vector<std::string> found = project.findings(cmake);
    // From codemodel 2.9 on the reply itself has the edge.
    for (std::string& line : found) line.erase(0, line.find(' ') + 1);
    EXPECT_EQ(found, (std::vector<std::string>{"target:by_output target:gen CMakeLists.txt:7",
                                               "target:by_target target:gen CMakeLists.txt:6"}));
  }
}

constexpr const char* module_file = "add_library(in_module STATIC ${PROJECT_SOURCE_DIR}/core.c)\n";
constexpr const char* enters = "configure file:CMakeLists.txt file:opt/CMakeLists.txt CMakeLists.txt";

TEST(OffEdgeLive, BlamesNoCallThatTheToggleHoldsBack) {
  expect_findings("if(O)\n  add_subdirectory(opt)\nelse()\nendif()\nif(NOT WIN32)\n  add_subdirectory(opt)\nendif()\n",
                  {{"opt/CMakeLists.txt", module_file}}, {std::string(enters) + ":9"});
  expect_findings("if(WIN32)\nelseif(O)\n  add_subdirectory(opt)\nelse()\n  add_subdirectory(opt)\nendif()\n",
                  {{"opt/CMakeLists.txt", module_file}}, {std::string(enters) + ":8"});
  expect_findings("if(NOT O)\n  add_subdirectory(opt)\nelse()\n  add_subdirectory(opt)\nendif()\n",
                  {{"opt/CMakeLists.txt", module_file}}, {std::string(enters) + ":5"});
}

TEST(OffEdgeLive, NamesNoLineWhereSeveralCallsMayHaveReadTheFile) {
  expect_findings("if(WIN32)\n  add_subdirectory(opt)\nelse()\n  add_subdirectory(opt)\nendif()\n",
                  {{"opt/CMakeLists.txt", module_file}}, {enters});
}

TEST(OffEdgeLive, NamesTheLineOfACommandInUpperCase) {
  expect_findings("ADD_SUBDIRECTORY(opt)\n", {{"opt/CMakeLists.txt", module_file}}, {std::string(enters) + ":4"});
  expect_findings(
      "add_library(core STATIC core.c)\nInclude_Directories(BEFORE opt)\n"
      "Add_Custom_Target(uses COMMAND cat ${PROJECT_SOURCE_DIR}/opt/x)\n",
      {{"opt/x", ""}},
      {"command target:uses file:opt/x CMakeLists.txt:6", "include-dir target:core file:opt CMakeLists.txt:5"});
}

// What such a call brings onto the include path of who links it is told where it is set, whatever the case.
TEST(OffEdgeLive, KnowsACommandInUpperCaseByTheReply) {
  expect_findings(
      "ADD_LIBRARY(base STATIC core.c)\nTARGET_INCLUDE_DIRECTORIES(base PUBLIC opt/include)\n"
      "ADD_EXECUTABLE(app core.c)\nTARGET_LINK_LIBRARIES(app base)\n",
      {{"opt/include/o.h", ""}}, {"include-dir target:base file:opt/include CMakeLists.txt:5"});
}

TEST(OffEdgeLive, KeepsTheCommandsOfTwoTargetsApart) {
  expect_findings(
      R"(add_custom_target(first COMMAND sh run.sh WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/opt)
add_library(second STATIC core.c)
add_custom_command(TARGET second POST_BUILD COMMAND sh ${PROJECT_SOURCE_DIR}/opt/run.sh)
add_custom_target(third COMMAND sh ../run.sh WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/opt)
)",
      {{"opt/run.sh", ""}, {"run.sh", ""}},
      {"command target:first file:opt/run.sh CMakeLists.txt:4",
       "command target:second file:opt/run.sh CMakeLists.txt:6", "command target:third file:opt CMakeLists.txt:7"});
}

TEST(OffEdgeLive, ReadsTheFilesThatOptionsName) {
  expect_findings(
      R"(add_executable(script core.c)
target_link_options(script PRIVATE -Wl,--version-script=${PROJECT_SOURCE_DIR}/opt/x.map)
add_executable(flags core.c)
set_target_properties(flags PROPERTIES LINK_FLAGS "-T ${PROJECT_SOURCE_DIR}/opt/x.ld")
add_library(ahead STATIC core.c)
target_compile_options(ahead PRIVATE -include ${PROJECT_SOURCE_DIR}/opt/i.h "SHELL:-imacros ${PROJECT_SOURCE_DIR}/opt/m.h")
add_library(passed INTERFACE)
target_compile_options(passed INTERFACE -include ${PROJECT_SOURCE_DIR}/opt/p.h)
)",
      {{"opt/x.map", ""}, {"opt/x.ld", ""}, {"opt/i.h", ""}, {"opt/m.h", ""}, {"opt/p.h", ""}},
      {"file-link target:flags file:opt/x.ld CMakeLists.txt:7",
       "file-link target:script file:opt/x.map CMakeLists.txt:5", "source target:ahead file:opt/i.h CMakeLists.txt:9",
       "source target:ahead file:opt/m.h CMakeLists.txt:9", "source target:passed file:opt/p.h CMakeLists.txt:11"});
}

}  // namespace
}  // namespace bulkhead::test
