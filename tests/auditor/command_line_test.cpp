// The command line as such: commands, options, exit statuses, where output goes.
#include "tests/support/command_line.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "auditor/rule.h"
#include "auditor/version.h"
#include "reports/writer.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

class CommandLine : public testing::Test {
 protected:
  // A build tree with nothing but blind spots to report, and one with errors.
  static void SetUpTestSuite() {
    trees_ = new TemporaryDirectory;
    unpack_reply("clean/3.25-Ninja", trees_->path() / "clean");
    unpack_reply("kinds/4.3-Ninja", trees_->path() / "kinds");
  }
  static void TearDownTestSuite() {
    delete trees_;
    trees_ = nullptr;
  }

  static std::vector<std::string> check_arguments(const std::string& project,
                                                  const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"check", "-B", *trees_ / project, "--policy", policy_of(project)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  static ProcessResult check(const std::string& project, const std::vector<std::string>& more = {},
                             const ProcessOptions& options = {}) {
    return bulkhead(check_arguments(project, more), options);
  }
  static void expect_usage_error(const ProcessResult& result, const std::string& message) {
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "error: " + message);
  }

  static TemporaryDirectory* trees_;
};

TemporaryDirectory* CommandLine::trees_ = nullptr;

std::string all_formats() {
  std::string names;
  for (const Format& format : formats()) names += (names.empty() ? "" : ", ") + std::string(format.name);
  return names;
}

TEST_F(CommandLine, TellsItsVersion) {
  const ProcessResult result = bulkhead({"--version"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "bulkhead " + std::string(version) + "\n");
}

TEST_F(CommandLine, HelpsWithEveryCommandAndOption) {
  const std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> helps = {
      {{"--help"},
       {"check", "configure", "query", "why", "refs", "deps", "rules", "--version", "--color", "-q,--quiet",
        "-v,--verbose"}},
      {{"check", "--help"},
       {"-B,--build", "--policy", "--configuration", "--format", "--strict", "--fail-on", "--category", all_formats(),
        "Exit status: 0"}},
      {{"configure", "--help"},
       {"[OPTIONS] [--] CMAKE-ARGUMENT...", "--policy", "--configuration", "--format", "--strict", "--fail-on",
        "--cmake", "--no-check", "Options end at --", "Exit status: 0"}},
      {{"query", "--help"}, {"-B,--build", "REQUIRED"}},
      {{"why", "--help"},
       {"FROM", "TO", "target:GLOB", "module:NAME", "-B,--build", "--policy", "--configuration", "--all", "--limit",
        "--avoid", "--kinds", "--format", "--includes", "Exit status: 0"}},
      {{"refs", "--help"}, {"X", "--transitive", "--depth", "--kinds", "--format", "-B,--build", "Exit status: 0"}},
      {{"deps", "--help"}, {"X", "--transitive", "--depth", "--kinds", "--format", "-B,--build", "Exit status: 0"}},
      {{"rules", "--help"}, {"List the rules"}},
      {{"explain", "--help"}, {"Print the manual page", "RULE"}},
  };
  for (const auto& [arguments, words] : helps) {
    const ProcessResult result = bulkhead(arguments);
    EXPECT_EQ(result.status, 0) << arguments.front();
    EXPECT_EQ(result.err, "");
    for (const std::string& word : words) {
      EXPECT_NE(result.out.find(word), std::string::npos) << arguments.front() << " does not mention " << word;
    }
  }
}

TEST_F(CommandLine, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(bulkhead({}).status, 2);
  EXPECT_EQ(bulkhead({}).err, "error: A subcommand is required\n  = help: see bulkhead --help\n");
  EXPECT_EQ(bulkhead({"chekc"}).status, 2);
  EXPECT_EQ(bulkhead({"rules", "extra"}).status, 2);
  EXPECT_EQ(bulkhead({"query"}).status, 2) << "without -B";
  EXPECT_EQ(bulkhead({"why", "only-one"}).status, 2);
  EXPECT_EQ(bulkhead({"--color", "sometimes", "rules"}).status, 2);
  EXPECT_EQ(check("clean", {"--fail-on", "rain"}).status, 2);
  expect_usage_error(check("clean", {"--strct"}),
                     "The following argument was not expected: --strct\n  = help: see bulkhead --help\n");
}

TEST_F(CommandLine, RefusesFormatsThatCannotBe) {
  expect_usage_error(check("clean", {"--format", "jsn"}), "there is no format 'jsn'\n  = help: did you mean json?\n");
  expect_usage_error(check("clean", {"--format", "papyrus"}),
                     "there is no format 'papyrus'\n  = help: formats: " + all_formats() + "\n");
  expect_usage_error(check("clean", {"--format", "json", "--format", "text"}),
                     "two formats would go to the standard output\n"
                     "  = help: give one of them a file: --format json=report.json\n");
  expect_usage_error(check("clean", {"--format", "json="}), "'json=' names no file\n");
}

TEST_F(CommandLine, WritesEachFormatWhereItIsToldTo) {
  const TemporaryDirectory out;
  const ProcessResult result =
      check("kinds", {"--format", "json=" + out / "a.json", "--format", "svg=" + out / "b=c.svg", "--format", "text"});
  EXPECT_EQ(result.status, 1);
  EXPECT_NE(result.out.find("error[off-edge]"), std::string::npos);
  EXPECT_EQ(result.err, "json: written to " + out / "a.json" + "\nsvg: written to " + out / "b=c.svg" + "\n");
  EXPECT_TRUE(read_file(out / "a.json").starts_with("{"));
  EXPECT_NE(read_file(out / "b=c.svg").find("</svg>"), std::string::npos);
  EXPECT_EQ(check("kinds", {"--format", "json"}).out, read_file(out / "a.json"));
}

TEST_F(CommandLine, FailsWhereItCannotWrite) {
  const TemporaryDirectory out;
  const ProcessResult result = check("clean", {"--format", "json=" + out / "none/a.json"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err, "error: cannot write this file\n  --> " + out / "none/a.json" + "\n");
  const ProcessResult full = check("clean", {"--format", "json=/dev/full"});
  EXPECT_EQ(full.status, 2);
  EXPECT_EQ(full.err, "error: cannot write this file\n  --> /dev/full\n") << "and no look into a file without end";
}

TEST_F(CommandLine, FailsWhenTheDiskIsFull) {
  for (const auto& arguments :
       {check_arguments("clean"), check_arguments("kinds", {"--format", "svg"}), std::vector<std::string>{"rules"}}) {
    const ProcessResult result = bulkhead_into("/dev/full", arguments);
    EXPECT_EQ(result.status, 2) << arguments.front();
    EXPECT_EQ(result.err, "error: cannot write to the standard output\n") << arguments.front();
  }
}

TEST_F(CommandLine, IsQuietWhenAsked) {
  const TemporaryDirectory out;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"-q", "query", "-B", out / "build"},
        std::vector<std::string>{"query", "-q", "-B", out / "build"},
        check_arguments("clean", {"--quiet", "--format", "json=" + out / "a.json"})}) {
    const ProcessResult result = bulkhead(arguments);
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.out + result.err, "");
  }
  EXPECT_NE(check("clean", {"-q"}).out, "") << "the report itself is no chatter";
}

TEST_F(CommandLine, ColoursWhenAsked) {
  const std::string escape = "\x1b[";
  const auto is_coloured = [&](const std::vector<std::string>& more, const std::vector<std::string>& environment) {
    return check("clean", more, {.environment = environment}).out.find(escape) != std::string::npos;
  };
  EXPECT_FALSE(is_coloured({}, {})) << "stdout is no terminal";
  EXPECT_TRUE(is_coloured({"--color", "always"}, {}));
  EXPECT_TRUE(is_coloured({}, {"CLICOLOR_FORCE=1"}));
  EXPECT_FALSE(is_coloured({}, {"CLICOLOR_FORCE=0"}));
  EXPECT_FALSE(is_coloured({}, {"CLICOLOR_FORCE=1", "NO_COLOR=1"}));
  EXPECT_TRUE(is_coloured({"--color=always"}, {"NO_COLOR=1"})) << "the command line wins";
  EXPECT_FALSE(is_coloured({"--color=never"}, {"CLICOLOR_FORCE=1"}));
  EXPECT_FALSE(is_coloured({"--color", "always", "--format", "json"}, {})) << "text only";
  const TemporaryDirectory out;
  (void)check("clean", {"--color", "always", "--format", "text=" + out / "report.txt"});
  EXPECT_EQ(count(read_file(out / "report.txt"), escape), 0U) << "a file is no terminal";
  EXPECT_NE(bulkhead({"--color", "always", "check", "-B", out / "none"}).err.find(escape), std::string::npos);
}

TEST_F(CommandLine, QueryPreparesABuildTreeThatIsNotThereYet) {
  const TemporaryDirectory out;
  const ProcessResult result = bulkhead({"query", "-B", "deep/build"}, {.directory = out.path().string()});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "");
  const std::string query = "deep/build/.cmake/api/v1/query/client-bulkhead/query.json";
  EXPECT_TRUE(result.err.starts_with("query: written to " + query + "\nnext: cmake ")) << result.err;
  EXPECT_NE(result.err.find("bulkhead check -B deep/build\n"), std::string::npos) << result.err;
  EXPECT_NE(read_file(out.path() / query).find("\"codemodel\""), std::string::npos);
  EXPECT_EQ(bulkhead({"query", "-B", out / "deep/build"}).status, 0) << "again";
}

TEST_F(CommandLine, QueryFailsWhereItCannotWrite) {
  const TemporaryDirectory out;
  write_file(out / "file", "");
  const ProcessResult result = bulkhead({"query", "-B", out / "file"});
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.err.find("error: cannot create this directory"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find(out / "file"), std::string::npos);
}

TEST_F(CommandLine, FindsTheBuildTreeByItself) {
  const ProcessOptions inside{.directory = *trees_ / "clean"};
  EXPECT_EQ(bulkhead({"check", "--policy", policy_of("clean")}, inside).status, 0);
  const TemporaryDirectory above;
  unpack_reply("clean/3.25-Ninja", above.path() / "build");
  EXPECT_EQ(bulkhead({"check", "--policy", policy_of("clean")}, {.directory = above.path().string()}).status, 0);
}

TEST_F(CommandLine, ListsTheRulesAndTheyHavePages) {
  const ProcessResult result = bulkhead({"rules"});
  EXPECT_EQ(result.status, 0);
  const fs::path root = test_directory().parent_path();
  const auto pages = std::distance(fs::directory_iterator(root / "docs" / "rules"), fs::directory_iterator());
  ASSERT_GT(pages, 0);
  EXPECT_EQ(catalogue().size(), static_cast<std::size_t>(pages));
  EXPECT_EQ(count(result.out, "\n"), catalogue().size());
  for (const Rule& rule : catalogue()) {
    const std::string code(rule.code);
    EXPECT_NE(result.out.find(code + " "), std::string::npos) << code;
    EXPECT_NE(result.out.find(rule.summary), std::string::npos) << code;
    EXPECT_TRUE(fs::is_regular_file(root / "docs" / "rules" / (code + ".md"))) << code;
    EXPECT_TRUE(fs::is_directory(root / "tests" / "cases" / code)) << code;
  }
}

TEST_F(CommandLine, ExplainsEveryRule) {
  for (const Rule& rule : catalogue()) {
    const ProcessResult page = bulkhead({"explain", std::string(rule.code)});
    EXPECT_EQ(page.status, 0) << page.err;
    EXPECT_TRUE(page.out.starts_with("# " + std::string(rule.code) + "\n")) << page.out;
  }
  EXPECT_TRUE(bulkhead({"explain", "within_view"}).out.starts_with("# within-view\n"));
  const ProcessResult mistyped = bulkhead({"explain", "forbiden"});
  EXPECT_EQ(mistyped.status, 2);
  EXPECT_EQ(mistyped.err, "error: there is no rule 'forbiden'\n  = help: did you mean forbidden?\n");
}

TEST_F(CommandLine, SaysTheSameEachTime) {
  for (const char* const format : {"text", "json", "dot", "svg"}) {
    const ProcessResult once = check("kinds", {"--format", format});
    EXPECT_EQ(once.status, 1);
    EXPECT_EQ(once.out, check("kinds", {"--format", format}).out) << format;
    EXPECT_EQ(count(once.out, trees_->path().string()), 0U) << format << " names a path of this machine";
  }
}

}  // namespace
}  // namespace bulkhead::test
