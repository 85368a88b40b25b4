// Includes of a module that is off: small projects, configured and built by the real tools, and what a check says of
// them before and after the build.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

using Files = std::vector<std::pair<std::string, std::string>>;

constexpr const char* policy =
    "[[module]]\nname = \"o\"\ntoggle = \"O\"\npaths = [\"opt/**\"]\n"
    "[[module]]\nname = \"p\"\ntoggle = \"P\"\npaths = [\"part/**\"]\n";
constexpr const char* project_text =
    "cmake_minimum_required(VERSION 3.21)\nproject(small CXX)\noption(O \"\" OFF)\noption(P \"\" OFF)\n"
    "add_library(core STATIC core.cpp)\n";

/// The modules o in opt/ and p in part/, both off, and a library of the core.
class Project {
 public:
  explicit Project(const Files& files, std::string generator = "Ninja") : generator_(std::move(generator)) {
    write("CMakeLists.txt", project_text);
    write("bulkhead.toml", policy);
    write("opt/o.h", "#pragma once\n");
    write("part/p.h", "#pragma once\n");
    for (const auto& [file, text] : files) write(file, text);
    const ProcessResult configured = bulkhead({"configure", "-q", "--no-check", "--cmake", live_cmakes().back(), "-G",
                                               generator_, "-S", source(), "-B", build()});
    EXPECT_EQ(configured.status, 0) << configured.err;
  }
  [[nodiscard]] fs::path source() const { return directory_ / "source"; }
  [[nodiscard]] fs::path build() const { return directory_ / "build"; }
  void write(const std::string& file, const std::string& text) const { write_file(source() / file, text); }
  void make() const {
    const ProcessResult made = run({live_cmakes().back(), "--build", build()});
    ASSERT_EQ(made.status, 0) << made.out << made.err;
  }
  [[nodiscard]] ProcessResult check(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"check", "-B", build().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return bulkhead(arguments);
  }
  [[nodiscard]] json report(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--format", "json"});
    const ProcessResult result = check(more);
    EXPECT_NE(result.status, 2) << result.err;
    return json::parse(result.out);
  }

 private:
  TemporaryDirectory directory_;
  std::string generator_;
};

/// Each include finding as "SEVERITY FILE:LINE -> HEADER", in the order of the report.
std::vector<std::string> includes(const json& report) {
  std::vector<std::string> lines;
  for (const json& finding : report.at("findings")) {
    if (!finding.contains("edge") || finding["edge"]["kind"] != "include") continue;
    const json& evidence = finding.at("evidence").at(0);
    lines.push_back(fmt::format("{} {}:{} -> {}", finding["severity"].get<std::string>(),
                                evidence["file"].get<std::string>(), evidence.value("line", 0),
                                finding["edge"]["to"].get<std::string>().substr(5)));
  }
  return lines;
}

const json& module_named(const json& report, const std::string& name) {
  for (const json& one : report.at("modules")) {
    if (one["name"] == name) return one;
  }
  throw std::runtime_error("no module " + name);
}

std::string verdict(const json& report, const std::string& name) {
  return module_named(report, name)["verdict"].get<std::string>();
}

/// Makefiles leave commands unseen, and a verdict unproven.
bool sees_includes(const json& report, const std::string& module) {
  const json& kinds = module_named(report, module)["blind_spots"];
  return std::find(kinds.begin(), kinds.end(), "include") == kinds.end();
}

const json& finding_of(const json& report, std::size_t index) {
  std::size_t seen = 0;
  for (const json& finding : report.at("findings")) {
    if (finding.contains("edge") && finding["edge"]["kind"] == "include" && seen++ == index) return finding;
  }
  throw std::runtime_error("no such finding");
}

TEST(IncludesLive, TellOfALineOnceHoweverManySourcesReachIt) {
  const Project project(Files{{"CMakeLists.txt", std::string(project_text) + "add_executable(app app.cpp core.cpp)\n"},
                              {"core.cpp", "#include \"registry.h\"\n"},
                              {"app.cpp", "#include \"between.h\"\nint main() {}\n"},
                              {"between.h", "#include \"registry.h\"\n"},
                              {"registry.h", "\n#include \"opt/o.h\"\n"}});
  const json report = project.report();
  EXPECT_EQ(includes(report), std::vector<std::string>{"error registry.h:2 -> opt/o.h"});
  const json& finding = finding_of(report, 0);
  EXPECT_EQ(finding["evidence"][0]["stack"], json::parse(R"(["core.cpp:1", "registry.h:2"])"));
  EXPECT_EQ(finding["inherited_by"], json::parse(R"(["target:app", "target:core"])"));
  EXPECT_EQ(verdict(report, "o"), "violated");
  EXPECT_EQ(verdict(report, "p"), "isolated");
  EXPECT_EQ(project.check().status, 1);
}

TEST(IncludesLive, KnowTheTogglesOwnGuard) {
  const std::string guarded = "#include \"config.h\"\n#ifdef USE_O\n#include \"opt/o.h\"\n#endif\n";
  const Project kept(Files{{"core.cpp", guarded}, {"config.h", "/* #undef USE_O */\n"}});
  EXPECT_EQ(includes(kept.report()), std::vector<std::string>());
  EXPECT_EQ(verdict(kept.report(), "o"), "isolated");

  const std::string named = std::string(policy) +
                            "[[module]]\nname = \"q\"\ntoggle = \"O\"\npaths = [\"q/**\"]\n"
                            "defines = [\"USE_O\"]\n";
  const Project broken(Files{{"core.cpp", "#include \"config.h\"\n#ifdef USE_O\n#include \"q/q.h\"\n#endif\n"},
                             {"config.h", "#ifndef CONFIG_H\n#define CONFIG_H\n#define USE_O 1\n#endif\n"},
                             {"q/q.h", ""},
                             {"bulkhead.toml", named}});
  const json report = broken.report();
  EXPECT_EQ(includes(report), std::vector<std::string>{"error core.cpp:3 -> q/q.h"});
  EXPECT_EQ(finding_of(report, 0)["message"],
            "core.cpp includes q/q.h of module q, guarded by USE_O: '#ifdef USE_O' holds here, although O is off");
  EXPECT_EQ(finding_of(report, 0)["evidence"][0]["conditions"], json::parse(R"(["core.cpp:2: #ifdef USE_O"])"));
  EXPECT_NE(broken.check().out.find("= under: core.cpp:2: #ifdef USE_O"), std::string::npos);
}

TEST(IncludesLive, SayWhichBranchAnElseBelongsTo) {
  const Project project(Files{{"core.cpp", "#include \"guarded.h\"\n"},
                              {"guarded.h",
                               "#ifndef GUARDED_H\n#define GUARDED_H\n#ifdef SMALL\n#else\n#include \"opt/o.h\"\n"
                               "#endif\n#endif\n"}});
  const json report = project.report();
  // The guard of the header itself is no news.
  EXPECT_EQ(finding_of(report, 0)["evidence"][0]["conditions"],
            json::parse(R"(["guarded.h:4: #else of #ifdef SMALL"])"));
}

TEST(IncludesLive, WarnOfWhatCannotBeTold) {
  const Project project(Files{{"core.cpp", "#if __COUNTER__ == 7\n#include \"opt/o.h\"\n#endif\n"}});
  const json report = project.report();
  EXPECT_EQ(includes(report), std::vector<std::string>{"warning core.cpp:2 -> opt/o.h"});
  EXPECT_EQ(verdict(report, "o"), "unproven");
  EXPECT_EQ(module_named(report, "o")["note"], "whether an include leads to it cannot be told");
  EXPECT_EQ(project.check().status, 0);
  EXPECT_EQ(project.check({"--strict"}).status, 1);
}

// The module's own include directory comes with its toggle: without it the core does not even compile.
TEST(IncludesLive, WarnOfAHeaderThatOnlyTheModuleHas) {
  const Project project(Files{{"core.cpp", "#include <o.h>\n#include \"../part/p.h\"\n#include <windows.h>\n"}});
  const json report = project.report();
  EXPECT_EQ(includes(report),
            (std::vector<std::string>{"warning core.cpp:1 -> opt/o.h", "warning core.cpp:2 -> part/p.h"}));
  EXPECT_EQ(
      finding_of(report, 0)["message"],
      "core.cpp includes o.h, which is nowhere on its include path; opt/o.h of module o may be meant, but O is off");
  EXPECT_EQ(verdict(report, "o"), "unproven");

  const Project guarded(
      Files{{"core.cpp", "#if __has_include(<o.h>)\n#include <o.h>\n#endif\n#ifdef O\n#include <p.h>\n#endif\n"}});
  EXPECT_EQ(includes(guarded.report()), std::vector<std::string>());
  EXPECT_EQ(verdict(guarded.report(), "o"), "isolated");
}

TEST(IncludesLive, FollowANamedModule) {
  const Project project(Files{{"core.cpp", "import o.rt;\nimport elsewhere;\n"},
                              {"opt/rt.cppm", "export module o.rt;\n"},
                              {"part/rt.cppm", "export module p.rt;\n"}});
  const json report = project.report();
  EXPECT_EQ(includes(report), std::vector<std::string>{"error core.cpp:1 -> opt/rt.cppm"});
  EXPECT_EQ(verdict(report, "p"), "isolated");
}

/// With each generator whose builds leave records.
class IncludesOfABuild : public testing::TestWithParam<const char*> {};

TEST_P(IncludesOfABuild, AreThoseOfTheScan) {
  const Project project(Files{{"core.cpp", "#include \"opt/o.h\"\n#ifdef P\n#include \"part/p.h\"\n#endif\n"}},
                        GetParam());
  const std::vector<std::string> wanted{"error core.cpp:1 -> opt/o.h"};
  EXPECT_EQ(includes(project.report()), wanted);
  project.make();
  const json report = project.report();
  EXPECT_EQ(includes(report), wanted);
  EXPECT_EQ(module_named(report, "o")["sources_recorded"], 1);
  EXPECT_NE(project.check().out.find("the includes of 1 source (1 as last built)"), std::string::npos)
      << project.check().out;
}

// What a header of one part includes of another is no matter of the core.
TEST_P(IncludesOfABuild, LeaveThePartsOwnIncludesAlone) {
  const Project project(Files{{"core.cpp", "#include \"opt/o.h\"\n"}, {"opt/o.h", "#include \"../part/p.h\"\n"}},
                        GetParam());
  const std::vector<std::string> wanted{"error core.cpp:1 -> opt/o.h"};
  EXPECT_EQ(includes(project.report()), wanted);
  project.make();
  EXPECT_EQ(includes(project.report()), wanted);
}

TEST_P(IncludesOfABuild, AreKnownWhereTheScanCannotFollow) {
  const Project project(Files{{"core.cpp",
                               "#if __COUNTER__ == 0\n#define HEADER \"opt/o.h\"\n#else\n"
                               "#define HEADER \"part/p.h\"\n#endif\n#include HEADER\n"}},
                        GetParam());
  const json before = project.report();
  EXPECT_FALSE(sees_includes(before, "o"));
  EXPECT_FALSE(sees_includes(before, "p"));
  project.make();
  const json after = project.report();
  EXPECT_EQ(includes(after), std::vector<std::string>{"error core.cpp:0 -> opt/o.h"});
  EXPECT_EQ(verdict(after, "o"), "violated");
  EXPECT_TRUE(sees_includes(after, "p"));
}

TEST_P(IncludesOfABuild, AreForgottenWhenASourceHasChanged) {
  const Project project(Files{{"core.cpp", "#include \"between.h\"\n"}, {"between.h", ""}}, GetParam());
  project.make();
  EXPECT_EQ(includes(project.report()), std::vector<std::string>());
  EXPECT_EQ(module_named(project.report(), "o")["sources_recorded"], 1);
  project.write("between.h", "#include \"opt/o.h\"\n");
  fs::last_write_time(project.source() / "between.h", fs::file_time_type::clock::now() + std::chrono::seconds(2));
  const json report = project.report();
  EXPECT_EQ(includes(report), std::vector<std::string>{"error between.h:1 -> opt/o.h"});
  EXPECT_EQ(module_named(report, "o")["sources_recorded"], 0);
}

TEST_P(IncludesOfABuild, AreToldForTheSourceOfAUnityBuildThatHasThem) {
  const Project project(
      Files{{"CMakeLists.txt", std::string(project_text) + "target_sources(core PRIVATE other.cpp)\n"
                                                           "set_target_properties(core PROPERTIES UNITY_BUILD ON)\n"},
            {"core.cpp", "int a;\n"},
            {"other.cpp", "#include \"opt/o.h\"\n"}},
      GetParam());
  const std::vector<std::string> wanted{"error other.cpp:1 -> opt/o.h"};
  EXPECT_EQ(includes(project.report()), wanted);
  project.make();
  EXPECT_EQ(includes(project.report()), wanted);
}

INSTANTIATE_TEST_SUITE_P(Generators, IncludesOfABuild, testing::Values("Ninja", "Unix Makefiles"),
                         [](const auto& test) { return std::string(test.param).substr(0, 4); });

TEST(IncludesLive, AreTheSameWithACache) {
  const Project project(Files{{"core.cpp", "#include \"registry.h\"\n"}, {"registry.h", "#include \"opt/o.h\"\n"}});
  const std::string cache = (project.build() / "cache").string();
  const json without = project.report();
  EXPECT_EQ(project.report({"--cache", cache}), without);
  EXPECT_EQ(project.report({"--cache", cache}), without);
  project.write("registry.h", "#include \"part/p.h\"\n");
  EXPECT_EQ(includes(project.report({"--cache", cache})), std::vector<std::string>{"error registry.h:1 -> part/p.h"});
}

TEST(IncludesLive, AreExplained) {
  const Project project(Files{{"core.cpp", "#include \"registry.h\"\n"}, {"registry.h", "#include \"opt/o.h\"\n"}});
  const auto why = [&](const std::string& from, const std::string& to) {
    return bulkhead({"why", "--includes", from, to, "-B", project.build().string()});
  };
  const ProcessResult by_target = why("core", "o");
  EXPECT_EQ(by_target.status, 0) << by_target.err;
  EXPECT_NE(by_target.out.find("core.cpp -> registry.h  [include]\n  --> core.cpp:1"), std::string::npos)
      << by_target.out;
  EXPECT_NE(by_target.out.find("registry.h -> opt/o.h  [include]\n  --> registry.h:1"), std::string::npos);
  EXPECT_EQ(why("registry.h", "module:o").out, by_target.out);
  EXPECT_EQ(why("core", "p").status, 1);
  EXPECT_EQ(why("core", "q").status, 2);
}

/// Include findings of a rule, as "MODULE FILE:LINE -> HEADER".
std::vector<std::string> includes_of(const json& report, const std::string& rule) {
  std::vector<std::string> lines;
  for (const json& finding : report.at("findings")) {
    if (finding["rule"] != rule || !finding.contains("edge") || finding["edge"]["kind"] != "include") continue;
    const json& evidence = finding.at("evidence").at(0);
    lines.push_back(fmt::format("{} {}:{} -> {}", finding["module"].get<std::string>(),
                                evidence["file"].get<std::string>(), evidence.value("line", 0),
                                finding["edge"]["to"].get<std::string>().substr(5)));
  }
  return lines;
}

std::uint64_t sources_of(const json& report, const std::string& rule) {
  for (const json& one : report.at("module_rules")) {
    if (one["rule"] == rule) return one["sources_scanned"];
  }
  throw std::runtime_error("no rule " + rule);
}

const Files staged = {
    {"CMakeLists.txt",
     "cmake_minimum_required(VERSION 3.21)\nproject(small CXX)\noption(O \"\" ON)\noption(P \"\" ON)\n"
     "include_directories(.)\nadd_subdirectory(opt)\nadd_subdirectory(part)\nadd_subdirectory(entry)\n"
     "add_subdirectory(codec)\nadd_subdirectory(old)\n"},
    {"opt/CMakeLists.txt", "add_library(o STATIC o.cpp)\n"},
    {"opt/o.cpp", "#include \"opt/o.h\"\n"},
    {"part/CMakeLists.txt", "add_library(p STATIC p.cpp)\n"},
    {"part/p.cpp", "#include \"part/p.h\"\n#include \"opt/o.h\"\n"},
    {"entry/CMakeLists.txt", "add_library(entry STATIC entry.cpp)\n"},
    {"entry/entry.cpp", "#include \"entry/glue.h\"\n"},
    {"entry/glue.h", "#include \"opt/o.h\"\n"},
    {"old/CMakeLists.txt", "add_library(old STATIC old.cpp)\n"},
    {"old/old.cpp", "#include \"old/old.h\"\n"},
    {"old/old.h", "#pragma once\n"},
    {"codec/CMakeLists.txt",
     "add_library(codec STATIC codec.cpp)\ntarget_link_libraries(codec PRIVATE entry)\n"
     "target_compile_definitions(codec PRIVATE WITH_O)\n"},
    {"codec/codec.cpp",
     "#include \"entry/glue.h\"\n#ifdef WITH_O\n#include \"opt/o.h\"\n#endif\n#include \"old/old.h\"\n"},
    {"bulkhead.toml",
     "[[module]]\nname = \"o\"\nstage = \"S0\"\ntoggle = \"O\"\npaths = [\"opt/**\"]\n"
     "entry = [\"target:entry\"]\nowners = [\"@a\", \"@b\", \"@c\"]\n"
     "[[module]]\nname = \"p\"\nstage = \"S2\"\ntoggle = \"P\"\npaths = [\"part/**\"]\n"
     "replaces = [\"path:old/**\"]\n"}};

using Lines = std::vector<std::string>;

TEST(StagedIncludes, AreToldByTheRulesOfTheModules) {
  const Project project(staged);
  const json report = project.report();
  // The header of the entry point may include it, whoever includes that; a guard makes no difference.
  EXPECT_EQ(includes_of(report, "core-edge"), (Lines{"o codec/codec.cpp:3 -> opt/o.h"}));
  EXPECT_EQ(includes_of(report, "module-edge"), (Lines{"p part/p.cpp:2 -> opt/o.h"}));
  EXPECT_EQ(includes_of(report, "replaced-edge"), (Lines{"p codec/codec.cpp:5 -> old/old.h"}));
  EXPECT_EQ(sources_of(report, "core-edge"), 3U) << "entry, codec and old";
  EXPECT_EQ(sources_of(report, "module-edge"), 5U) << "what is inside some module may include another";
  EXPECT_EQ(sources_of(report, "replaced-edge"), 4U);
}

TEST(StagedIncludes, ThatThePolicyAllowsAreNone) {
  Files files = staged;
  std::string& policy_text = files.back().second;
  policy_text.replace(policy_text.find("\"target:entry\""), 14, "\"target:entry\", \"path:codec/**\"");
  policy_text.replace(policy_text.find("replaces = [\"path:old/**\"]"), 26, "depends = [\"o\"]");
  const Project project(files);
  EXPECT_EQ(includes(project.report()), Lines{});
}

TEST(StagedIncludes, AreTheSameBesideARuleThatWalksTheSameSources) {
  const Project project(staged);
  const std::string policy_text = staged.back().second;
  project.write("bulkhead.toml", policy_text + "[[forbidden]]\nfrom = \"target:codec\"\nto = \"path:old/**\"\n");
  const json report = project.report();
  EXPECT_EQ(includes_of(report, "core-edge"), (Lines{"o codec/codec.cpp:3 -> opt/o.h"}));
  ASSERT_EQ(report.at("rules").size(), 1U);
  EXPECT_EQ(report["rules"][0]["sources_scanned"], 4U);
  EXPECT_EQ(report["rules"][0]["verdict"], "broken");
  project.write("bulkhead.toml", "[[forbidden]]\nfrom = \"target:codec\"\nto = \"path:old/**\"\n");
  EXPECT_EQ(project.report()["rules"][0], report["rules"][0]);
}

}  // namespace
}  // namespace bulkhead::test
