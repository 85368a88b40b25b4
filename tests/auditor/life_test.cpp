// The life of findings, on a project that the CMake at hand configures: adopted, joined by new ones, mended, waived.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/schema.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// Two modules, and a core with an edge of each kind that matters here.
constexpr std::string_view lists = R"(cmake_minimum_required(VERSION 3.21)
project(life LANGUAGES CXX)
option(USE_OPT "" OFF)
option(USE_OLD "" OFF)
add_subdirectory(opt)
add_library(core STATIC core.cpp)
target_include_directories(core PRIVATE opt)
target_link_libraries(core PRIVATE opt)
)";

class Life : public testing::Test {
 protected:
  void SetUp() override {
    write("CMakeLists.txt", std::string(lists));
    write("opt/CMakeLists.txt", "add_library(opt STATIC opt.cpp)\n");
    write("opt/opt.cpp", "int opt() { return 0; }\n");
    write("opt/opt.h", "int opt();\n");
    write("core.cpp", "#include \"opt.h\"\nint core() { return opt(); }\n");
    write("app.cpp", "int main() {}\n");
    write("bulkhead.toml",
          "[project]\nset_aside = ['path:CMakeLists.txt']\n[[module]]\nname = 'opt'\ntoggle = 'USE_OPT'\n"
          "paths = ['opt/**']\n");
    configure();
  }

  void write(const std::string& file, const std::string& text) const { write_file(directory_.path() / file, text); }
  void append(const std::string& file, const std::string& text) const { write(file, read(file) + text); }
  [[nodiscard]] std::string read(const std::string& file) const { return read_file(directory_.path() / file); }
  void replace(const std::string& file, const std::string& what, const std::string& by) const {
    std::string text = read(file);
    const std::size_t at = text.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    write(file, text.replace(at, what.size(), by));
  }

  void configure(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"configure", "-q", "--no-check", "--cmake", cmake_command(), "-G", "Ninja"};
    // Options of ours end at the first word of CMake's.
    command.insert(command.end() - 2, "--");
    command.insert(command.end(), {"-S", directory_.path().string(), "-B", directory_ / "build"});
    command.insert(command.end(), more.begin(), more.end());
    const ProcessResult result = bulkhead(command);
    ASSERT_EQ(result.status, 0) << result.err;
  }
  [[nodiscard]] ProcessResult run(std::vector<std::string> command, const std::vector<std::string>& more = {},
                                  ProcessOptions options = {}) const {
    command.insert(command.end(), {"-B", directory_ / "build"});
    command.insert(command.end(), more.begin(), more.end());
    options.directory = directory_.path().string();
    return bulkhead(command, options);
  }
  [[nodiscard]] ProcessResult check(const std::vector<std::string>& more = {}, ProcessOptions options = {}) const {
    return run({"check"}, more, std::move(options));
  }
  [[nodiscard]] ProcessResult update(const std::vector<std::string>& more = {}) const {
    return run({"baseline", "update"}, more);
  }
  [[nodiscard]] ProcessResult prune(const std::vector<std::string>& more = {}) const {
    return run({"baseline", "prune"}, more);
  }
  [[nodiscard]] nlohmann::json json(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> options = {"--format", "json"};
    options.insert(options.end(), more.begin(), more.end());
    const ProcessResult result = check(options);
    EXPECT_LT(result.status, 2) << result.err;
    EXPECT_EQ(validate_reports({result.out}).front(), "");
    return nlohmann::json::parse(result.out);
  }
  [[nodiscard]] std::size_t entries() const {
    const std::string text = read("bulkhead.baseline");
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  TemporaryDirectory directory_;
};

TEST_F(Life, IsAdoptedThenOnlyWhatIsNewFails) {
  EXPECT_EQ(check().status, 1);
  const ProcessResult adopted = update();
  EXPECT_EQ(adopted.status, 0) << adopted.err;
  // Directory, link and include; and the target.
  EXPECT_EQ(adopted.out, "bulkhead.baseline: 4 entries\n");
  EXPECT_EQ(entries(), 4U);
  const ProcessResult checked = check();
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  EXPECT_NE(checked.out.find("opt  off  violated, known  "), std::string::npos) << checked.out;
  EXPECT_NE(checked.out.find("note: 4 known findings in the baseline; -v lists them\nbaseline: 4 entries\n"
                             "0 errors, 0 warnings, 4 known in "),
            std::string::npos)
      << checked.out;

  // Lines may move.
  replace("CMakeLists.txt", "project(life", "# a line more\nproject(life");
  write("core.cpp", "\n\n" + read("core.cpp"));
  configure();
  EXPECT_EQ(check({"--fail-on", "warning"}).status, 0);
  EXPECT_EQ(update().out, "bulkhead.baseline: 4 entries, unchanged\n");

  append("CMakeLists.txt", "add_executable(app app.cpp)\ntarget_link_libraries(app opt)\n");
  configure();
  const ProcessResult grown = check();
  EXPECT_EQ(grown.status, 1);
  EXPECT_EQ(count(grown.out, "error[off-edge]: app "), 1U) << grown.out;
  EXPECT_EQ(count(grown.out, "[off-edge]"), 1U) << grown.out;
  EXPECT_EQ(check({"--baseline", "none"}).status, 1);
  EXPECT_EQ(count(check({"--baseline", "none"}).out, "[off-edge]"), 4U);

  const std::string before = read("bulkhead.baseline");
  const ProcessResult refused = update();
  EXPECT_EQ(refused.status, 1) << refused.out;
  EXPECT_EQ(refused.out,
            "bulkhead.baseline: 4 entries, unchanged\nnew: off-edge: app -> opt [link] of module opt\n"
            "  --> CMakeLists.txt:11\n1 new finding was not added: mend it, or add it with --accept-new\n");
  EXPECT_EQ(read("bulkhead.baseline"), before);
  const ProcessResult accepted = update({"--accept-new"});
  EXPECT_EQ(accepted.status, 0) << accepted.out;
  EXPECT_EQ(accepted.out, "bulkhead.baseline: 5 entries, 1 added\n");
  EXPECT_EQ(check().status, 0);
}

TEST_F(Life, ShrinksAsFindingsAreMended) {
  ASSERT_EQ(update().status, 0);
  replace("CMakeLists.txt", "target_link_libraries(core PRIVATE opt)\n", "");
  configure();
  const ProcessResult checked = check();
  EXPECT_EQ(checked.status, 0);
  EXPECT_NE(checked.out.find("warning[unused-policy]: an entry of the baseline is fixed: off-edge: core -> opt [link]"),
            std::string::npos)
      << checked.out;
  EXPECT_NE(checked.out.find("  --> bulkhead.baseline:3\n"), std::string::npos) << checked.out;
  EXPECT_NE(checked.out.find("\nbaseline: 4 entries, 1 fixed\n"), std::string::npos) << checked.out;
  EXPECT_EQ(check({"--fail-on", "warning"}).status, 1) << "who asked for it";
  const auto report = json();
  EXPECT_EQ(report.at("baseline").at("entries"), 4);
  EXPECT_EQ(report.at("baseline").at("fixed").size(), 1U);
  EXPECT_EQ(report.at("baseline").at("unseen").size(), 0U);
  EXPECT_EQ(report.at("summary").at("known"), 3);

  EXPECT_EQ(prune().out, "bulkhead.baseline: 3 entries, 1 fixed and removed\n");
  EXPECT_EQ(prune().out, "bulkhead.baseline: 3 entries, unchanged\n");
  EXPECT_EQ(check({"--fail-on", "warning"}).status, 0);
  EXPECT_EQ(count(read("bulkhead.baseline"), "\"link\""), 0U);

  // It comes back, and is new.
  append("CMakeLists.txt", "target_link_libraries(core PRIVATE opt)\n");
  configure();
  EXPECT_EQ(check().status, 1);
}

TEST_F(Life, IsOverWhenNothingIsLeft) {
  ASSERT_EQ(update().status, 0);
  replace("CMakeLists.txt", "add_subdirectory(opt)\n", "");
  replace("CMakeLists.txt", "target_include_directories(core PRIVATE opt)\ntarget_link_libraries(core PRIVATE opt)\n",
          "");
  write("core.cpp", "int core() { return 0; }\n");
  configure();
  EXPECT_EQ(update().out, "bulkhead.baseline: 0 entries, 4 fixed and removed\n");
  EXPECT_EQ(read("bulkhead.baseline"), "");
  EXPECT_TRUE(fs::exists(directory_.path() / "bulkhead.baseline")) << "without it the next update would adopt all";
  write("core.cpp", "#include \"opt/opt.h\"\nint core() { return 0; }\n");
  EXPECT_EQ(check().status, 1);
  EXPECT_EQ(update().status, 1);
}

TEST_F(Life, KeepsWhatATreeCannotShow) {
  ASSERT_EQ(update().status, 0);
  const std::string before = read("bulkhead.baseline");
  configure({"-DUSE_OPT=ON"});
  const ProcessResult checked = check({"-v"});
  EXPECT_EQ(checked.status, 0) << checked.out;
  EXPECT_EQ(count(checked.out, "fixed"), 0U) << checked.out;
  EXPECT_EQ(count(checked.out, "could not be seen, as module opt is on"), 4U) << checked.out;
  EXPECT_NE(checked.out.find("\nbaseline: 4 entries, 4 not visible here\n"), std::string::npos) << checked.out;
  EXPECT_EQ(json().at("baseline").at("unseen").size(), 4U);
  EXPECT_EQ(prune().out,
            "bulkhead.baseline: 4 entries, unchanged; 4 could not be seen in this build tree and are kept\n");
  EXPECT_EQ(update().status, 0);
  EXPECT_EQ(read("bulkhead.baseline"), before);
}

// Another tree may make the target, or compile the file, that this one does not have.
TEST_F(Life, KeepsWhatHasItsDependerElsewhere) {
  append(
      "CMakeLists.txt",
      "option(EXTRA \"\" ON)\nif(EXTRA)\n  add_executable(app app.cpp)\n  target_link_libraries(app opt)\nendif()\n");
  write("app.cpp", "#include \"opt/opt.h\"\nint main() {}\n");
  configure();
  ASSERT_EQ(update().status, 0);
  EXPECT_EQ(entries(), 6U);
  configure({"-DEXTRA=OFF"});
  const ProcessResult checked = check({"-v"});
  EXPECT_EQ(checked.status, 0);
  EXPECT_EQ(count(checked.out, "could not be seen, as app is not in this build tree"), 1U) << checked.out;
  EXPECT_EQ(count(checked.out, "could not be seen, as app.cpp is not in this build tree"), 1U) << checked.out;
  EXPECT_EQ(prune().out,
            "bulkhead.baseline: 6 entries, unchanged; 2 could not be seen in this build tree and are kept\n");
  EXPECT_EQ(prune({"--gone"}).out, "bulkhead.baseline: 4 entries, 2 fixed and removed\n");
  configure({"-DEXTRA=ON"});
  EXPECT_EQ(update({"--accept-new"}).out, "bulkhead.baseline: 6 entries, 2 added\n");
  fs::remove(directory_.path() / "app.cpp");
  configure({"-DEXTRA=OFF"});
  EXPECT_EQ(prune().out,
            "bulkhead.baseline: 5 entries, 1 fixed and removed; 1 could not be seen in this build tree and is kept\n")
      << "a file that is gone includes nothing";
}

TEST_F(Life, IsWrittenByItsCommandAlone) {
  EXPECT_EQ(check().status, 1);
  EXPECT_FALSE(fs::exists(directory_.path() / "bulkhead.baseline"));
  const ProcessResult pruned = prune();
  EXPECT_EQ(pruned.status, 2);
  EXPECT_NE(pruned.err.find("there is no baseline"), std::string::npos) << pruned.err;
  EXPECT_EQ(check({"--baseline", "no.baseline"}).status, 2) << "one that is named has to be there";
  EXPECT_EQ(update({"--baseline", "none"}).status, 2);
  EXPECT_EQ(bulkhead({"baseline"}).err,
            "error: this command needs another word\n"
            "  = help: say bulkhead baseline update, or bulkhead baseline prune\n");
  EXPECT_EQ(bulkhead({"baseline", "updat"}).status, 2);

  EXPECT_EQ(update({"--baseline", "other.baseline"}).status, 0);
  EXPECT_FALSE(fs::exists(directory_.path() / "bulkhead.baseline"));
  EXPECT_EQ(check().status, 1);
  EXPECT_EQ(check({"--baseline", "other.baseline"}).status, 0);
  write("other.baseline", read("other.baseline") + "<<<<<<< ours\n");
  for (const ProcessResult& result : {check({"--baseline", "other.baseline"}), update({"--baseline", "other.baseline"}),
                                      prune({"--baseline", "other.baseline"})}) {
    EXPECT_EQ(result.status, 2);
    EXPECT_NE(result.err.find("error: a merge conflict is not resolved\n  --> other.baseline:5:1\n"), std::string::npos)
        << result.err;
  }
  fs::create_directory(directory_.path() / "a folder");
  EXPECT_EQ(update({"--baseline", "a folder"}).status, 2);
  EXPECT_EQ(update({"--baseline", "nowhere/b"}).status, 2);
}

TEST_F(Life, LeavesALinkALink) {
  fs::create_directory(directory_.path() / "real");
  write("real/b", "");
  fs::create_symlink("real/b", directory_.path() / "bulkhead.baseline");
  EXPECT_EQ(update({"--accept-new"}).status, 0);
  EXPECT_TRUE(fs::is_symlink(directory_.path() / "bulkhead.baseline"));
  EXPECT_EQ(entries(), 4U);
  EXPECT_EQ(check().status, 0);
}

TEST_F(Life, IsWaivedAtTheLine) {
  replace("CMakeLists.txt", "target_link_libraries(core PRIVATE opt)",
          "# bulkhead: waive off-edge opt -- issue 7, owner @mira, until 2027-03-31\n"
          "target_link_libraries(core PRIVATE opt)");
  replace("CMakeLists.txt", "target_include_directories(core PRIVATE opt)",
          "target_include_directories(core PRIVATE opt) # bulkhead: waive off-edge opt -- issue 8");
  replace("core.cpp", "#include \"opt.h\"", "#include \"opt.h\"  // bulkhead: waive off-edge opt -- issue 9");
  replace("opt/CMakeLists.txt", "add_library", "# bulkhead: waive off-target opt -- it is small\nadd_library");
  configure();
  const ProcessResult checked = check({"--today", "2027-03-01", "--fail-on", "warning"});
  EXPECT_EQ(checked.status, 0) << checked.out;
  EXPECT_EQ(count(checked.out, "waived[off-edge]: "), 3U) << checked.out;
  EXPECT_EQ(count(checked.out, "waived[off-target]: "), 1U) << checked.out;
  EXPECT_NE(checked.out.find("  = waived: issue 7, owner @mira, until 2027-03-31 (CMakeLists.txt:8)\n"),
            std::string::npos)
      << checked.out;
  EXPECT_NE(checked.out.find("  = waived: issue 9 (core.cpp:1)\n"), std::string::npos) << checked.out;
  EXPECT_NE(checked.out.find("opt  off  violated, waived  "), std::string::npos) << checked.out;
  const auto report = json({"--today", "2027-03-01"});
  EXPECT_EQ(report.at("summary").at("waived"), 4);
  EXPECT_EQ(report.at("summary").at("new"), 0);
  EXPECT_EQ(update().out, "bulkhead.baseline: 0 entries\n") << "what is waived is not adopted";

  EXPECT_EQ(check({"--today", "2027-03-31"}).status, 0);
  EXPECT_EQ(check({"--today", "2027-03-31", "--fail-on", "warning"}).status, 1) << "it expires today";
  const ProcessResult late = check({"--today", "2027-04-01"});
  EXPECT_EQ(late.status, 1);
  EXPECT_NE(late.out.find("error[unused-policy]: the waiver of off-edge for module opt has expired on 2027-03-31, and "
                          "waives nothing\n  --> CMakeLists.txt:8\n"),
            std::string::npos)
      << late.out;
  EXPECT_NE(late.out.find("error[off-edge]: core links opt"), std::string::npos) << late.out;

  // 2027-04-01 and the second before
  EXPECT_EQ(check({}, {.environment = {"SOURCE_DATE_EPOCH=1806537600"}}).status, 1);
  EXPECT_EQ(check({}, {.environment = {"SOURCE_DATE_EPOCH=1806537599"}}).status, 0);
  EXPECT_EQ(check({"--today", "2027-03-01"}, {.environment = {"SOURCE_DATE_EPOCH=1806537600"}}).status, 0);
  EXPECT_EQ(check({}, {.environment = {"SOURCE_DATE_EPOCH=soon"}}).status, 2);
  EXPECT_EQ(check({"--today", "tomorrow"}).status, 2);
}

TEST_F(Life, SaysHowToWaiveAndThatWorks) {
  EXPECT_EQ(count(check().out, "to waive it"), 0U);
  EXPECT_NE(
      check({"-v"}).out.find("  = to waive it: # bulkhead: waive off-edge opt -- REASON  (at that line, or above it)"),
      std::string::npos);
  const auto told = json();
  for (const auto& finding : told.at("findings")) {
    const std::string waiver = finding.at("waiver");
    const auto& evidence = finding.at("evidence").at(0);
    const std::string file = evidence.at("file");
    std::string text;
    std::size_t number = 0;
    for (std::size_t at = 0; const char c : read(file)) {
      if (at++ == 0 || text.ends_with('\n')) {
        if (++number == evidence.at("line").get<std::size_t>()) text += waiver + "\n";
      }
      text += c;
    }
    const std::string before = read(file);
    write(file, text);
    configure();
    const auto report = json();
    EXPECT_EQ(report.at("summary").at("waived"), 1) << waiver << "\n" << text;
    EXPECT_EQ(report.at("summary").at("new"), 3) << waiver << "\n" << text;
    write(file, before);
  }
}

// Comments are looked for in all CMake files, but judged only where their finding would have been seen.
TEST_F(Life, FindsStaleCommentsWhereTheyCouldHaveWaived) {
  const std::string comment = "# bulkhead: waive off-edge opt -- long ago\ntarget_link_libraries(core PUBLIC m)\n";
  append("CMakeLists.txt", comment);
  configure();
  const std::string stale = "the waiver of off-edge for module opt waives nothing in this build tree";
  EXPECT_EQ(count(check().out, "warning[unused-policy]: " + stale + "\n  --> CMakeLists.txt:9\n"), 1U);
  configure({"-DUSE_OPT=ON"});
  EXPECT_EQ(count(check().out, stale), 0U) << "the module is on";
}

TEST(LifeOfConfigurations, NeedsOneEntry) {
  const TemporaryDirectory build;
  const TemporaryDirectory out;
  unpack_reply("multi/3.31-Ninja-Multi-Config", build.path());
  const auto run = [&](std::vector<std::string> command, const std::vector<std::string>& more = {}) {
    command.insert(command.end(),
                   {"-B", build.path().string(), "--policy", policy_of("multi"), "--baseline", out / "b"});
    command.insert(command.end(), more.begin(), more.end());
    return bulkhead(command);
  };
  ASSERT_EQ(run({"baseline", "update"}).status, 0);
  const auto report = nlohmann::json::parse(run({"check", "--format", "json"}).out);
  const std::string text = read_file(out / "b");
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  EXPECT_LT(lines, report.at("summary").at("known").get<std::size_t>());
  EXPECT_EQ(report.at("summary").at("errors"), 0);
  for (const char* const configuration : {"Debug", "Release"}) {
    const ProcessResult one = run({"check", "-v"}, {"--configuration", configuration});
    EXPECT_EQ(one.status, 0) << one.out << one.err;
    EXPECT_EQ(count(one.out, "fixed"), 0U) << "another configuration may have it";
    EXPECT_EQ(run({"baseline", "prune"}, {"--configuration", configuration}).status, 0);
    EXPECT_EQ(read_file(out / "b"), text);
  }
}

}  // namespace
}  // namespace bulkhead::test
