// `bulkhead init` as users run it: on real configures, with the module on and off, and what comes after it.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/live_cmakes.h"
#include "tests/support/replies.h"
#include "tests/support/schema.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// A copy of a fixture project without its policy, configured.
class Tree {
 public:
  explicit Tree(const std::string& project) {
    fs::copy(test_directory() / "projects" / project, source(), fs::copy_options::recursive);
    fs::remove(fs::path(source()) / "bulkhead.toml");
  }

  void configure(const std::vector<std::string>& more = {}, const std::string& cmake = cmake_command()) const {
    std::vector<std::string> command = {"configure", "-q",     "--no-check", "--cmake", cmake,
                                        "-S",        source(), "-B",         build()};
    command.insert(command.end(), more.begin(), more.end());
    const ProcessResult configured = bulkhead(command);
    ASSERT_EQ(configured.status, 0) << configured.err;
  }
  [[nodiscard]] ProcessResult init(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"init", "-B", build()};
    command.insert(command.end(), more.begin(), more.end());
    return bulkhead(command);
  }
  [[nodiscard]] ProcessResult check(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"check", "-B", build()};
    command.insert(command.end(), more.begin(), more.end());
    return bulkhead(command);
  }
  [[nodiscard]] std::string source() const { return directory_ / "source"; }
  [[nodiscard]] std::string build() const { return directory_ / "build"; }
  [[nodiscard]] std::string policy() const { return source() + "/bulkhead.toml"; }

 private:
  TemporaryDirectory directory_;
};

// The policy with nothing commented out that was a line of a table.
std::string uncommented(const std::string& policy) {
  std::string text;
  for (std::size_t begin = 0; begin < policy.size();) {
    const std::size_t end = policy.find('\n', begin);
    const bool is_table = policy[begin] == '#' && policy[begin + 1] != ' ' && policy[begin + 1] != ':';
    const std::size_t word = policy.find_first_not_of(' ', begin + 1);
    const bool is_entry = policy.compare(begin, 3, "#  ") == 0 && word != std::string::npos &&
                          (policy[word] == '"' || policy[word] == '[' || policy[word] == ']');
    text += policy.substr(begin + (is_table || is_entry ? 1 : 0), end - begin - (is_table || is_entry ? 1 : 0) + 1);
    begin = end + 1;
  }
  return text;
}

TEST(Init, ProposesTheModulesOfTheSample) {
  for (const std::string& cmake : live_cmakes()) {
    for (const char* const value : {"OFF", "ON"}) {
      SCOPED_TRACE(cmake + " " + value);
      const Tree tree("sample");
      tree.configure({std::string("-DUSE_CUDA=") + value, std::string("-DUSE_PLUGINS=") + value}, cmake);
      const ProcessResult result = tree.init();
      EXPECT_EQ(result.status, 0) << result.err;
      EXPECT_EQ(result.out, "");
      EXPECT_NE(result.err.find("next: read it, then bulkhead check -B "), std::string::npos) << result.err;
      const std::string policy = read_file(tree.policy());
      EXPECT_EQ(validate_policies({policy, uncommented(policy)}), (std::vector<std::string>{"", ""})) << policy;
      EXPECT_TRUE(policy.starts_with("#:schema https://")) << policy;
      EXPECT_NE(policy.find("toggle  = \"USE_PLUGINS\"\n"), std::string::npos) << policy;
      EXPECT_NE(policy.find("\"path:tests/**\""), std::string::npos) << policy;
      const ProcessResult checked = tree.check();
      EXPECT_LT(checked.status, 2) << checked.err << policy;
      EXPECT_EQ(count(checked.out, "unused-policy"), 0U) << checked.out;
      write_file(tree.policy(), uncommented(policy));
      EXPECT_LT(tree.check().status, 2) << tree.check().err << uncommented(policy);
    }
  }
}

// What is proposed holds in trees of all kinds: with several configurations, without a capture, without anything
// optional.
TEST(Init, IsAcceptedByCheckAtOnce) {
  for (const char* const project : {"clean", "cycle", "kinds", "multi", "mutant", "sample", "includes"}) {
    for (const char* const generator : {"Ninja", "Ninja Multi-Config", "Unix Makefiles"}) {
      SCOPED_TRACE(std::string(project) + ", " + generator);
      const Tree tree(project);
      ASSERT_EQ(bulkhead({"query", "-q", "-B", tree.build()}).status, 0);
      const ProcessResult configured = run({cmake_command(), "-G", generator, "-S", tree.source(), "-B", tree.build()});
      ASSERT_EQ(configured.status, 0) << configured.err;
      const ProcessResult result = tree.init();
      ASSERT_LT(result.status, 2) << result.err;
      EXPECT_EQ(result.status == 0, fs::exists(tree.policy())) << result.err;
      if (result.status == 1) continue;  // there is nothing to propose, and it says so
      const ProcessResult checked = tree.check();
      EXPECT_LT(checked.status, 2) << checked.err;
      EXPECT_EQ(count(checked.out, "unused-policy"), 0U) << checked.out;
    }
  }
}

// From nothing to a rule that holds, and that a link upwards breaks, and only that.
TEST(Init, MakesLayersARuleThatHolds) {
  for (const std::string& cmake : live_cmakes()) {
    SCOPED_TRACE(cmake);
    const TemporaryDirectory directory;
    const std::string source = directory / "source";
    const std::string build = directory / "build";
    const auto write = [&source](const std::string& folder, const std::string& links) {
      write_file(source + "/" + folder + "/" + folder + ".c", "int " + folder + "_value;\n");
      write_file(source + "/" + folder + "/CMakeLists.txt",
                 "add_library(" + folder + " STATIC " + folder + ".c)\n" +
                     (links.empty() ? "" : "target_link_libraries(" + folder + " PRIVATE " + links + ")\n"));
    };
    write_file(source + "/CMakeLists.txt",
               "cmake_minimum_required(VERSION 3.15)\nproject(layered C)\nadd_subdirectory(app)\n"
               "add_subdirectory(left)\nadd_subdirectory(right)\nadd_subdirectory(base)\n");
    write("app", "left right");
    write("left", "base");
    write("right", "base");
    write("base", "");
    const auto configure = [&] {
      return bulkhead({"configure", "-q", "--no-check", "--cmake", cmake, "-S", source, "-B", build});
    };
    ASSERT_EQ(configure().status, 0);
    const ProcessResult result = bulkhead({"init", "-B", build});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_NE(result.err.find("init: 3 layers of folders are sure\n"), std::string::npos) << result.err;
    const std::string policy = read_file(source + "/bulkhead.toml");
    EXPECT_EQ(validate_policies({policy}), std::vector<std::string>{""}) << policy;
    const ProcessResult checked = bulkhead({"check", "-B", build});
    EXPECT_EQ(checked.status, 0) << checked.out << policy;
    EXPECT_NE(checked.out.find("1 rule: 1 holds"), std::string::npos) << checked.out;

    write("base", "left");
    ASSERT_EQ(configure().status, 0);
    const ProcessResult broken = bulkhead({"check", "-B", build});
    EXPECT_EQ(broken.status, 1) << broken.err;
    EXPECT_EQ(count(broken.out, "error["), 1U) << broken.out;
    EXPECT_NE(broken.out.find("error[layers]: base links left, which is of a higher layer of rule 'folders'"),
              std::string::npos)
        << broken.out;
  }
}

TEST(Init, IsDeterministic) {
  const Tree tree("sample");
  tree.configure();
  const ProcessResult first = tree.init({"--stdout"});
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_FALSE(fs::exists(tree.policy())) << "it was to be printed";
  EXPECT_EQ(tree.init({"--stdout"}).out, first.out);
  EXPECT_EQ(tree.init({"--policy", "-"}).out, first.out);
  ASSERT_EQ(tree.init().status, 0);
  EXPECT_EQ(read_file(tree.policy()), first.out);
  EXPECT_EQ(first.out.find(tree.source()), std::string::npos) << "no path of this machine";
  const Tree other("sample");
  other.configure();
  EXPECT_EQ(other.init({"--stdout"}).out, first.out) << "the same project elsewhere";
}

TEST(Init, LeavesAPolicyAlone) {
  const Tree tree("sample");
  tree.configure();
  write_file(tree.policy(), "# mine\n");
  const ProcessResult refused = tree.init();
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("there is a policy already, and it is left as it is"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("--force"), std::string::npos) << refused.err;
  EXPECT_EQ(read_file(tree.policy()), "# mine\n");
  EXPECT_EQ(tree.init({"--stdout"}).status, 0) << "printing harms nothing";
  EXPECT_EQ(read_file(tree.policy()), "# mine\n");
  EXPECT_EQ(tree.init({"--force"}).status, 0);
  EXPECT_NE(read_file(tree.policy()), "# mine\n");
}

TEST(Init, WritesWhereItIsTold) {
  const Tree tree("sample");
  tree.configure();
  const std::string other = tree.source() + "/other.toml";
  const ProcessResult result = tree.init({"--policy", other});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_TRUE(fs::exists(other));
  EXPECT_FALSE(fs::exists(tree.policy()));
  EXPECT_NE(result.err.find("--policy " + other), std::string::npos) << result.err;
  EXPECT_EQ(tree.init({"--policy", other}).status, 2) << "it is there now";
  EXPECT_EQ(tree.init({"-q", "--force", "--policy", other}).err, "");
}

TEST(Init, SaysWhenThereIsNothingToPropose) {
  const TemporaryDirectory directory;
  write_file(directory / "a.cpp", "int a() { return 0; }\n");
  write_file(directory / "CMakeLists.txt",
             "cmake_minimum_required(VERSION 3.21)\nproject(p LANGUAGES CXX)\nadd_library(a a.cpp)\n");
  const std::string source = directory.path();
  ASSERT_EQ(bulkhead({"configure", "-q", "--no-check", "-S", source, "-B", source + "/b"}).status, 0);
  const ProcessResult result = bulkhead({"init", "-B", source + "/b"});
  EXPECT_EQ(result.status, 1);
  EXPECT_NE(result.err.find("no option was found that guards a part"), std::string::npos) << result.err;
  EXPECT_FALSE(fs::exists(directory / "bulkhead.toml"));
}

TEST(Init, NeedsAReply) {
  const TemporaryDirectory directory;
  EXPECT_EQ(bulkhead({"init", "-B", directory.path()}).status, 2);
}

// What it proposes finds a leak that nobody has told it of.
TEST(Init, FindsALeak) {
  const TemporaryDirectory directory;
  write_file(directory / "a.cpp", "int a() { return 0; }\n");
  write_file(directory / "gpu/b.cpp", "int b() { return 0; }\n");
  write_file(directory / "gpu/CMakeLists.txt", "add_library(gpu_rt STATIC b.cpp)\n");
  write_file(directory / "CMakeLists.txt",
             "cmake_minimum_required(VERSION 3.21)\nproject(p LANGUAGES CXX)\noption(USE_GPU \"\" OFF)\n"
             "add_library(core STATIC a.cpp)\n"
             "target_include_directories(core PRIVATE gpu)\n"
             "target_link_libraries(core PRIVATE -lgpu_rt)\n"
             "if(USE_GPU)\n  add_subdirectory(gpu)\nendif()\n");
  const std::string source = directory.path();
  ASSERT_EQ(bulkhead({"configure", "-q", "--no-check", "-S", source, "-B", source + "/b"}).status, 0);
  ASSERT_EQ(bulkhead({"init", "-q", "-B", source + "/b"}).status, 0);
  const ProcessResult checked = bulkhead({"check", "-B", source + "/b"});
  EXPECT_EQ(checked.status, 1) << checked.out;
  EXPECT_NE(checked.out.find("CMakeLists.txt:5"), std::string::npos) << checked.out;
  EXPECT_NE(checked.out.find("CMakeLists.txt:6"), std::string::npos) << checked.out;
}

}  // namespace
}  // namespace bulkhead::test
