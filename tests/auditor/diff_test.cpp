// bulkhead diff and bulkhead graph, on saved graphs and on recorded replies.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/schema.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// tests/diffs/<name>: old.json, new.json, perhaps a bulkhead.toml, and what is to be said of them in each format.
class DiffCase : public testing::TestWithParam<const char*> {
 protected:
  static ProcessResult diff(const char* format) {
    const fs::path folder = test_directory() / "diffs" / GetParam();
    std::vector<std::string> command = {"diff", (folder / "old.json").string(), (folder / "new.json").string(),
                                        "--format", format};
    if (fs::exists(folder / "bulkhead.toml")) {
      command.insert(command.end(), {"--policy", (folder / "bulkhead.toml").string()});
    }
    return bulkhead(command);
  }
};

TEST_P(DiffCase, IsAsExpected) {
  const std::vector<std::pair<const char*, const char*>> outputs = {
      {"text", "expected.txt"}, {"json", "expected.json"}, {"markdown", "expected.md"}, {"dot", "expected.dot"}};
  for (const auto& [format, file] : outputs) {
    const ProcessResult result = diff(format);
    EXPECT_EQ(result.status, 0) << result.err;
    const fs::path golden = test_directory() / "diffs" / GetParam() / file;
    if (const char* const update = std::getenv("UPDATE_GOLDEN"); update != nullptr && std::string(update) == "1") {
      write_file(golden, result.out);
    }
    EXPECT_EQ(result.out, read_file(golden)) << file;
  }
}

TEST_P(DiffCase, FitsTheSchemas) {
  const fs::path folder = test_directory() / "diffs" / GetParam();
  EXPECT_EQ(validate_graphs({read_file(folder / "old.json"), read_file(folder / "new.json")}),
            (std::vector<std::string>{"", ""}));
  EXPECT_EQ(validate_diffs({diff("json").out}).front(), "");
}

INSTANTIATE_TEST_SUITE_P(Diffs, DiffCase,
                         testing::Values("folders", "modules", "same", "hostile", "configurations", "not-comparable"),
                         [](const testing::TestParamInfo<const char*>& one) {
                           std::string name = one.param;
                           std::erase(name, '-');
                           return name;
                         });

// A recorded reply, as a build tree and as the graph that is saved of it.
class RecordedTree {
 public:
  explicit RecordedTree(const std::string& reply) {
    unpack_reply(reply, build());
    const ProcessResult saved_it = bulkhead({"graph", "-q", "-B", build(), "--format", "json=" + saved()});
    EXPECT_EQ(saved_it.status, 0) << saved_it.err;
  }
  [[nodiscard]] std::string build() const { return directory_ / "build"; }
  [[nodiscard]] std::string saved() const { return directory_ / "graph.json"; }

 private:
  TemporaryDirectory directory_;
};

std::string diff_of(const std::string& before, const std::string& after, const std::string& policy) {
  const ProcessResult result = bulkhead({"diff", before, after, "--policy", policy, "--format", "json"});
  EXPECT_EQ(result.status, 0) << result.err;
  return result.out;
}

// What the two sides are, and findings, which only build trees have.
std::string without_sides(const std::string& text) {
  auto json = nlohmann::ordered_json::parse(text);
  for (const char* const key : {"old", "new"}) json.erase(key);
  json.erase("findings");
  json["summary"].erase("findings");
  auto& remarks = json["remarks"];
  for (auto one = remarks.begin(); one != remarks.end();) {
    const std::string remark = one->get<std::string>();
    one = remark.starts_with("module ") || remark.starts_with("findings ") ? remarks.erase(one) : one + 1;
  }
  return json.dump(1);
}

TEST(Diff, OfATreeWithItselfIsEmpty) {
  for (const char* const reply : {"kinds/3.25-Ninja", "kinds/4.3-Ninja-Multi-Config", "multi/3.31-Ninja-Multi-Config",
                                  "cycle/3.25-Unix-Makefiles"}) {
    const RecordedTree tree(reply);
    for (const auto& [before, after] : {std::pair(tree.build(), tree.build()), std::pair(tree.saved(), tree.build()),
                                        std::pair(tree.build(), tree.saved())}) {
      const ProcessResult result = bulkhead({"diff", before, after});
      EXPECT_EQ(result.status, 0) << result.err;
      EXPECT_TRUE(result.out.starts_with("no target and no edge came or went\n\nnot compared: ")) << result.out;
    }
  }
}

TEST(Diff, IsTheSameOfSavedGraphs) {
  const RecordedTree off("clean/3.25-Ninja");
  const RecordedTree on("clean-on/3.25-Ninja");
  const std::string policy = policy_of("clean");
  const std::string live = without_sides(diff_of(off.build(), on.build(), policy));
  EXPECT_NE(live.find("\"added\""), std::string::npos);
  EXPECT_EQ(without_sides(diff_of(off.saved(), on.build(), policy)), live);
  EXPECT_EQ(without_sides(diff_of(off.build(), on.saved(), policy)), live);
  EXPECT_EQ(without_sides(diff_of(off.saved(), on.saved(), policy)), live);
}

TEST(Diff, SavesGraphsThatFitTheSchema) {
  for (const char* const reply :
       {"kinds/3.25-Ninja", "kinds/4.3-Ninja-Multi-Config", "opencv/4.10.0-default-3.25-Ninja"}) {
    if (!fs::exists(test_directory() / "replies" / (std::string(reply) + ".tar.zst"))) continue;
    const RecordedTree tree(reply);
    const std::string text = read_file(tree.saved());
    EXPECT_EQ(validate_graphs({text}).front(), "") << reply;
    EXPECT_EQ(text.find(tree.build()), std::string::npos) << "a path of this machine";
    auto changed = nlohmann::json::parse(text);
    changed["configurations"][0]["edges"][0]["kind"] = "rope";
    EXPECT_NE(validate_graphs({changed.dump()}).front(), "");
  }
}

// Two versions of CMake see the same project, and the difference says that they are two.
TEST(Diff, SaysWhatIsNotComparable) {
  const RecordedTree old_one("kinds/3.25-Unix-Makefiles");
  const RecordedTree new_one("kinds/4.3-Ninja");
  const auto json = nlohmann::json::parse(diff_of(old_one.build(), new_one.build(), policy_of("kinds")));
  EXPECT_GE(json["remarks"].size(), 4U);
  EXPECT_EQ(validate_diffs({json.dump()}).front(), "");
  for (const auto& group : json["groups"]) {
    for (const auto& target : group["targets"]) {
      // The project has this one since CMake 3.27.
      EXPECT_TRUE(target.value("uncertain", false) || target["name"] == "compile_only") << target;
    }
  }
}

TEST(Diff, FindsLlvmLikeItself) {
  const RecordedTree tree("llvm/19.1.7-full-3.25-Ninja");
  const ProcessResult result = bulkhead({"diff", tree.build(), tree.build()});
  EXPECT_TRUE(result.out.starts_with("no target and no edge came or went\n")) << result.err;
}

class DiffErrors : public testing::Test {
 protected:
  static void expect_error(const std::vector<std::string>& command, const std::string& message) {
    const ProcessResult result = bulkhead(command);
    EXPECT_EQ(result.status, 2) << message;
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(result.err.starts_with("error: " + message)) << result.err;
  }
  const std::string graph_ = (test_directory() / "diffs/same/old.json").string();
};

TEST_F(DiffErrors, AreSaid) {
  const TemporaryDirectory scratch;
  write_file(scratch / "bad.json", "{\"schema\": \"bulkhead-graph-1\"");
  expect_error({"diff", graph_, scratch / "nothing"}, "there is no " + scratch / "nothing");
  expect_error({"diff", graph_, scratch / "bad.json"}, "cannot read this saved graph: ");
  expect_error({"diff", graph_, graph_, "--format", "markdwon"},
               "diff has no format 'markdwon'\n  = help: did you mean markdown?");
  expect_error({"diff", graph_, graph_, "--format", "text", "--format", "json"},
               "two formats would go to the standard output");
  expect_error({"diff", graph_, graph_, "--format", "json="}, "'json=' names no file");
  expect_error({"diff", graph_, graph_, "--configuration", "Fast"}, "there is no configuration 'Fast' in it");
  expect_error({"diff", graph_, graph_, "--fail-on", "new"},
               "findings cannot be compared: OLD is a saved graph, which cannot be audited");
  expect_error({"diff", graph_}, "NEW is required");
  expect_error({"graph", "-B", scratch.path().string(), "--format", "yaml"}, "graph has no format 'yaml'");
  expect_error({"graph", "-B", scratch.path().string()}, "");
}

TEST_F(DiffErrors, AreSaidOfAFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  EXPECT_EQ(bulkhead_into("/dev/full", {"diff", graph_, graph_}).status, 2);
}

}  // namespace
}  // namespace bulkhead::test
