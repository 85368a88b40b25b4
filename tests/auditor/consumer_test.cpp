// The CMake functions, in projects that use them: tests/consumer, by the cmakes and generators at hand.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::string repository() {
  return test_directory().parent_path().string();
}

/// Bulkhead as `cmake --install` leaves it, moved away from where it was installed.
const fs::path& installed() {
  static const TemporaryDirectory directory;
  static const fs::path prefix = [] {
    const std::string first = directory / "first";
    const ProcessResult result =
        run({cmake_command(), "--install", BULKHEAD_BUILD_DIRECTORY, "--prefix", first, "--strip"});
    if (result.status != 0) throw std::runtime_error("cannot install: " + result.err);
    fs::path moved = directory.path() / "moved here";
    fs::rename(first, moved);
    return moved;
  }();
  return prefix;
}

std::string installed_cmake() {
  return (installed() / "share" / "cmake" / "Bulkhead").string();
}

/// A copy of the consumer in a directory whose name has spaces, and its build tree.
class Consumer {
 public:
  Consumer(std::string cmake, std::string generator) : cmake_(std::move(cmake)), generator_(std::move(generator)) {
    fs::create_directories(directory_.path() / "a b");
    fs::copy(test_directory() / "consumer" / "project", source(), fs::copy_options::recursive);
  }

  [[nodiscard]] fs::path source() const { return directory_.path() / "a b" / "source"; }
  [[nodiscard]] fs::path build() const { return directory_.path() / "a b" / "build"; }
  [[nodiscard]] bool is_multi_config() const { return generator_ == "Ninja Multi-Config"; }
  /// What bulkhead writes for the default configuration.
  [[nodiscard]] fs::path home() const {
    return is_multi_config() ? build() / "bulkhead" / "Debug" : build() / "bulkhead";
  }

  [[nodiscard]] ProcessResult configure(const std::string& way, const Words& arguments) const {
    return run(
        Words{cmake_, "-S", source().string(), "-B", build().string(), "-G", generator_, "-DCMAKE_C_COMPILER_WORKS=1"} +
        enter(way) + arguments);
  }
  [[nodiscard]] ProcessResult make(const Words& arguments = {}) const {
    return run(Words{cmake_, "--build", build().string()} + arguments);
  }
  [[nodiscard]] ProcessResult ctest(const Words& arguments) const {
    Words words{(fs::path(cmake_).parent_path() / "ctest").string(), "--test-dir", build().string()};
    if (is_multi_config()) words = words + Words{"-C", "Debug"};
    return run(words + arguments);
  }
  /// Before CMake 4.0, of versions before 3.5.
  [[nodiscard]] bool takes_old_projects() const {
    return run({cmake_, "--version"}).out.find("version 3.") != std::string::npos;
  }
  [[nodiscard]] bool answers_in_first_run() const {
    const std::string version = run({cmake_, "--version"}).out;
    return version.find("version 3.2") == std::string::npos || version.find("version 3.27") != std::string::npos ||
           version.find("version 3.28") != std::string::npos || version.find("version 3.29") != std::string::npos;
  }

 private:
  static Words enter(const std::string& way) {
    if (way == "package") return {"-DWAY=package", "-DCMAKE_PREFIX_PATH=" + installed().string()};
    if (way == "include") return {"-DWAY=include", "-DBULKHEAD_CMAKE=" + installed_cmake()};
    if (way == "none") {
      return {"-DWAY=none", "-DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=" + installed_cmake() + "/Bulkhead.cmake"};
    }
    return {"-DWAY=" + way, "-DBULKHEAD_SOURCE=" + repository(), "-DBULKHEAD_PROGRAM=" + bulkhead_command()};
  }

  TemporaryDirectory directory_;
  std::string cmake_;
  std::string generator_;
};

/// With a generator, and each cmake at hand.
class Plugin : public testing::TestWithParam<std::string> {
 protected:
  template <class Check>
  void with_each_cmake(Check&& check) const {
    for (const std::string& cmake : live_cmakes()) {
      SCOPED_TRACE(cmake);
      check(Consumer(cmake, GetParam()));
    }
  }
};

/// Each way in, with each generator.
class PluginWays : public testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(PluginWays, TheTargetPassesWithoutFindingsAndFailsWithOne) {
  const auto& [way, generator] = GetParam();
  for (const std::string& cmake : live_cmakes()) {
    SCOPED_TRACE(cmake);
    const Consumer consumer(cmake, generator);
    const ProcessResult configured = consumer.configure(way, {});
    ASSERT_EQ(configured.status, 0) << configured.err;
    EXPECT_EQ(configured.err, "");
    const ProcessResult clean = consumer.make({"--target", "bulkhead"});
    EXPECT_EQ(clean.status, 0) << clean.out << clean.err;
    EXPECT_NE(clean.out.find("\n0 errors, "), std::string::npos) << clean.out;
    EXPECT_EQ(count(clean.out, "configuring again"), consumer.answers_in_first_run() ? 0U : 1U) << clean.out;

    ASSERT_EQ(consumer.configure(way, {"-DLEAK=ON"}).status, 0);
    const ProcessResult leaks = consumer.make({"--target", "bulkhead"});
    EXPECT_NE(leaks.status, 0);
    EXPECT_NE(leaks.out.find("error[off-edge]: core has opt/files of module opt on its include path"),
              std::string::npos)
        << leaks.out;
    EXPECT_EQ(leaks.out.find("configuring again"), std::string::npos) << leaks.out;
  }
}

INSTANTIATE_TEST_SUITE_P(Ways, PluginWays,
                         testing::Combine(testing::Values("package", "include", "subdirectory", "fetch", "none"),
                                          testing::Values("Ninja", "Ninja Multi-Config", "Unix Makefiles")),
                         [](const auto& test) {
                           std::string name = std::get<0>(test.param) + std::get<1>(test.param);
                           std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
                           return name;
                         });

TEST_P(Plugin, ReportsAreWrittenWhateverTheySay) {
  with_each_cmake([](const Consumer& consumer) {
    ASSERT_EQ(consumer.configure("package", {"-DLEAK=ON"}).status, 0);
    const ProcessResult reported = consumer.make({"--target", "bulkhead-report"});
    EXPECT_EQ(reported.status, 0) << reported.out << reported.err;
    for (const char* name : {"report.txt", "report.json", "report.svg", "report.html"}) {
      EXPECT_TRUE(fs::exists(consumer.home() / name)) << name;
      EXPECT_NE((reported.out + reported.err).find((consumer.home() / name).string()), std::string::npos)
          << "it says where";
    }
    const auto report = nlohmann::json::parse(read_file(consumer.home() / "report.json"));
    EXPECT_EQ(report["summary"]["errors"], 1);
    EXPECT_EQ(report["modules"].size(), 1U) << "of one configuration";

    ASSERT_EQ(consumer.configure("package", {"-DAUDIT=FORMATS;dot=x y.dot;json;OUTPUT_DIRECTORY;out"}).status, 0);
    EXPECT_EQ(consumer.make({"--target", "bulkhead-report"}).status, 0);
    const fs::path out = consumer.build() / "out" / (consumer.is_multi_config() ? "Debug" : "");
    EXPECT_TRUE(fs::exists(out / "x y.dot"));
    EXPECT_TRUE(fs::exists(out / "report.json"));
    EXPECT_FALSE(fs::exists(out / "report.svg"));
  });
}

TEST_P(Plugin, OnBuildChecksWhenSomethingIsNewer) {
  with_each_cmake([](const Consumer& consumer) {
    write_file(consumer.source() / "bulkhead.toml", "[project]\nset_aside = []\n");
    const ProcessResult configured = consumer.configure("package", {"-DAUDIT=ON_BUILD"});
    ASSERT_EQ(configured.status, 0) << configured.err;
    EXPECT_EQ(configured.err, "") << "not even of a policy that the project has not set";
    const auto checks = [&consumer](int status) {
      const ProcessResult made = consumer.make();
      EXPECT_EQ(made.status == 0, status == 0) << made.out << made.err;
      if (status == 0) {
        EXPECT_EQ((made.out + made.err).find("off-edge"), std::string::npos) << "silent when it passes";
      }
      return count(made.out, "Checking the modules") != 0;
    };
    EXPECT_TRUE(checks(0));
    EXPECT_FALSE(checks(0)) << "nothing is newer";
    if (!consumer.is_multi_config()) {
      const ProcessResult again = consumer.make();
      EXPECT_TRUE(again.out.find("no work to do") != std::string::npos ||
                  again.out.find("Built target bulkhead-on-build") != std::string::npos)
          << again.out;
      EXPECT_EQ(again.out.find("Building"), std::string::npos) << again.out;
    }
    const auto later = [](const fs::path& file) {
      fs::last_write_time(file, fs::file_time_type::clock::now() + std::chrono::seconds(1));
    };
    later(consumer.source() / "bulkhead.toml");
    EXPECT_TRUE(checks(0)) << "the policy is newer";
    fs::last_write_time(consumer.source() / "bulkhead.toml", fs::file_time_type::clock::now() - std::chrono::hours(1));
    EXPECT_EQ(consumer.configure("package", {}).status, 0);
    EXPECT_TRUE(checks(0)) << "the reply is newer";
    EXPECT_FALSE(checks(0));
    EXPECT_EQ(consumer.configure("package", {"-DLEAK=ON"}).status, 0);
    EXPECT_TRUE(checks(1));
    EXPECT_TRUE(checks(1)) << "until it passes";
    EXPECT_EQ(consumer.configure("package", {"-DLEAK=OFF"}).status, 0);
    EXPECT_TRUE(checks(0));
    EXPECT_FALSE(checks(0));
  });
}

TEST_P(Plugin, IsATestWhereThereAreTests) {
  with_each_cmake([](const Consumer& consumer) {
    ASSERT_EQ(consumer.configure("package", {}).status, 0);
    EXPECT_NE(consumer.ctest({"-N"}).out.find("Total Tests: 0"), std::string::npos);
    ASSERT_EQ(consumer.configure("package", {"-DTESTED=ON"}).status, 0);
    const ProcessResult passed = consumer.ctest({"-L", "bulkhead", "--no-tests=error"});
    EXPECT_EQ(passed.status, 0) << passed.out;
    EXPECT_NE(passed.out.find("bulkhead.check"), std::string::npos) << passed.out;
    ASSERT_EQ(consumer.configure("package", {"-DLEAK=ON"}).status, 0);
    const ProcessResult failed = consumer.ctest({"--output-on-failure"});
    EXPECT_NE(failed.status, 0);
    EXPECT_NE(failed.out.find("error[off-edge]: core has"), std::string::npos) << failed.out;
  });
}

TEST_P(Plugin, ChecksByAScriptWithoutABuild) {
  with_each_cmake([](const Consumer& consumer) {
    const auto script = (consumer.home() / "check.cmake").string();
    ASSERT_EQ(consumer.configure("package", {}).status, 0);
    EXPECT_EQ(run({live_cmakes().back(), "-P", script}).status, 0);
    ASSERT_EQ(consumer.configure("package", {"-DLEAK=ON"}).status, 0);
    EXPECT_EQ(run({live_cmakes().back(), "-P", script}).status, 1);
  });
}

INSTANTIATE_TEST_SUITE_P(Generators, Plugin, testing::Values("Ninja", "Ninja Multi-Config", "Unix Makefiles"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
                           return name;
                         });

/// With each cmake at hand.
class PluginProject : public testing::TestWithParam<std::string> {};

TEST_P(PluginProject, IsStrictWhenToldTo) {
  // Makefiles leave commands unseen.
  const Consumer consumer(GetParam(), "Unix Makefiles");
  ASSERT_EQ(consumer.configure("package", {"-DAUDIT=STRICT"}).status, 0);
  const ProcessResult result = consumer.make({"--target", "bulkhead"});
  EXPECT_NE(result.status, 0);
  EXPECT_NE(result.out.find("error[blind-spot]"), std::string::npos) << result.out;
}

TEST_P(PluginProject, TakesAPolicyByName) {
  const Consumer consumer(GetParam(), "Ninja");
  write_file(consumer.source() / "ci" / "my policy.toml",
             "[[module]]\nname = \"core\"\ntoggle = \"OFF\"\npaths = [\"core.c\"]\n");
  const ProcessResult configured = consumer.configure("package", {"-DAUDIT=POLICY;ci/my policy.toml;FAIL_ON;warning"});
  ASSERT_EQ(configured.status, 0) << configured.err;
  const ProcessResult result = consumer.make({"--target", "bulkhead"});
  EXPECT_NE(result.out.find("core.c of module core"), std::string::npos) << result.out << result.err;
}

TEST_P(PluginProject, FindsTheBaselineOrTakesOneByName) {
  const Consumer consumer(GetParam(), "Ninja");
  const auto passes = [&consumer](const std::string& audit) {
    EXPECT_EQ(consumer.configure("package", {"-DLEAK=ON", "-DAUDIT=" + audit}).status, 0);
    return consumer.make({"--target", "bulkhead"}).status == 0;
  };
  EXPECT_FALSE(passes(""));
  const fs::path found = consumer.source() / "bulkhead.baseline";
  ASSERT_EQ(bulkhead({"baseline", "update", "-B", consumer.build().string()}).status, 0);
  ASSERT_TRUE(fs::exists(found)) << "beside the top CMakeLists.txt, for the modules are declared there";
  EXPECT_TRUE(passes(""));
  EXPECT_TRUE(passes("ON_BUILD"));
  EXPECT_FALSE(passes("BASELINE;none"));
  fs::create_directory(consumer.source() / "ci");
  fs::rename(found, consumer.source() / "ci" / "my baseline");
  EXPECT_FALSE(passes(""));
  EXPECT_TRUE(passes("BASELINE;ci/my baseline"));
  const ProcessResult missing = consumer.configure("package", {"-DAUDIT=BASELINE;nowhere"});
  EXPECT_NE(missing.status, 0);
  EXPECT_NE(missing.err.find("BASELINE: there is no file"), std::string::npos) << missing.err;
}

TEST_P(PluginProject, NamesBothPlacesOfAModuleThatIsDeclaredTwice) {
  const Consumer consumer(GetParam(), "Ninja");
  write_file(consumer.source() / "bulkhead.toml",
             "# mine\n[[module]]\nname = \"opt\"\ntoggle = \"USE_OPT\"\npaths = [\"opt/files/**\"]\n");
  ASSERT_EQ(consumer.configure("package", {}).status, 0);
  const ProcessResult result = consumer.make({"--target", "bulkhead"});
  EXPECT_NE(result.status, 0);
  const std::string text = result.out + result.err;
  EXPECT_NE(text.find("error: there are two modules 'opt'\n  --> " + (consumer.source() / "bulkhead.toml").string() +
                      ":3:8\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("= help: the first is at " + (consumer.source() / "opt" / "CMakeLists.txt").string() + ":6\n"),
            std::string::npos)
      << text;
}

TEST_P(PluginProject, PointsIntoTheCallThatIsWrong) {
  const Consumer consumer(GetParam(), "Ninja");
  replace_in_file(consumer.source() / "opt" / "CMakeLists.txt", "files/**", "files/");
  ASSERT_EQ(consumer.configure("package", {}).status, 0);
  const ProcessResult result = consumer.make({"--target", "bulkhead"});
  EXPECT_NE((result.out + result.err)
                .find("error: the pattern ends in `/`, and no path does\n  --> " +
                      (consumer.source() / "opt" / "CMakeLists.txt").string() + ":6:58\n"),
            std::string::npos)
      << result.out << result.err;
}

// Before CMake 4.1 nothing in a reply tells that a later run of CMake has failed.
TEST_P(PluginProject, DoesNotCheckTheReplyOfAnEarlierRun) {
  const Consumer consumer(GetParam(), "Ninja");
  ASSERT_EQ(consumer.configure("package", {"-DTESTED=ON"}).status, 0);
  EXPECT_EQ(consumer.ctest({"-L", "bulkhead", "--no-tests=error"}).status, 0);
  write_file(consumer.source() / "opt" / "CMakeLists.txt",
             read_file(consumer.source() / "opt" / "CMakeLists.txt") +
                 "target_include_directories(core PUBLIC ${PROJECT_SOURCE_DIR}/opt)\n"
                 "install(TARGETS core EXPORT all DESTINATION lib)\ninstall(EXPORT all DESTINATION lib)\n");
  ASSERT_NE(consumer.configure("package", {}).status, 0) << "an installed target with a path of the source tree";
  EXPECT_NE(consumer.ctest({"-L", "bulkhead", "--no-tests=error"}).status, 0);
}

// What ninja has built before it runs the check must not be built again: the check may have CMake run.
TEST_P(PluginProject, CompilesNothingTwice) {
  for (const std::string audit : {"", "ON_BUILD"}) {
    const Consumer consumer(GetParam(), "Ninja");
    for (int i = 0; i < 12; ++i) {
      write_file(consumer.source() / fmt::format("more{}.c", i), fmt::format("int more{}(void) {{ return 1; }}\n", i));
    }
    replace_in_file(consumer.source() / "CMakeLists.txt", "core.c",
                    "core.c more0.c more1.c more2.c more3.c more4.c more5.c more6.c more7.c more8.c more9.c more10.c "
                    "more11.c");
    ASSERT_EQ(consumer.configure("package", {"-DAUDIT=" + audit}).status, 0);
    const Words targets = {"--target", "all", "bulkhead", "-j2"};
    EXPECT_GT(count(consumer.make(targets).out, "Building C object"), 0U) << "some lines are lost while the check runs";
    // Without the check, which has the terminal for itself: no line is lost.
    EXPECT_NE(consumer.make({"--target", "all"}).out.find("no work to do"), std::string::npos) << audit;
    // And in the middle of a build
    fs::remove_all(consumer.build() / ".cmake" / "api" / "v1" / "reply");
    for (int i = 0; i < 12; ++i) write_file(consumer.source() / fmt::format("more{}.c", i), "");
    EXPECT_GT(count(consumer.make(targets).out, "Building C object"), 0U);
    EXPECT_EQ(count(consumer.make({"--target", "all"}).out, "Building C object"), 0U) << audit;
  }
}

TEST_P(PluginProject, MendsATreeThatSomebodyHasCleanedUp) {
  const Consumer consumer(GetParam(), "Ninja");
  ASSERT_EQ(consumer.configure("package", {}).status, 0);
  for (int i = 0; i < 2; ++i) {
    fs::remove_all(consumer.build() / ".cmake");
    const ProcessResult result = consumer.make({"--target", "bulkhead-report"});
    EXPECT_EQ(result.status, 0) << result.out << result.err;
  }
}

// A toggle may be a variable of the directory that declares the module.
TEST_P(PluginProject, KnowsWhatAToggleIsWhereItIsAskedFor) {
  const Consumer consumer(GetParam(), "Ninja");
  const fs::path lists = consumer.source() / "opt" / "CMakeLists.txt";
  write_file(lists, read_file(lists) + "set(USE_OPT OFF)\n");
  ASSERT_EQ(consumer.configure("package", {"-DUSE_OPT=ON", "-DLEAK=ON"}).status, 0);
  const ProcessResult result = consumer.make({"--target", "bulkhead"});
  EXPECT_NE(result.out.find("but USE_OPT is off"), std::string::npos) << result.out;
}

TEST_P(PluginProject, TakesOtherNamesOfTargets) {
  const Consumer consumer(GetParam(), "Ninja");
  replace_in_file(consumer.source() / "CMakeLists.txt", "option(LEAK", "add_custom_target(bulkhead)\noption(LEAK");
  EXPECT_NE(consumer.configure("package", {}).status, 0);
  ASSERT_EQ(consumer.configure("package", {"-DAUDIT=TARGET;isolation;ON_BUILD"}).status, 0);
  EXPECT_NE(consumer.make({"--target", "isolation"}).out.find("\n0 errors, "), std::string::npos);
  EXPECT_EQ(consumer.make({"--target", "isolation-report"}).status, 0);
}

TEST_P(PluginProject, AddsNoWarningToAnOldProject) {
  const Consumer consumer(GetParam(), "Ninja");
  if (consumer.takes_old_projects()) {
    replace_in_file(consumer.source() / "CMakeLists.txt", "VERSION 3.21", "VERSION 3.0");
  } else {
    replace_in_file(consumer.source() / "CMakeLists.txt", "VERSION 3.21", "VERSION 3.5");
  }
  const ProcessResult configured = consumer.configure("package", {"-DAUDIT=ON_BUILD", "-Wno-deprecated"});
  ASSERT_EQ(configured.status, 0) << configured.err;
  EXPECT_EQ(configured.err, "");
  EXPECT_EQ(consumer.make().status, 0);
}

TEST_P(PluginProject, FollowsPresets) {
  const Consumer consumer(GetParam(), "Ninja");
  const nlohmann::json presets = {
      {"version", 3},
      {"configurePresets",
       {{{"name", "leaking"},
         {"generator", "Ninja"},
         {"binaryDir", "${sourceDir}/../build"},
         {"cacheVariables", {{"LEAK", "ON"}, {"CMAKE_PREFIX_PATH", installed().string()}}}}}},
      {"buildPresets", {{{"name", "audit"}, {"configurePreset", "leaking"}, {"targets", {"bulkhead"}}}}}};
  write_file(consumer.source() / "CMakePresets.json", presets.dump());
  const ProcessOptions there{.directory = consumer.source().string()};
  ASSERT_EQ(run({GetParam(), "--preset", "leaking"}, there).status, 0);
  const ProcessResult result = run({GetParam(), "--build", "--preset", "audit"}, there);
  EXPECT_NE(result.status, 0);
  EXPECT_NE(result.out.find("error[off-edge]"), std::string::npos) << result.out << result.err;
}

// The program of the host is run, not one for the machine that is built for, nor by an emulator of it.
TEST_P(PluginProject, RunsTheHostsProgramWhenCrossCompiling) {
  const Consumer consumer(GetParam(), "Ninja");
  write_file(consumer.source() / "toolchain.cmake",
             "set(CMAKE_SYSTEM_NAME Generic)\nset(CMAKE_SYSTEM_PROCESSOR arm)\nset(CMAKE_C_COMPILER cc)\n"
             "set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)\nset(CMAKE_CROSSCOMPILING_EMULATOR /bin/false)\n"
             "set(CMAKE_FIND_ROOT_PATH /nowhere)\nset(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)\n");
  const ProcessResult configured =
      consumer.configure("package", {"--toolchain", (consumer.source() / "toolchain.cmake").string(), "-DTESTED=ON"});
  ASSERT_EQ(configured.status, 0) << configured.err;
  EXPECT_EQ(consumer.make({"--target", "bulkhead"}).status, 0);
  EXPECT_EQ(consumer.ctest({"-L", "bulkhead", "--no-tests=error"}).status, 0);
}

TEST_P(PluginProject, IsQuietAsAPartOfAnotherProject) {
  const TemporaryDirectory directory;
  const Words configure = {GetParam(),
                           "-S",
                           directory / "outer",
                           "-B",
                           directory / "build",
                           "-G",
                           "Ninja",
                           "-DCMAKE_PREFIX_PATH=" + installed().string()};
  fs::create_directories(directory.path() / "outer");
  fs::copy(test_directory() / "consumer" / "project", directory.path() / "outer" / "inner",
           fs::copy_options::recursive);
  write_file(directory.path() / "outer" / "CMakeLists.txt",
             "cmake_minimum_required(VERSION 3.21)\nproject(Outer LANGUAGES C)\nenable_testing()\n"
             "add_subdirectory(inner)\n");
  ASSERT_EQ(run(configure).status, 0);
  const ProcessResult none = run({GetParam(), "--build", directory / "build", "--target", "bulkhead"});
  EXPECT_NE(none.err.find("unknown target 'bulkhead'"), std::string::npos) << none.out << none.err;
  EXPECT_FALSE(fs::exists(directory.path() / "build" / "bulkhead"));
  EXPECT_FALSE(fs::exists(directory.path() / "build" / ".cmake" / "bulkhead"));
  EXPECT_FALSE(fs::exists(directory.path() / "build" / ".cmake" / "api"));

  const ProcessResult asked = run(configure + Words{"-DAUDIT=SUBPROJECT", "-DLEAK=ON"});
  ASSERT_EQ(asked.status, 0) << asked.err;
  const ProcessResult checked = run({GetParam(), "--build", directory / "build", "--target", "bulkhead"});
  EXPECT_NE(checked.out.find("core has inner/opt/files of module opt on its include path"), std::string::npos)
      << checked.out << checked.err;
}

TEST_P(PluginProject, ForgetsModulesThatAreNoLongerDeclared) {
  const Consumer consumer(GetParam(), "Ninja");
  ASSERT_EQ(consumer.configure("package", {}).status, 0);
  EXPECT_EQ(consumer.make({"--target", "bulkhead"}).status, 0);
  ASSERT_EQ(run({GetParam(), "-DWAY=none", consumer.build().string()}).status, 0);
  EXPECT_NE(bulkhead({"check", "-B", consumer.build().string()}).err.find("there is no bulkhead.toml"),
            std::string::npos)
      << "the functions are not there any more";
  ASSERT_EQ(consumer.configure("package", {}).status, 0);
  EXPECT_EQ(bulkhead({"check", "-B", consumer.build().string()}).status, 0);
  replace_in_file(consumer.source() / "CMakeLists.txt", "bulkhead_audit(", "message(STATUS ");
  ASSERT_EQ(consumer.configure("package", {}).status, 0);
  EXPECT_FALSE(fs::exists(consumer.build() / ".cmake" / "bulkhead" / "modules.toml"));
}

INSTANTIATE_TEST_SUITE_P(CMakes, PluginProject, testing::ValuesIn(live_cmakes()),
                         [](const auto& test) { return "CMake" + std::to_string(test.index); });

/// Collapses every run of white space, for CMake wraps its messages.
std::string flat(const std::string& text) {
  std::istringstream words(text);
  std::string flattened;
  for (std::string word; words >> word;) flattened += word + ' ';
  return flattened;
}

TEST(PluginErrors, NameTheArgumentAndTheCall) {
  const fs::path cases = test_directory() / "consumer" / "errors";
  std::size_t ran = 0;
  for (const auto& entry : fs::directory_iterator(cases)) {
    if (entry.path().extension() != ".cmake") continue;
    const std::string name = entry.path().stem().string();
    SCOPED_TRACE(name);
    ++ran;
    for (const std::string& cmake : live_cmakes()) {
      const TemporaryDirectory build;
      const ProcessResult result = run(
          {cmake, "-S", cases.string(), "-B", build / "b", "-DCASE=" + name, "-DBULKHEAD_CMAKE=" + installed_cmake()});
      EXPECT_EQ(result.status, 1);
      const std::string expected = flat(read_file(cases / (name + ".stderr")));
      EXPECT_FALSE(expected.empty());
      EXPECT_NE(flat(result.err).find(expected), std::string::npos) << result.err;
      const std::string function = name.substr(0, name.find('-'));
      EXPECT_NE(result.err.find(fmt::format(" (bulkhead_{})", function)), std::string::npos)
          << "the call is in the stack: " << result.err;
      EXPECT_NE(result.err.find("  " + name + ".cmake:"), std::string::npos) << result.err;
    }
  }
  EXPECT_GE(ran, 18U);
}

TEST(PluginScript, DefinesTheFunctionsButHasNothingToAudit) {
  const TemporaryDirectory directory;
  write_file(directory.path() / "script.cmake", "include(\"" + installed_cmake() + "/Bulkhead.cmake\")\n");
  const ProcessResult result = run({cmake_command(), "-P", directory / "script.cmake"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.out + result.err, "");
  write_file(directory.path() / "script.cmake",
             "include(\"" + installed_cmake() + "/Bulkhead.cmake\")\nbulkhead_audit()\n");
  EXPECT_NE(flat(run({cmake_command(), "-P", directory / "script.cmake"}).err)
                .find("bulkhead_audit(): a script has no build to audit; it can run 'bulkhead check -B <build>'"),
            std::string::npos);
}

TEST(PluginFiles, SayTheSameAsTheProgram) {
  const TemporaryDirectory directory;
  ASSERT_EQ(bulkhead({"query", "-B", directory / "b"}).status, 0);
  EXPECT_EQ(read_file(directory.path() / "b/.cmake/api/v1/query/client-bulkhead/query.json"),
            read_file(fs::path(repository()) / "cmake" / "BulkheadQuery.json"));
  // FORMATS takes what --format takes.
  const std::string help = flat(bulkhead({"check", "--help"}).out);
  const std::size_t begin = help.find("Formats: ") + 9;
  std::string formats = help.substr(begin, help.find(" --", begin) - begin);
  std::erase(formats, ',');
  const std::string plugin = read_file(fs::path(repository()) / "cmake" / "Bulkhead.cmake");
  EXPECT_NE(plugin.find("set(names " + formats + ")"), std::string::npos) << formats;
}

TEST(PluginPackage, HasTheVersionOfTheProgram) {
  const TemporaryDirectory directory;
  const auto finds = [&directory](const std::string& version) {
    write_file(directory.path() / "s" / "CMakeLists.txt",
               "cmake_minimum_required(VERSION 3.21)\nproject(P NONE)\nfind_package(Bulkhead " + version +
                   ")\nmessage(STATUS \"found '${Bulkhead_VERSION}'\")\n");
    return run({cmake_command(), "-S", directory / "s", "-B", directory / "b",
                "-DCMAKE_PREFIX_PATH=" + installed().string()})
        .out;
  };
  const std::string version = bulkhead({"--version"}).out;
  const std::string number = version.substr(9, version.size() - 10);
  EXPECT_NE(finds(number).find("found '" + number + "'"), std::string::npos);
  EXPECT_NE(finds("99").find("found ''"), std::string::npos);
}

// The archive as it is; the package with what dpkg asks for.
TEST(PluginPackage, IsPackedForUse) {
  const TemporaryDirectory directory;
  const bool debian = run({"sh", "-c", "command -v dpkg-shlibdeps"}).status == 0;
  const std::string config = std::string(BULKHEAD_BUILD_DIRECTORY) + "/CPackConfig.cmake";
  const std::string cpack = (fs::path(cmake_command()).parent_path() / "cpack").string();
  const ProcessResult packed =
      run({cpack, "--config", config, "-G", debian ? "DEB;TGZ" : "TGZ", "-B", directory / "packages"});
  ASSERT_EQ(packed.status, 0) << packed.out << packed.err;
  fs::remove_all(directory.path() / "packages" / "_CPack_Packages");
  std::size_t used = 0;
  for (const auto& entry : fs::directory_iterator(directory.path() / "packages")) {
    const bool is_deb = entry.path().extension() == ".deb";
    const fs::path root = directory.path() / (is_deb ? "deb" : "tgz");
    fs::create_directories(root);
    if (is_deb) {
      EXPECT_EQ(run({"dpkg-deb", "-x", entry.path().string(), root.string()}).status, 0);
      const std::string control = run({"dpkg-deb", "-I", entry.path().string()}).out;
      for (const char* field : {"\n Package: bulkhead\n", "\n Depends: ", "libgvc6", "libstdc++6", "\n Maintainer: "}) {
        EXPECT_NE(control.find(field), std::string::npos) << field << control;
      }
      EXPECT_TRUE(fs::exists(root / "usr/share/doc/bulkhead/copyright"));
    } else {
      EXPECT_EQ(run({cmake_command(), "-E", "tar", "xf", entry.path().string()}, {.directory = root.string()}).status,
                0);
    }
    const fs::path prefix = is_deb ? root / "usr" : fs::directory_iterator(root)->path();
    EXPECT_EQ(run({(prefix / "bin" / "bulkhead").string(), "--version"}).status, 0);
    const Consumer consumer(cmake_command(), "Ninja");
    ASSERT_EQ(consumer.configure("package", {"-DCMAKE_PREFIX_PATH=" + prefix.string()}).status, 0);
    EXPECT_EQ(consumer.make({"--target", "bulkhead"}).status, 0);
    EXPECT_NE(read_file(consumer.home() / "check.cmake").find((prefix / "bin" / "bulkhead").string()),
              std::string::npos);
    ++used;
  }
  EXPECT_EQ(used, debian ? 2U : 1U);
}

// Built apart: nothing of Bulkhead's own build shows in the project that fetches it.
TEST(PluginFromSource, LeaksNothing) {
  const Consumer consumer(cmake_command(), "Ninja");
  const ProcessResult configured = consumer.configure(
      "fetch", {"-DBULKHEAD_PROGRAM=", "-DTESTED=ON", "-DCMAKE_C_FLAGS=-Werror -Dfoo=bar", "-DCMAKE_CXX_STANDARD=11"});
  ASSERT_EQ(configured.status, 0) << configured.err;
  const std::string cache = read_file(consumer.build() / "CMakeCache.txt");
  for (const char* name : {"BULKHEAD_BUILD", "BULKHEAD_SANITIZE", "fmt_DIR", "simdjson_DIR", "\nCPACK_", "Graphviz"}) {
    EXPECT_EQ(cache.find(name), std::string::npos) << name;
  }
  EXPECT_NE(consumer.ctest({"-N"}).out.find("Total Tests: 1\n"), std::string::npos);
  EXPECT_EQ(read_file(consumer.build() / "cmake_install.cmake").find("bin/bulkhead"), std::string::npos);
  const ProcessResult targets = consumer.make({"--target", "help"});
  for (const char* name : {"bulkhead_graph", "bulkhead_test_support", "package:"}) {
    EXPECT_EQ(targets.out.find(name), std::string::npos) << targets.out;
  }
  EXPECT_NE(targets.out.find("bulkhead-tool:"), std::string::npos) << targets.out;
  if (std::getenv("BULKHEAD_TEST_SOURCE_BUILD") == nullptr) {
    GTEST_SKIP() << "builds the whole program; set BULKHEAD_TEST_SOURCE_BUILD=1 to have it";
  }
  const ProcessResult checked = consumer.make({"--target", "bulkhead"});
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  EXPECT_NE(checked.out.find("\n0 errors, "), std::string::npos) << checked.out;
  const ProcessResult again = consumer.make({"--target", "bulkhead"});
  EXPECT_EQ(again.out.find("Building Bulkhead"), std::string::npos) << "once: " << again.out;
}

}  // namespace
}  // namespace bulkhead::test
