// bulkhead prove on small projects: one that keeps its promises, one for each that is broken, and what cannot be tried.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "auditor/cmake_errors.h"
#include "auditor/seeded_cache.h"
#include "auditor/toggle_flip.h"
#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

/// A project with a module "gpu" that keeps its promises, configured with it off.
class Project {
 public:
  Project() {
    write("CMakeLists.txt", top("", ""));
    write("gpu/CMakeLists.txt", "add_library(gpu_rt STATIC gpu.c)\n");
    write("gpu/gpu.c", "int gpu;\n");
    write("core.c", "int core;\n");
    write("docs/gpu.md", "Configure with -DUSE_GPU=ON.\n");
    write_policy("");
  }
  /// `on` is done while the module is on, `always` in any case.
  static std::string top(const std::string& on, const std::string& always) {
    return "cmake_minimum_required(VERSION 3.21)\nproject(modest C)\noption(USE_GPU \"the module\" OFF)\nif(USE_GPU)\n"
           "  add_subdirectory(gpu)\n" +
           on + "endif()\n" + always +
           "add_library(core STATIC core.c)\nadd_library(codec STATIC core.c)\nif(USE_GPU)\n"
           "  target_link_libraries(core PRIVATE gpu_rt)\nendif()\n";
  }
  void write(const std::string& file, const std::string& text) const {
    write_file(directory_.path() / "s" / file, text);
  }
  void write_policy(const std::string& keys, const std::string& toggle = "USE_GPU") const {
    write("bulkhead.toml", "[[module]]\nname = \"gpu\"\nstage = \"S0\"\ntoggle = \"" + toggle +
                               "\"\npaths = [\"gpu/**\"]\ntargets = [\"gpu_rt\"]\nentry = [\"target:core\"]\n"
                               "owners = [\"@mira\"]\n" +
                               keys);
  }
  void configure() const {
    const ProcessResult configured =
        bulkhead({"configure", "-q", "--no-check", "-S", source(), "-B", build(), "-G", "Ninja"});
    ASSERT_EQ(configured.status, 0) << configured.err;
  }
  [[nodiscard]] ProcessResult prove(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"prove", "-q", "-B", build()};
    words.insert(words.end(), more.begin(), more.end());
    return bulkhead(words);
  }
  /// By promise.
  [[nodiscard]] std::map<std::string, std::string> states() const {
    const auto json = nlohmann::json::parse(read_file(fs::path(build()) / "bulkhead-prove" / "state.json"));
    std::map<std::string, std::string> states;
    for (const auto& one : json.at("modules").at(0).at("promises")) states[one.at("promise")] = one.at("state");
    return states;
  }
  /// A program for sh, beside the source tree.
  [[nodiscard]] std::string script(const std::string& name, const std::string& text) const {
    const fs::path file = directory_.path() / "bin" / name;
    write_file(file, "#!/bin/sh\n" + text);
    fs::permissions(file, fs::perms::owner_all);
    return file.string();
  }
  [[nodiscard]] std::string source() const { return directory_ / "s"; }
  [[nodiscard]] std::string build() const { return directory_ / "b"; }

 private:
  TemporaryDirectory directory_;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Prove, KeptPromisesAreProven) {
  const Project project;
  project.configure();
  const ProcessResult result = project.prove();
  EXPECT_EQ(result.status, 0) << result.out << result.err;
  for (const char* const promise : {"toggle", "removal", "isolation", "support"}) {
    EXPECT_EQ(project.states()[promise], "kept") << promise << "\n" << result.out;
  }
  EXPECT_EQ(project.states()["no disruption"], "unproven") << "flags are not compared";
  EXPECT_TRUE(has(result.out, "all are its own or declared; compile flags were not compared")) << result.out;
  EXPECT_FALSE(fs::exists(fs::path(project.build()) / "bulkhead-prove" / "scratch"));
}

TEST(Prove, ADefinitionForAllIsADisruption) {
  const Project project;
  project.write("CMakeLists.txt", Project::top("  add_definitions(-DFAST_MATH)\n", ""));
  project.configure();
  const ProcessResult result = project.prove();
  EXPECT_EQ(result.status, 1) << result.out << result.err;
  EXPECT_TRUE(has(result.out, "error[disruption]: codec is compiled with FAST_MATH only while module gpu is on"))
      << result.out;
  EXPECT_TRUE(has(result.out, "CMakeLists.txt:6")) << result.out;
  EXPECT_EQ(project.states()["no disruption"], "broken");
  EXPECT_EQ(project.states()["removal"], "kept");

  project.write_policy("disrupts = [\"define:FAST_*\"]\n");
  const ProcessResult declared = project.prove();
  EXPECT_EQ(declared.status, 0);
  EXPECT_EQ(project.states()["no disruption"], "unproven") << "flags are not compared";
  EXPECT_TRUE(has(declared.out, "all are its own or declared")) << declared.out;
}

TEST(Prove, AConfigHeaderThatDiffersIsADisruption) {
  const Project project;
  project.write("config.h.in", "#define CORE 1\n#cmakedefine USE_GPU\n");
  project.write("CMakeLists.txt", Project::top("", "configure_file(config.h.in config.h)\n"));
  project.configure();
  const ProcessResult result = project.prove();
  EXPECT_EQ(result.status, 1) << result.out << result.err;
  EXPECT_TRUE(has(result.out, "the configure writes another <build>/config.h when module gpu is turned on"))
      << result.out;
  EXPECT_TRUE(has(result.out, "with #define USE_GPU")) << result.out;

  project.write_policy("disrupts = [\"define:USE_GPU\"]\n");
  EXPECT_EQ(project.prove().status, 0);
}

TEST(Prove, ALineThatNeedsTheFilesIsTold) {
  const Project project;
  project.write("gpu/Helpers.cmake", "");
  project.write("CMakeLists.txt", Project::top("", "include(gpu/Helpers.cmake)\n"));
  project.configure();
  const ProcessResult result = project.prove();
  EXPECT_EQ(result.status, 1) << result.out << result.err;
  EXPECT_TRUE(has(result.out,
                  "error[removal]: without the files of module gpu, and with it off, CMake fails: include could "
                  "not find requested file: gpu/Helpers.cmake"))
      << result.out;
  EXPECT_TRUE(has(result.out, "CMakeLists.txt:7")) << result.out;
  EXPECT_EQ(project.states()["removal"], "broken");
}

TEST(Prove, AnEdgeWhileItIsOffBreaksTheToggle) {
  const Project project;
  project.write("CMakeLists.txt", Project::top("", "include_directories(gpu)\n"));
  project.configure();
  EXPECT_EQ(project.prove().status, 1);
  EXPECT_EQ(project.states()["toggle"], "broken");
}

TEST(Prove, AToggleThatTheProjectSetsItselfIsUnproven) {
  const Project project;
  project.write("CMakeLists.txt", Project::top("", "set(USE_GPU OFF CACHE BOOL \"\" FORCE)\n"));
  project.configure();
  const ProcessResult result = project.prove();
  EXPECT_EQ(project.states()["no disruption"], "unproven") << result.out;
  EXPECT_TRUE(has(result.out, "the project turns it off by itself")) << result.out;
}

TEST(Prove, AProjectThatWritesIntoItsSourceIsNamed) {
  const Project project;
  project.write("CMakeLists.txt", Project::top("", "file(WRITE ${CMAKE_SOURCE_DIR}/made-${USE_GPU}.txt x)\n"));
  project.configure();
  const ProcessResult result = project.prove();
  EXPECT_TRUE(has(result.out, "writes into its source tree:\n")) << result.out;
  EXPECT_TRUE(has(result.out, "  made-ON.txt\n")) << result.out;
}

TEST(Prove, SeededAndFreshTreesTellTheSame) {
  const Project project;
  project.write("CMakeLists.txt", Project::top("  target_compile_definitions(gpu_rt PUBLIC FAST)\n",
                                               "include(CheckIncludeFile)\ncheck_include_file(stdio.h HAVE_STDIO_H)\n"
                                               "if(HAVE_STDIO_H)\n  add_library(io STATIC core.c)\nendif()\n"));
  project.configure();
  const ProcessResult seeded = project.prove({"--format", "json"});
  const ProcessResult fresh = project.prove({"--format", "json", "--fresh"});
  EXPECT_EQ(seeded.status, 0) << seeded.out;
  EXPECT_EQ(seeded.out, fresh.out);
}

TEST(Prove, FinishedExperimentsAreNotRepeated) {
  const Project project;
  project.configure();
  const fs::path mark = fs::path(project.build()) / "bulkhead-prove" / "scratch" / "gpu" / "on.done";
  ASSERT_EQ(project.prove({"--keep"}).status, 0);
  const auto first = fs::last_write_time(mark);
  ASSERT_EQ(project.prove({"--keep"}).status, 0);
  EXPECT_EQ(fs::last_write_time(mark), first);
  project.write("core.c", "int other_core;\n");
  ASSERT_EQ(project.prove({"--keep"}).status, 0);
  EXPECT_NE(fs::last_write_time(mark), first);
}

TEST(Prove, AConfigureThatTakesTooLongIsEndedAndNotTakenForDone) {
  const Project project;
  project.write("CMakeLists.txt", Project::top("  execute_process(COMMAND ${CMAKE_COMMAND} -E sleep 60)\n", ""));
  project.configure();
  const ProcessResult result = project.prove({"--timeout", "5", "--keep"});
  EXPECT_TRUE(has(result.out, "cmake was not done after 5 s")) << result.out << result.err;
  EXPECT_EQ(project.states()["no disruption"], "unproven");
  const fs::path scratch = fs::path(project.build()) / "bulkhead-prove" / "scratch";
  EXPECT_TRUE(fs::exists(scratch / "as-it-is.done"));
  EXPECT_FALSE(fs::exists(scratch / "gpu" / "on.done"));
}

TEST(Prove, TheScorecardCountsWhatStillHolds) {
  const Project project;
  project.configure();
  ASSERT_EQ(project.prove().status, 0);
  EXPECT_TRUE(has(bulkhead({"scorecard", "-B", project.build()}).out, "turning it on changes"));
  project.write("core.c", "int other_core;\n");
  EXPECT_FALSE(has(bulkhead({"scorecard", "-B", project.build()}).out, "turning it on changes"));
}

TEST(Prove, TellsWhatItCannotBeginWith) {
  const Project project;
  project.configure();
  const ProcessResult unknown = project.prove({"gpo"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_TRUE(has(unknown.err, "there is no module 'gpo'")) << unknown.err;
}

TEST(CMakeErrors, ArePlacesWithTheirStack) {
  const auto errors = parse_cmake_errors(
      "CMake Warning at a.cmake:1 (message):\n  harmless\n\n"
      "CMake Error at /s/core/CMakeLists.txt:5 (add_library):\n  Cannot find source file:\n\n    /s/x/a.c\n"
      "Call Stack (most recent call first):\n  CMakeLists.txt:7 (wrap)\n\n\n"
      "CMake Error: something without a place.\n",
      "/s");
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].place.file, "core/CMakeLists.txt");
  EXPECT_EQ(errors[0].place.line, 5U);
  EXPECT_EQ(errors[0].place.command, "add_library");
  EXPECT_EQ(errors[0].place.stack, (std::vector<std::string>{"CMakeLists.txt:7", "core/CMakeLists.txt:5"}));
  EXPECT_EQ(errors[0].message, "Cannot find source file: x/a.c");
  EXPECT_EQ(errors[1].message, "something without a place");
}

TEST(SeededCache, LeavesOutWhatTheProjectMade) {
  const std::string cache =
      "# a comment\n\n//Have include x.h\nHAVE_X_H:INTERNAL=1\nFOUND_GPU:INTERNAL=1\np_BINARY_DIR:STATIC=/b\n"
      "//the module\nUSE_GPU:BOOL=ON\nDIR:PATH=/b/lib\nOTHER:PATH=/build/lib\nCMAKE_GENERATOR:INTERNAL=Ninja\n";
  EXPECT_EQ(seed_cache(cache, Seed::with_checks, {{"/b", "/t"}}),
            "//Have include x.h\nHAVE_X_H:INTERNAL=1\n//the module\nUSE_GPU:BOOL=ON\nDIR:PATH=/t/lib\n"
            "OTHER:PATH=/build/lib\nCMAKE_GENERATOR:INTERNAL=Ninja\n");
  EXPECT_EQ(seed_cache(cache, Seed::values, {}),
            "//the module\nUSE_GPU:BOOL=ON\nDIR:PATH=/b/lib\nOTHER:PATH=/build/lib\nCMAKE_GENERATOR:INTERNAL=Ninja\n");
}

std::optional<Assignments> flip(const std::string& toggle, bool wanted,
                                const std::map<std::string, std::string>& values) {
  const Module module{.name = "gpu", .toggle = Toggle::parse(toggle, {}).value()};
  return find_flip(module, wanted, [&values](std::string_view name) -> std::optional<std::string_view> {
    const auto found = values.find(std::string(name));
    if (found == values.end()) return std::nullopt;
    return found->second;
  });
}

TEST(ToggleFlip, SetsTheFewestVariables) {
  EXPECT_EQ(flip("USE_X", true, {{"USE_X", "OFF"}}), (Assignments{{"USE_X", "ON"}}));
  EXPECT_EQ(flip("USE_X", true, {{"USE_X", "ON"}}), Assignments{});
  EXPECT_EQ(flip("NOT MINIMAL", false, {{"MINIMAL", "OFF"}}), (Assignments{{"MINIMAL", "ON"}}));
  EXPECT_EQ(flip("A AND B", true, {{"A", "OFF"}, {"B", "OFF"}}), (Assignments{{"A", "ON"}, {"B", "ON"}}));
  EXPECT_EQ(flip("A AND B", false, {{"A", "ON"}, {"B", "ON"}}), (Assignments{{"A", "OFF"}}));
  EXPECT_EQ(flip("mlir IN_LIST PROJECTS", true, {{"PROJECTS", "clang"}}), (Assignments{{"PROJECTS", "clang;mlir"}}));
  EXPECT_EQ(flip("mlir IN_LIST PROJECTS", false, {{"PROJECTS", "mlir;clang"}}), (Assignments{{"PROJECTS", "clang"}}));
  EXPECT_EQ(flip("KIND STREQUAL \"gpu\"", true, {{"KIND", "cpu"}}), (Assignments{{"KIND", "gpu"}}));
  EXPECT_EQ(flip("KIND STREQUAL \"gpu\"", false, {{"KIND", "gpu"}}), std::nullopt);
}

TEST(Prove, NothingOfTheUsersIsRemoved) {
  const Project project;
  project.configure();
  const TemporaryDirectory work;
  write_file(work / "scratch/mine.txt", "of great worth");
  EXPECT_EQ(project.prove({"--work", work.path().string(), "--keep"}).status, 0);
  EXPECT_TRUE(fs::exists(work.path() / "bulkhead-prove" / "scratch" / "as-it-is"));
  EXPECT_EQ(project.prove({"--work", work.path().string()}).status, 0);
  EXPECT_FALSE(fs::exists(work.path() / "bulkhead-prove" / "scratch"));
  EXPECT_EQ(read_file(work / "scratch/mine.txt"), "of great worth");
}

// What was finished when somebody stopped it is not done again.
TEST(Prove, AStoppedRunGoesOn) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const Project project;
    project.configure();
    const std::string cmake =
        project.script("cmake", fmt::format(R"(echo "$@" >>"$(dirname "$0")/calls"
case "$*" in *USE_GPU=ON*)
  if [ ! -e "$(dirname "$0")/stopped" ]; then
    trap 'touch "$(dirname "$0")/stopped"; exit 1' INT TERM
    kill -{} $PPID
    {}sleep 20 & wait
  fi;;
esac
exec '{}' "$@"
)",
                                            signal, signal == SIGINT ? "kill -INT $$\n" : "", cmake_command()));
    const auto take_calls = [&cmake] {
      const fs::path log = fs::path(cmake).parent_path() / "calls";
      const std::size_t calls = count(read_file(log), "\n");
      fs::remove(log);
      return calls;
    };
    const ProcessResult stopped = project.prove({"--cmake", cmake});
    EXPECT_EQ(stopped.status, 128 + signal) << stopped.err;
    EXPECT_EQ(stopped.out, "");
    EXPECT_EQ(take_calls(), 2U) << "as it is, which is off, and on";
    EXPECT_TRUE(fs::exists(fs::path(project.build()) / "bulkhead-prove" / "scratch" / "as-it-is"));

    const ProcessResult resumed = project.prove({"--cmake", cmake});
    EXPECT_EQ(resumed.status, 0) << resumed.err << resumed.out;
    EXPECT_EQ(take_calls(), 2U) << "on, and removed";
    EXPECT_EQ(project.states()["removal"], "kept");
    EXPECT_FALSE(fs::exists(fs::path(project.build()) / "bulkhead-prove" / "scratch"));
  }
}

}  // namespace
}  // namespace bulkhead::test
