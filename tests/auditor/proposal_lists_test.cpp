// Parts in lists of sources that list(FILTER), list(REMOVE_ITEM) and list(TRANSFORM) change.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "auditor/proposal/list_change.h"
#include "tests/auditor/proposed_project.h"

namespace bulkhead::test {
namespace {

using Project = ProposedProject;

// A core of all sources in src, less what list() takes out of them by `text` in the CMake file.
std::string describe_list(const std::string& text, const std::string& value) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "option(USE_X \"\" ON)\noption(USE_Y \"\" ON)\n" + text + "add_library(core ${S})\n");
  for (const char* const file : {"src/core.cc", "src/x/a.cc", "src/x/b.cc", "src/y.cc"}) project.write(file);
  project.set("USE_X", value);
  project.set("USE_Y", value);
  std::vector<std::string> compiled = {"src/core.cc"};
  if (value == "ON") compiled = {"src/core.cc", "src/x/a.cc", "src/x/b.cc", "src/y.cc"};
  project.add_top_library("core", compiled);
  return describe(project.propose());
}

TEST(ListChanges, FollowsWhatIsTakenOutOfAListWhileAnOptionIsOff) {
  const std::string filtered =
      "file(GLOB_RECURSE S src/*.cc)\n"
      "if(NOT USE_X)\n  list(FILTER S EXCLUDE REGEX \"src/x/.*\\\\.cc$\")\nendif()\n";
  const std::string removed =
      "set(S src/core.cc src/x/a.cc src/x/b.cc src/y.cc)\n"
      "if(NOT USE_X)\n  list(REMOVE_ITEM S src/x/a.cc src/x/b.cc)\nendif()\n";
  const std::string by_list =
      "file(GLOB S src/*.cc src/x/*.cc)\n"
      "if(NOT USE_X)\n  file(GLOB OF_X src/x/*.cc)\n  list(REMOVE_ITEM S ${OF_X})\nendif()\n";
  const std::string included =
      "file(GLOB_RECURSE S src/*.cc)\n"
      "if(NOT USE_X)\n  list(FILTER S INCLUDE REGEX \"src/[a-z]+\\\\.cc$\")\nendif()\n";
  for (const std::string& text : {filtered, removed, by_list, included}) {
    for (const char* const value : {"ON", "OFF"}) {
      // While it is off the core must still have y.cc, which no option guards.
      EXPECT_EQ(describe_list(text, value), "x [sure]: USE_X: src/x/**\n") << value << "\n" << text;
    }
  }
  EXPECT_EQ(describe_list("file(GLOB_RECURSE S src/*.cc)\n", "ON"), "") << "no call heeds it";
}

TEST(ListChanges, LeavesOutWhatIsAlwaysTakenOutOfAList) {
  const std::string text =
      "set(S src/core.cc src/y.cc)\nif(USE_X)\n  file(GLOB X src/x/*.cc)\n"
      "  list(REMOVE_ITEM X ${CMAKE_CURRENT_SOURCE_DIR}/src/x/b.cc)\n  list(APPEND S ${X})\nendif()\n"
      "list(APPEND S src/x/b.cc)\n";
  EXPECT_EQ(describe_list(text, "ON"), "x [likely]: USE_X: src/x/a.cc\n") << "the other one is of the core";
}

// What another list has got already stays there.
TEST(ListChanges, LeavesWhatWasReadBefore) {
  const std::string begin = "set(S src/core.cc src/y.cc)\nfile(GLOB X src/x/*.cc)\n";
  const std::string change = "if(NOT USE_X)\n  list(FILTER X EXCLUDE REGEX \"src/x\")\nendif()\n";
  EXPECT_EQ(describe_list(begin + "list(APPEND S ${X})\n" + change, "ON"), "");
  EXPECT_EQ(describe_list(begin + "add_sources(X)\n" + change + "list(APPEND S ${X})\n", "ON"), "") << "by its name";
  EXPECT_EQ(describe_list(begin + change + "list(APPEND S ${X})\n", "ON"), "x [sure]: USE_X: src/x/**\n");
  // A list of what is removed that something else reads, too, names its files.
  const std::string removal = "if(NOT USE_X)\n  list(REMOVE_ITEM S ${X})\nendif()\n";
  const std::string all = "file(GLOB_RECURSE S src/*.cc)\nfile(GLOB X src/x/*.cc)\n";
  EXPECT_EQ(describe_list(all + removal, "ON"), "x [sure]: USE_X: src/x/**\n");
  EXPECT_EQ(describe_list(all + removal + "foreach(x IN LISTS X)\n  use(${x})\nendforeach()\n", "ON"), "");
}

TEST(ListChanges, PutsPrefixesBeforeTheWordsOfAList) {
  const std::string text =
      "set(S src/core.cc src/y.cc)\nif(USE_X)\n  set(X a.cc b.cc)\n  list(TRANSFORM X PREPEND \"src/x/\")\n"
      "  list(APPEND S ${X})\nendif()\n";
  EXPECT_EQ(describe_list(text, "ON"), "x [sure]: USE_X: src/x/**\n");
  EXPECT_EQ(describe_list(text, "OFF"), "x [sure]: USE_X: src/x/**\n");
}

TEST(ListChanges, DoubtsListsThatAreChangedInWaysThatCannotBeTold) {
  const std::string filled = "set(S src/core.cc src/y.cc)\nif(USE_X)\n  file(GLOB X src/x/*.cc)\n";
  const std::string used = "  list(APPEND S ${X})\nendif()\n";
  for (const char* const change :
       {"  list(FILTER X EXCLUDE REGEX \"${WHATEVER}\")\n", "  list(REMOVE_ITEM X ${WHATEVER})\n",
        "  set(OUT src/core.cc ${WHATEVER})\n  list(REMOVE_ITEM X ${OUT})\n",
        "  list(TRANSFORM X REPLACE \"a\" \"b\")\n",
        "  if(WHATEVER)\n    list(FILTER X EXCLUDE REGEX a.cc)\n  endif()\n",
        "  if(USE_Y)\n    set(Z 1)\n    if(WHATEVER)\n      list(REMOVE_ITEM X ${W})\n    endif()\n  endif()\n"}) {
    EXPECT_EQ(describe_list(filled + change + used, "ON"), "x [likely]: USE_X: src/x/**\n") << change;
  }
  EXPECT_EQ(describe_list(filled + used + "list(FILTER S EXCLUDE REGEX \"${WHATEVER}\")\n", "ON"),
            "x [likely]: USE_X: src/x/**\n")
      << "a list that it goes into";
  for (const char* const harmless :
       {"  list(FILTER X EXCLUDE REGEX \"\\\\.h$\")\n", "  list(REMOVE_ITEM X src/core.cc)\n",
        "  list(TRANSFORM X STRIP)\n", "  list(TRANSFORM X APPEND .o OUTPUT_VARIABLE OBJECTS)\n",
        "  list(REMOVE_ITEM OTHER ${WHATEVER})\n"}) {
    EXPECT_EQ(describe_list(filled + harmless + used, "ON"), "x [sure]: USE_X: src/x/**\n") << harmless;
  }
}

TEST(ListChanges, DoubtsElementsThatAreTakenOutOfAList) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "set(ENABLE_PARTS \"\" CACHE STRING \"\")\n"
                      "if(WIN32)\n  list(REMOVE_ITEM ENABLE_PARTS clang)\nendif()\n"
                      "foreach(p ${ENABLE_PARTS})\n  add_subdirectory(parts/${p})\nendforeach()\n"
                      "add_subdirectory(parts/core)\n");
  for (const char* const part : {"clang", "core", "mlir"}) {
    project.write_cmake("parts/" + std::string(part) + "/CMakeLists.txt", "\n");
    project.add_library("parts/" + std::string(part), part);
  }
  project.set("ENABLE_PARTS", "clang;mlir", "STRING");
  EXPECT_EQ(describe(project.propose()),
            "mlir [sure]: mlir IN_LIST ENABLE_PARTS: parts/mlir/**\n"
            "clang [likely]: clang IN_LIST ENABLE_PARTS: parts/clang/**\n");
}

}  // namespace
}  // namespace bulkhead::test
