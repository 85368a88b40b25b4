// Proposals from CMake files and replies that the tests write: no CMake runs here.
#include "auditor/proposal/proposal.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "auditor/policy.h"
#include "auditor/proposal/proposal_text.h"
#include "tests/auditor/proposed_project.h"

namespace bulkhead::test {
namespace {

using Project = ProposedProject;

// A directory under an option, while it is on and while it is off.
void expect_directory(const std::string& value) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "project(thing)\n"
                      "option(THING_USE_CUDA \"\" ON)\n"
                      "if(THING_USE_CUDA)\n"
                      "  add_subdirectory(modules/cuda)\n"
                      "endif()\n");
  project.write("modules/cuda/a.cpp");
  const std::string inner = "add_library(thing_cuda a.cpp)\nadd_library(Thing::cuda ALIAS thing_cuda)\n";
  project.set("THING_USE_CUDA", value);
  if (value == "ON") {
    project.write_cmake("modules/cuda/CMakeLists.txt", inner);
    project.add_library("modules/cuda", "thing_cuda", {"modules/cuda/a.cpp"});
  } else {
    project.write("modules/cuda/CMakeLists.txt", inner);
  }
  EXPECT_EQ(describe(project.propose()), "cuda [sure]: THING_USE_CUDA: modules/cuda/** target:thing_cuda\n");
}

TEST(Proposal, TakesADirectoryThatIsOn) {
  expect_directory("ON");
}
TEST(Proposal, TakesADirectoryThatIsOff) {
  expect_directory("OFF");
}

TEST(Proposal, TellsWhereItIsDeclaredAndGuarded) {
  Project project;
  project.write_cmake("CMakeLists.txt", "option(USE_X \"\" OFF)\n\nif(USE_X)\n  add_subdirectory(x)\nendif()\n");
  project.write("x/CMakeLists.txt");
  project.set("USE_X", "OFF");
  const Proposal proposal = project.propose();
  ASSERT_NE(find_module(proposal, "x"), nullptr) << describe(proposal);
  const auto& evidence = find_module(proposal, "x")->evidence;
  EXPECT_EQ(evidence, (std::vector<std::string>{"USE_X is declared at CMakeLists.txt:1",
                                                "guards x at CMakeLists.txt:4, under the if() at CMakeLists.txt:3",
                                                "off here: 0 targets, 0 files"}));
}

// As TVM does it: lists of sources that a core library compiles.
TEST(Proposal, TakesSourceFoldersAndLooseFiles) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "project(tvm)\n"
                      "tvm_option(USE_CUDA \"Build with CUDA\" OFF)\n"
                      "file(GLOB CORE src/*.cc)\n"
                      "file(GLOB_RECURSE GROUPED src/*.cc)\n"
                      "source_group(s FILES ${GROUPED})\n"
                      "include(cmake/CUDA.cmake)\n"
                      "add_library(core ${CORE} src/target/llvm.cc)\n");
  project.write_cmake("cmake/CUDA.cmake",
                      "if(USE_CUDA)\n"
                      "  file(GLOB CUDA_SRCS src/runtime/cuda/*.cc)\n"
                      "  list(APPEND CORE ${CUDA_SRCS})\n"
                      "  list(APPEND CORE src/target/build_cuda.cc)\n"
                      "  add_definitions(-DUSE_CUDA_RUNTIME=1 -DVERSION=3)\n"
                      "endif()\n");
  for (const char* const file : {"src/core.cc", "src/target/llvm.cc", "src/target/build_cuda.cc",
                                 "src/runtime/cuda/a.cc", "src/runtime/cuda/b.cc", "src/runtime/cuda/b.h"}) {
    project.write(file);
  }
  project.set("USE_CUDA", "OFF");
  project.add_top_library("core", {"src/core.cc", "src/target/llvm.cc"});
  EXPECT_EQ(describe(project.propose()),
            "cuda [sure]: USE_CUDA: src/runtime/cuda/** src/target/build_cuda.cc define:USE_CUDA_RUNTIME\n");
}

TEST(Proposal, LeavesSharedFilesToTheCore) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "option(USE_X \"\" ON)\n"
                      "set(S src/x/a.cc)\n"
                      "if(USE_X)\n"
                      "  list(APPEND S src/x/a.cc src/x/b.cc)\n"
                      "endif()\n"
                      "add_library(core ${S})\n");
  project.write("src/x/a.cc");
  project.write("src/x/b.cc");
  project.set("USE_X", "ON");
  project.add_top_library("core", {"src/x/a.cc", "src/x/b.cc"});
  EXPECT_EQ(describe(project.propose()), "x [likely]: USE_X: src/x/b.cc\n");
}

TEST(Proposal, SetsTestsAside) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "option(BUILD_TESTING \"\" ON)\noption(USE_X \"\" ON)\n"
                      "if(BUILD_TESTING)\n  add_subdirectory(checks)\nendif()\n"
                      "if(USE_X)\n  add_subdirectory(examples/x)\nendif()\n"
                      "add_subdirectory(lib)\n");
  for (const char* const folder : {"checks", "examples/x", "lib"}) {
    project.write_cmake(std::string(folder) + "/CMakeLists.txt", "\n");
    project.add_library(folder, std::string("t") + folder[0]);
  }
  project.set("BUILD_TESTING", "ON");
  project.set("USE_X", "ON");
  const Proposal proposal = project.propose();
  EXPECT_EQ(describe(proposal), "");
  ASSERT_EQ(proposal.asides.size(), 2U);
  EXPECT_EQ(proposal.asides[0].selector, "path:checks/**");
  EXPECT_EQ(proposal.asides[0].place, (CallPlace{"CMakeLists.txt", 4}));
  EXPECT_EQ(proposal.asides[0].targets, 1U);
  EXPECT_EQ(proposal.asides[1].selector, "path:examples/**");
}

TEST(Proposal, TakesNoSettingForAPart) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "option(BUILD_SHARED_LIBS \"\" ON)\noption(ENABLE_ASAN \"\" ON)\n"
                      "if(BUILD_SHARED_LIBS)\n  add_subdirectory(shared)\nendif()\n"
                      "if(ENABLE_ASAN)\n  add_subdirectory(asan)\nendif()\n");
  for (const char* const folder : {"shared", "asan"}) {
    project.write_cmake(std::string(folder) + "/CMakeLists.txt", "\n");
    project.add_library(folder, folder);
  }
  project.set("BUILD_SHARED_LIBS", "ON");
  project.set("ENABLE_ASAN", "ON");
  EXPECT_EQ(describe(project.propose()), "");
}

TEST(Proposal, DoubtsWhatTheBuildContradicts) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "option(USE_X \"\" OFF)\nset(USE_X ON)\nif(USE_X)\n  add_subdirectory(x)\nendif()\n");
  project.write_cmake("x/CMakeLists.txt", "add_library(x a.cpp)\n");
  project.write("x/a.cpp");
  project.set("USE_X", "OFF");
  project.add_library("x", "x", {"x/a.cpp"});
  EXPECT_EQ(describe(project.propose()), "x [guess]: USE_X: x/** target:x\n")
      << "a normal variable hides the cache entry";
}

TEST(Proposal, DoubtsWhatEverybodyNeeds) {
  Project project;
  project.write("base/CMakeLists.txt", "\n");
  project.write_cmake("CMakeLists.txt", "option(USE_BASE \"\" ON)\nif(USE_BASE)\n  add_subdirectory(base)\nendif()\n");
  project.set("USE_BASE", "ON");
  project.add_library("base", "base");
  for (int i = 0; i < 8; ++i) {
    const std::string name = "lib" + std::to_string(i);
    project.add_library(name, name, {}, i < 4 ? std::vector<std::string>{"base"} : std::vector<std::string>());
  }
  EXPECT_EQ(describe(project.propose()), "base [sure]: USE_BASE: base/**\n") << "no more than half of them";
  project.add_library("more", "more", {}, {"base"});
  EXPECT_EQ(describe(project.propose()), "base [guess]: USE_BASE: base/**\n");
}

TEST(Proposal, TakesNoElseBranchForAPart) {
  Project project;
  project.write_cmake(
      "CMakeLists.txt",
      "option(USE_X \"\" ON)\nif(USE_X)\n  add_subdirectory(x)\nelse()\n  add_subdirectory(stub)\nendif()\n");
  project.write_cmake("x/CMakeLists.txt", "\n");
  project.write("stub/CMakeLists.txt", "\n");
  project.set("USE_X", "ON");
  project.add_library("x", "x");
  EXPECT_EQ(describe(project.propose()), "x [sure]: USE_X: x/**\nx-2 [guess]: NOT USE_X: stub/**\n");
}

TEST(Proposal, LetsTestsNameThePartsThatTheyTest) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "option(USE_X \"\" ON)\noption(BUILD_TESTING \"\" ON)\n"
                      "if(BUILD_TESTING)\n  add_executable(t src/x/a.cc)\nendif()\n"
                      "if(USE_X)\n  list(APPEND S src/x/a.cc)\nendif()\nadd_library(core ${S})\n");
  project.write("src/x/a.cc");
  project.set("USE_X", "ON");
  project.set("BUILD_TESTING", "ON");
  project.add_top_library("core", {"src/x/a.cc"});
  EXPECT_EQ(describe(project.propose()), "x [sure]: USE_X: src/x/**\n");
}

TEST(Proposal, NestsToggles) {
  Project project;
  project.write_cmake("CMakeLists.txt", "option(USE_A \"\" ON)\nif(USE_A)\n  add_subdirectory(a)\nendif()\n");
  project.write_cmake("a/CMakeLists.txt", "option(USE_B \"\" ON)\nif(USE_B)\n  add_subdirectory(b)\nendif()\n");
  project.write_cmake("a/b/CMakeLists.txt", "add_library(bb b.cpp)\n");
  project.write("a/b/b.cpp");
  project.set("USE_A", "ON");
  project.set("USE_B", "ON");
  project.add_library("a", "aa");
  project.add_library("a/b", "bb", {"a/b/b.cpp"});
  const Proposal proposal = project.propose();
  ASSERT_NE(find_module(proposal, "b"), nullptr) << describe(proposal);
  EXPECT_EQ(find_module(proposal, "b")->toggle, "USE_A AND USE_B");
  EXPECT_EQ(find_module(proposal, "b")->confidence, Confidence::sure);
}

// As LLVM does it, with the list of all elements elsewhere, and both ON and OFF elements.
TEST(Proposal, TakesElementsOfLists) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "set(ALL_PARTS \"mlir;clang;nowhere\")\n"
                      "set(ENABLE_PROJECTS \"\" CACHE STRING \"Of these (${ALL_PARTS}), or all\")\n"
                      "if(ENABLE_PROJECTS STREQUAL \"all\")\n  set(ENABLE_PROJECTS ${ALL_PARTS})\nendif()\n"
                      "foreach(p ${ENABLE_PROJECTS})\n  add_subdirectory(parts/${p})\nendforeach()\n"
                      "add_subdirectory(parts/core)\n");
  project.write_cmake("parts/core/CMakeLists.txt", "\n");
  project.write_cmake("parts/clang/CMakeLists.txt", "\n");
  project.write("parts/mlir/CMakeLists.txt");
  project.set("ENABLE_PROJECTS", "clang", "STRING");
  project.add_library("parts/core", "core");
  project.add_library("parts/clang", "clang");
  const Proposal proposal = project.propose();
  EXPECT_EQ(describe(proposal),
            "clang [sure]: clang IN_LIST ENABLE_PROJECTS OR ENABLE_PROJECTS STREQUAL \"all\": parts/clang/**\n"
            "mlir [sure]: mlir IN_LIST ENABLE_PROJECTS OR ENABLE_PROJECTS STREQUAL \"all\": parts/mlir/**\n");
}

// As OpenCV does it: a function makes an option for each directory.
TEST(Proposal, TakesFamiliesOfOptions) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "function(add_part name)\n  option(BUILD_cv_${name} \"\" ON)\n  if(BUILD_cv_${name})\n"
                      "    add_subdirectory(modules/${name})\n  endif()\nendfunction()\n"
                      "add_part(one)\nadd_part(two)\nadd_part(three)\nadd_part(four)\n");
  for (const char* const name : {"one", "two", "three", "four"}) {
    const bool on = std::string_view(name) != "four";
    project.write("modules/" + std::string(name) + "/CMakeLists.txt");
    project.set("BUILD_cv_" + std::string(name), on ? "ON" : "OFF");
    if (on) project.add_library("modules/" + std::string(name), name);
  }
  const Proposal proposal = project.propose();
  EXPECT_EQ(proposal.modules.size(), 4U) << describe(proposal);
  ASSERT_NE(find_module(proposal, "cv-four"), nullptr) << describe(proposal);
  EXPECT_EQ(find_module(proposal, "cv-four")->paths, std::vector<std::string>{"modules/four/**"});
  EXPECT_EQ(find_module(proposal, "cv-four")->confidence, Confidence::sure);
  EXPECT_EQ(find_module(proposal, "cv-four")->evidence.front(),
            "BUILD_cv_four is one of BUILD_cv_*, made at CMakeLists.txt:2");
}

TEST(Proposal, IsBounded) {
  Project project;
  std::string text;
  const std::size_t count = most_proposed_modules + 5;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "p" + std::to_string(i);
    text += "option(USE_" + name + " \"\" OFF)\nif(USE_" + name + ")\n  add_subdirectory(" + name + ")\nendif()\n";
    project.write(name + "/CMakeLists.txt");
    project.set("USE_" + name, "OFF");
  }
  project.write_cmake("CMakeLists.txt", text);
  const Proposal proposal = project.propose();
  EXPECT_EQ(proposal.modules.size(), most_proposed_modules);
  EXPECT_EQ(proposal.left_out.size(), 5U);
  const std::string written = write_proposal(proposal);
  EXPECT_NE(written.find("\n# 5 more, too many to be looked at here: "), std::string::npos);
}

TEST(Proposal, WritesNamesThatTomlAndGlobsWouldRead) {
  Project project;
  project.write_cmake("CMakeLists.txt",
                      "option(USE_X \"\" OFF)\nif(USE_X)\n  add_subdirectory(\"a [x] {y}\")\nendif()\n");
  project.write("a [x] {y}/CMakeLists.txt", "add_library(x x.cpp)\n");
  project.set("USE_X", "OFF");
  const Proposal proposal = project.propose();
  ASSERT_EQ(proposal.modules.size(), 1U);
  const auto policy = parse_policy(write_proposal(proposal), "bulkhead.toml");
  ASSERT_TRUE(policy) << policy.error().message << "\n" << write_proposal(proposal);
  EXPECT_TRUE(policy->modules.front().paths.front().glob.matches("a [x] {y}/CMakeLists.txt"));
}

TEST(Proposal, NeedsTheSources) {
  Project project;
  project.set("USE_X", "OFF");
  const auto proposal = propose_policy(project.read());
  ASSERT_FALSE(proposal);
  EXPECT_NE(proposal.error().hint.find("have to be where CMake has read them"), std::string::npos);
}

// Whatever the CMake files say, a proposal comes out, and `check` could read it.
TEST(Proposal, StandsBrokenFiles) {
  const std::string good =
      "project(p)\noption(USE_A \"a\" ON)\noption(USE_B \"b\" OFF)\nset(LIST \"a;b\" CACHE STRING \"\")\n"
      "if(USE_A AND (NOT USE_B OR \"${LIST}\" STREQUAL \"x\"))\n  add_subdirectory(a)\nelseif(USE_B)\n"
      "  include(more.cmake)\nelse()\n  return()\nendif()\nadd_library(t ${S} a/a.cpp)\n"
      "foreach(x a b)\n  add_subdirectory(${x})\nendforeach()\nset(S ${S};b/b.cpp)\nset(V ${W})\nset(W ${V})\n"
      "file(GLOB G ${V}/*.cpp a/*.cpp)\n"
      "if(NOT USE_B)\n  list(FILTER G EXCLUDE REGEX \"a/(a|${V})[.]\")\n  list(REMOVE_ITEM S b/b.cpp ${G})\nendif()\n"
      "list(TRANSFORM S PREPEND \"${V}x/\")\nlist(REMOVE_ITEM LIST a)\nlist(APPEND S ${G})\n";
  std::mt19937 random(11);
  for (int round = 0; round < 150; ++round) {
    Project project;
    std::string text = good;
    for (std::size_t change = random() % 6 + 1; change != 0; --change) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0: text.erase(at, random() % 9); break;
        case 1: text.insert(at, 1, "()\"\\#[];$ \n{}"[random() % 13]); break;
        case 2: text.insert(at, good.substr(random() % good.size(), random() % 40)); break;
        default: text[at] = static_cast<char>(random() % 256); break;
      }
    }
    project.write_cmake("CMakeLists.txt", "message(x)\n" + text);
    project.write_cmake("more.cmake", text);
    project.write_cmake("a/CMakeLists.txt", text);
    project.write("b/CMakeLists.txt", "add_subdirectory(../a)\nadd_subdirectory(.)\n");
    project.write("a/a.cpp");
    project.write("b/b.cpp");
    project.set("USE_A", "ON");
    project.set("USE_B", "OFF");
    project.set("LIST", "a;b", "STRING");
    project.add_library("a", "t", {"a/a.cpp"});
    const Proposal proposal = project.propose();
    const std::string written = write_proposal(proposal);
    const auto policy = parse_policy(written, "bulkhead.toml");
    EXPECT_TRUE(policy) << policy.error().message << "\n" << written << "\n" << text;
    EXPECT_EQ(write_proposal(project.propose()), written) << text;
  }
}

}  // namespace
}  // namespace bulkhead::test
