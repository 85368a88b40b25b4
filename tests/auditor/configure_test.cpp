// bulkhead configure: real projects, by the cmakes at hand. A shell script stands in for cmake only to show what it was
// given.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* capture_file = ".cmake/bulkhead/BulkheadCapture.cmake";

/// The value of a cache entry; empty when there is none.
std::string cache_entry(const fs::path& build, const std::string& name) {
  const std::string cache = "\n" + read_file(build / "CMakeCache.txt");
  const std::size_t at = cache.find("\n" + name + ":");
  if (at == std::string::npos) return {};
  const std::size_t begin = cache.find('=', at) + 1;
  return cache.substr(begin, cache.find('\n', begin) - begin);
}

/// A copy of a fixture project in a directory whose name has spaces, and its build tree.
class Project {
 public:
  explicit Project(const std::string& name) {
    fs::create_directories(root());
    fs::copy(test_directory() / "projects" / name, source(), fs::copy_options::recursive);
  }
  [[nodiscard]] fs::path root() const { return directory_.path() / "a b"; }
  [[nodiscard]] std::string source() const { return (root() / "source").string(); }
  [[nodiscard]] std::string build() const { return (root() / "build").string(); }
  [[nodiscard]] std::string capture() const { return (fs::path(build()) / capture_file).string(); }

  /// `bulkhead configure` in the source directory.
  [[nodiscard]] ProcessResult configure(const std::vector<std::string>& arguments) const {
    std::vector<std::string> words = {"configure"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return bulkhead(words, {.directory = source()});
  }
  /// Makes a script that cmake is to be, and returns its path.
  [[nodiscard]] std::string script(const std::string& text) const {
    const fs::path path = directory_.path() / "cmake";
    write_file(path, "#!/bin/sh\n" + text);
    fs::permissions(path, fs::perms::owner_all);
    return path.string();
  }

 private:
  TemporaryDirectory directory_;
};

/// With each generator, and each cmake at hand.
class Configure : public testing::TestWithParam<std::string> {
 protected:
  template <class Check>
  void with_each_cmake(const std::string& project, Check&& check) const {
    for (const std::string& cmake : live_cmakes()) {
      SCOPED_TRACE(cmake);
      check(Project(project), cmake, GetParam());
    }
  }
};

TEST_P(Configure, ANewTreeAnswersInTheFirstRunAndAgainInTheSecond) {
  with_each_cmake("clean", [](const Project& project, const std::string& cmake, const std::string& generator) {
    const ProcessResult first =
        project.configure({"--cmake", cmake, "-S", ".", "-B", project.build(), "-G", generator});
    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_NE(first.out.find("\n0 errors, "), std::string::npos) << first.out;
    EXPECT_NE(first.err.find("Build files have been written to"), std::string::npos) << first.err;
    EXPECT_EQ(cache_entry(project.build(), "CMAKE_PROJECT_TOP_LEVEL_INCLUDES"), project.capture());

    // A newer file would make the build configure again.
    const auto written = fs::last_write_time(project.capture());
    for (const std::vector<std::string>& again : {std::vector<std::string>{project.build()}, {"../build", "-DX=1"}}) {
      std::vector<std::string> arguments = {"--cmake", cmake};
      arguments.insert(arguments.end(), again.begin(), again.end());
      const ProcessResult second = project.configure(arguments);
      EXPECT_EQ(second.status, 0) << second.err;
      EXPECT_EQ(second.out, first.out);
    }
    EXPECT_EQ(fs::last_write_time(project.capture()), written);
    EXPECT_EQ(cache_entry(project.build(), "CMAKE_PROJECT_TOP_LEVEL_INCLUDES"), project.capture());
  });
}

TEST_P(Configure, SaysWhatQueryAndCheckSay) {
  with_each_cmake("kinds", [](const Project& project, const std::string& cmake, const std::string& generator) {
    const ProcessResult configured = project.configure(
        {"--cmake", cmake, "--format", "json", "--", "-S", ".", "-B", project.build(), "-G", generator});
    EXPECT_EQ(configured.status, 1) << configured.err;
    EXPECT_TRUE(nlohmann::json::accept(configured.out)) << configured.out;
    const ProcessResult checked = bulkhead({"check", "-B", project.build(), "--format", "json"});
    EXPECT_EQ(configured.out, checked.out);
    EXPECT_EQ(count(configured.out, "the capture is of another configure"), 0U) << configured.out;
    EXPECT_EQ(configured.out.find("BulkheadCapture"), std::string::npos) << "our own file is no edge of the project";
  });
}

TEST_P(Configure, TheUsersOwnIncludesTakeEffectToo) {
  with_each_cmake("clean", [](const Project& project, const std::string& cmake, const std::string& generator) {
    const std::string own = (project.root() / "own.cmake").string();
    write_file(own, "message(STATUS \"own include\")\n");
    const ProcessResult first = project.configure({"--cmake", cmake, "-S", ".", "-B", project.build(), "-G", generator,
                                                   "-DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=" + own});
    EXPECT_EQ(first.status, 0) << first.err;
    const ProcessResult second = project.configure({"--cmake", cmake, project.build()});
    EXPECT_EQ(second.status, 0) << second.err;
    EXPECT_EQ(count(first.err, "own include"), 1U) << first.err;
    EXPECT_EQ(count(second.err, "own include"), 1U) << second.err;
    EXPECT_EQ(cache_entry(project.build(), "CMAKE_PROJECT_TOP_LEVEL_INCLUDES"), own + ";" + project.capture());
    const std::string files = read_file(find_reply_file(project.build(), "cmakeFiles-v1-"));
    EXPECT_NE(files.find("BulkheadCapture.cmake"), std::string::npos) << "CMake did not read the capture";
  });
}

TEST_P(Configure, TakesPresets) {
  with_each_cmake("clean", [](const Project& project, const std::string& cmake, const std::string& generator) {
    const std::string own = (project.root() / "own.cmake").string();
    write_file(own, "message(STATUS \"own include\")\n");
    const nlohmann::json presets = {
        {"version", 3},
        {"configurePresets",
         {{{"name", "off"},
           {"generator", generator},
           {"binaryDir", "${sourceDir}/../build"},
           {"cacheVariables", {{"USE_OPT", "OFF"}, {"CMAKE_PROJECT_TOP_LEVEL_INCLUDES", own}}}}}}};
    write_file(fs::path(project.source()) / "CMakePresets.json", presets.dump());
    for (int run = 0; run < 2; ++run) {
      const ProcessResult result = project.configure({"--cmake", cmake, "--preset", "off"});
      EXPECT_EQ(result.status, 0) << result.err;
      EXPECT_NE(result.out.find("\n0 errors, "), std::string::npos) << result.out;
      EXPECT_EQ(count(result.err, "-- own include"), 1U) << result.err;
      EXPECT_EQ(cache_entry(project.build(), "CMAKE_PROJECT_TOP_LEVEL_INCLUDES"), own + ";" + project.capture());
    }
  });
}

TEST_P(Configure, OutlivesARegenerationByTheBuild) {
  with_each_cmake("clean", [](const Project& project, const std::string& cmake, const std::string& generator) {
    EXPECT_EQ(project.configure({"--cmake", cmake, "-S", ".", "-B", project.build(), "-G", generator}).status, 0);
    const fs::path before = find_reply_file(project.build(), "index-");
    const fs::path lists = fs::path(project.source()) / "CMakeLists.txt";
    write_file(lists, read_file(lists) + "add_custom_target(late)\nmessage(STATUS \"again\")\n");
    const ProcessResult built = run({cmake, "--build", project.build()});
    EXPECT_EQ(built.status, 0) << built.out << built.err;
    EXPECT_NE(built.out.find("-- again"), std::string::npos) << built.out;
    EXPECT_NE(find_reply_file(project.build(), "index-"), before);
    EXPECT_NO_THROW((void)find_reply_file(project.build(), "target-late-"));
    EXPECT_NE(read_file(find_reply_file(project.build(), "cmakeFiles-v1-")).find("BulkheadCapture.cmake"),
              std::string::npos);
  });
}

TEST_P(Configure, AFreshStartAnswersToo) {
  with_each_cmake("clean", [](const Project& project, const std::string& cmake, const std::string& generator) {
    for (int run = 0; run < 2; ++run) {
      const ProcessResult result =
          project.configure({"--cmake", cmake, "--fresh", "-S", ".", "-B", project.build(), "-G", generator});
      EXPECT_EQ(result.status, 0) << result.err;
      EXPECT_EQ(cache_entry(project.build(), "CMAKE_PROJECT_TOP_LEVEL_INCLUDES"), project.capture());
    }
  });
}

TEST_P(Configure, ASourceDirectoryAloneBuildsWhereItStands) {
  with_each_cmake("clean", [](const Project& project, const std::string& cmake, const std::string& generator) {
    fs::create_directory(project.build());
    const ProcessResult result =
        bulkhead({"configure", "--cmake", cmake, "../source", "-G", generator}, {.directory = project.build()});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_TRUE(fs::exists(project.capture()));
  });
}

TEST_P(Configure, PassesOnThatTheProjectDoesNotConfigure) {
  with_each_cmake("clean", [](const Project& project, const std::string& cmake, const std::string& generator) {
    const std::vector<std::string> arguments = {"--cmake", cmake, "-S", ".", "-B", project.build(), "-G", generator};
    EXPECT_EQ(project.configure(arguments).status, 0);
    const fs::path lists = fs::path(project.source()) / "CMakeLists.txt";
    write_file(lists, read_file(lists) + "message(FATAL_ERROR \"no such luck\")\n");
    for (int run = 0; run < 2; ++run) {  // with the old reply at hand, and without any
      const ProcessResult result = project.configure(arguments);
      EXPECT_EQ(result.status, 2);
      EXPECT_EQ(result.out, "");
      EXPECT_NE(result.err.find("no such luck"), std::string::npos) << result.err;
      EXPECT_TRUE(
          result.err.ends_with("error: cmake failed with exit status 1, so there is nothing to audit\n"
                               "  = help: mend what it says above\n"))
          << result.err;
      fs::remove_all(project.build());
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Generators, Configure, testing::Values("Ninja", "Unix Makefiles"),
                         [](const auto& test) { return test.param == "Ninja" ? "Ninja" : "Makefiles"; });

TEST(ConfigureArguments, GoToCMakeAsTheyAre) {
  const Project project("clean");
  const std::string seen = (project.root() / "seen").string();
  const std::string cmake = project.script(fmt::format("for word; do printf '[%s]' \"$word\"; done >'{}'\n", seen));
  const auto given = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {"--cmake", cmake};
    words.insert(words.end(), arguments.begin(), arguments.end());
    fs::remove(seen);
    (void)project.configure(words);
    const std::string text = read_file(seen);
    const std::size_t ours = text.rfind("[-C][");
    return ours == std::string::npos ? text : text.substr(0, ours);
  };
  EXPECT_EQ(given({"-DFOO=a b", "-G", "Unix Makefiles", "", "-D", "X=", "*", "$HOME", "src"}),
            "[-DFOO=a b][-G][Unix Makefiles][][-D][X=][*][$HOME][src]");
  EXPECT_EQ(given({"-S", ".", "--strict", "-q", "--format", "json", "--", "-h"}),
            "[-S][.][--strict][-q][--format][json][--][-h]")
      << "ours end at the first that is not";
  EXPECT_EQ(given({"--", "--strict", "--format", "nonsense", "check"}), "[--strict][--format][nonsense][check]");
  EXPECT_EQ(given({"--", "--", "x"}), "[--][x]");
  EXPECT_EQ(given({"--strict", "--format=text", "-v", "--color", "never", "--fail-on", "warning", "why"}), "[why]")
      << "a directory may be called like a command";
  EXPECT_EQ(given({"", "--strict"}), "[][--strict]");
}

TEST(ConfigureArguments, AreRefusedWhereCMakeWouldDoSomethingElse) {
  const TemporaryDirectory out;
  for (const std::string mode : {"--build", "--install", "--open", "--workflow", "-E", "-P", "-Pscript", "-N",
                                 "--find-package", "--help", "--help-modules", "--system-information"}) {
    const ProcessResult result = bulkhead({"configure", "--cmake", "/none", "-S", out / "x", mode, "build"});
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.err, "error: cmake " + mode +
                              " does not configure\n"
                              "  = help: give the arguments of a configure: bulkhead configure -S . -B build\n");
  }
  EXPECT_EQ(bulkhead({"configure", "--cmake", "/none", "-S", ".", "-B"}).err, "error: cmake's -B lacks its value\n");
  EXPECT_TRUE(bulkhead({"configure"}).err.starts_with("error: there are no arguments for cmake\n"));
  EXPECT_TRUE(
      bulkhead({"configure", "--format", "jsn", "-S", "."}).err.starts_with("error: there is no format 'jsn'\n"))
      << "before cmake runs";
  EXPECT_EQ(bulkhead({"configure", "--policy"}).status, 2);
}

TEST(ConfigureProgram, IsMissing) {
  const ProcessResult result = bulkhead({"configure", "--cmake", "no-such-cmake", "-S", "."});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err,
            "error: cannot run 'no-such-cmake': No such file or directory\n"
            "  = help: install CMake, or name its program with --cmake\n");
  EXPECT_EQ(bulkhead({"configure", "-S", "."}, {.environment = {"PATH=/none"}}).err.substr(0, 26),
            "error: cannot run 'cmake':");
}

TEST(ConfigureProgram, IsEndedByASignal) {
  const Project project("clean");
  const ProcessResult result = project.configure({"--cmake", project.script("kill -KILL $$\n"), "-S", "."});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err, "error: cmake was ended by signal 9 (Killed), so there is nothing to audit\n");
}

TEST(ConfigureProgram, ConfiguresNothing) {
  const ProcessResult result = bulkhead({"configure", "--cmake", cmake_command(), "--", "--version"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find("cmake version "), std::string::npos);
  EXPECT_NE(result.err.find("error: cmake configured nothing, so there is nothing to audit\n"), std::string::npos);
}

// An interrupt from the keyboard reaches both; what asks only bulkhead to stop is passed on. Neither leaves files
// behind.
TEST(ConfigureProgram, IsStoppedWithUs) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const Project project("clean");
    const std::string stopped = (project.root() / "stopped").string();
    // The child of the script is what the terminal would have interrupted.
    const std::string cmake =
        project.script(fmt::format("trap 'echo >\"{}\"; exit 1' TERM INT\nkill -{} $PPID\n{}sleep 5 & wait\n", stopped,
                                   signal, signal == SIGINT ? "kill -INT $$\n" : ""));
    const fs::path scratch = project.root() / "scratch";
    fs::create_directory(scratch);
    const ProcessResult result =
        bulkhead({"configure", "--cmake", cmake, "-S", "."}, {.environment = {"TMPDIR=" + scratch.string()}});
    EXPECT_EQ(result.status, 128 + signal) << result.err;
    EXPECT_TRUE(fs::exists(stopped));
    EXPECT_TRUE(fs::is_empty(scratch)) << "the scratch directory stays";
  }
}

// There is no CMake before 3.24 at hand; this one says that it is.
TEST(ConfigureProgram, IsTooOldForTheCapture) {
  const Project project("clean");
  const std::string cmake = project.script(fmt::format(
      "for last; do :; done\nsed -i '1i set(CMAKE_VERSION 3.22.1)' \"$last\"\nexec '{}' \"$@\"\n", cmake_command()));
  const ProcessResult result = project.configure({"--cmake", cmake, "-S", ".", "-B", project.build()});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(count(result.err, "configure: CMake 3.22.1 cannot take the capture, 3.24 can"), 1U) << result.err;
  EXPECT_EQ(cache_entry(project.build(), "CMAKE_PROJECT_TOP_LEVEL_INCLUDES"), "");
}

TEST(ConfigureOutput, GoesWhereItBelongs) {
  const Project project("sample");
  const std::vector<std::string> arguments = {"--cmake", cmake_command(), "-S", ".", "-B", project.build()};
  const auto with = [&](std::vector<std::string> options) {
    options.insert(options.end(), arguments.begin(), arguments.end());
    return project.configure(options);
  };
  const ProcessResult only = with({"--no-check"});
  EXPECT_EQ(only.status, 0);
  EXPECT_EQ(only.out, "");
  EXPECT_TRUE(only.err.ends_with("\nnext: bulkhead check -B " + project.build() + "\n")) << only.err;
  const ProcessResult quiet = with({"-q"});
  EXPECT_EQ(quiet.status, 1);
  EXPECT_EQ(quiet.err, "");
  EXPECT_EQ(quiet.out, bulkhead({"check", "-B", project.build()}).out);
  const ProcessResult file = with({"--format", "json=report.json", "--configuration", "", "-q"});
  EXPECT_EQ(file.out + file.err, "");
  EXPECT_TRUE(nlohmann::json::accept(read_file(fs::path(project.source()) / "report.json")));

  fs::remove(fs::path(project.source()) / "bulkhead.toml");
  const ProcessResult without = with({"-q"});
  EXPECT_EQ(without.status, 2);
  EXPECT_TRUE(without.err.starts_with("error: there is no bulkhead.toml in ")) << without.err;
}

}  // namespace
}  // namespace bulkhead::test
