// Replies that are missing, stale, broken, or rewritten while they are read.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "graph/build_tree.h"
#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

// A build tree called `build` in the working directory, with a reply of the project clean.
class BrokenReply : public testing::Test {
 protected:
  BrokenReply() { unpack_reply("clean/3.25-Ninja", build()); }

  [[nodiscard]] fs::path build() const { return directory_.path() / "build"; }
  [[nodiscard]] ProcessResult check(const std::string& tree = "build") const {
    return bulkhead({"check", "-B", tree, "--policy", policy_of("clean")}, {.directory = directory_.path().string()});
  }
  /// How the command line names a file of the reply.
  [[nodiscard]] static std::string shown(const fs::path& file) {
    return "build/.cmake/api/v1/reply/" + file.filename().string();
  }
  /// Takes the object of that kind out of the index.
  void remove_object(const std::string& kind) const {
    const fs::path index = find_reply_file(build(), "index-");
    auto json = nlohmann::json::parse(read_file(index));
    auto& objects = json.at("objects");
    objects.erase(
        std::remove_if(objects.begin(), objects.end(), [&](const auto& one) { return one.at("kind") == kind; }),
        objects.end());
    write_file(index, json.dump());
  }

  TemporaryDirectory directory_;
};

void expect_no_audit(const ProcessResult& result, const std::string& message) {
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, message);
}

TEST_F(BrokenReply, IsWholeAtFirst) {
  EXPECT_EQ(check().status, 0);
}

TEST_F(BrokenReply, NoBuildTree) {
  expect_no_audit(check("none"),
                  "error: there is no such build tree\n  --> none\n  = help: name a configured build tree with -B\n");
}

TEST_F(BrokenReply, NoReply) {
  fs::create_directories(directory_.path() / "empty");
  const ProcessResult result = check("empty");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(result.err.starts_with("error: this build tree has no File API reply\n  --> empty\n")) << result.err;
  EXPECT_NE(result.err.find("bulkhead query -B build && cmake -B build"), std::string::npos) << result.err;
}

TEST_F(BrokenReply, NoIndex) {
  fs::remove(find_reply_file(build(), "index-"));
  EXPECT_EQ(check().status, 2);
  EXPECT_NE(check().err.find("bulkhead query -B build"), std::string::npos);
}

TEST_F(BrokenReply, NoCacheObject) {
  remove_object("cache");
  expect_no_audit(check(), "error: this reply has no cache object\n  --> " + shown(find_reply_file(build(), "index-")) +
                               "\n  = help: run 'bulkhead query' on the build tree, then cmake again\n");
}

TEST_F(BrokenReply, NoCodemodelObject) {
  remove_object("codemodel");
  expect_no_audit(check(), "error: this reply has no codemodel object of version 2\n  --> " +
                               shown(find_reply_file(build(), "index-")) +
                               "\n  = help: run 'bulkhead query' on the build tree, then cmake again\n");
}

TEST_F(BrokenReply, NoCMakeFilesObjectIsABlindSpot) {
  remove_object("cmakeFiles");
  const ProcessResult result = bulkhead({"check", "-v", "-B", build().string(), "--policy", policy_of("clean")});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_NE(result.out.find("configure edges to module opt are unproven: the reply has no cmakeFiles object"),
            std::string::npos)
      << result.out;
}

TEST_F(BrokenReply, NewerErrorThanIndex) {
  unpack_reply("error/4.3-Ninja", directory_.path() / "failed");
  const ProcessResult result = check("failed");
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(result.err.starts_with("error: CMake's last run on this build tree failed")) << result.err;
  EXPECT_NE(result.err.find("failed/.cmake/api/v1/reply/error-2026-01-01T00-00-01-0000.json"), std::string::npos);
}

TEST_F(BrokenReply, OlderErrorThanIndexIsPast) {
  unpack_reply("error/4.3-Ninja", directory_.path() / "mended");
  const fs::path reply = reply_directory(directory_.path() / "mended");
  fs::rename(reply / "error-2026-01-01T00-00-01-0000.json", reply / "error-2025-12-31T00-00-00-0000.json");
  EXPECT_LT(check("mended").status, 2) << check("mended").err;
}

TEST_F(BrokenReply, VanishedObject) {
  const fs::path target = find_reply_file(build(), "target-core-");
  fs::remove(target);
  expect_no_audit(check(), "error: cannot open this file: No such file or directory\n  --> " + shown(target) + "\n");
}

TEST_F(BrokenReply, VanishedCodemodel) {
  const fs::path codemodel = find_reply_file(build(), "codemodel-v2-");
  fs::remove(codemodel);
  const ProcessResult result = check();
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.err.find("--> " + shown(codemodel) + "\n"), std::string::npos) << result.err;
}

TEST_F(BrokenReply, ObjectCutOffAnywhere) {
  const fs::path target = find_reply_file(build(), "target-core-");
  const std::string whole = read_file(target);
  const std::size_t last = whole.find_last_of('}');
  for (std::size_t length = 0; length <= last; length += 97) {
    write_file(target, whole.substr(0, length));
    const ProcessResult result = check();
    EXPECT_EQ(result.status, 2) << length;
    EXPECT_TRUE(result.err.starts_with("error: cannot read this reply: ")) << length << result.err;
    EXPECT_NE(result.err.find("--> " + shown(target)), std::string::npos) << length << result.err;
    EXPECT_NE(result.err.find("= help: "), std::string::npos) << length;
  }
}

TEST_F(BrokenReply, ValueOfAWrongType) {
  const fs::path target = find_reply_file(build(), "target-core-");
  const std::string text = read_file(target);
  const std::size_t at = text.find("\"STATIC_LIBRARY\"");
  ASSERT_NE(at, std::string::npos);
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  replace_in_file(target, "\"STATIC_LIBRARY\"", "7");
  const ProcessResult result = check();
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.err.find("--> " + shown(target) + ":" + std::to_string(line) + ":"), std::string::npos)
      << result.err;
}

TEST_F(BrokenReply, ValuesOfAWrongTypeEverywhere) {
  // Every string of the object in turn becomes a number, every number a string, every list an object.
  const fs::path target = find_reply_file(build(), "target-core-");
  const auto whole = nlohmann::json::parse(read_file(target));
  const auto flat = whole.flatten();
  std::size_t refused = 0;
  for (const auto& [pointer, value] : flat.items()) {
    auto changed = flat;
    changed[pointer] = value.is_string() ? nlohmann::json(7) : nlohmann::json("seven");
    write_file(target, changed.unflatten().dump());
    const auto tree = read_build_tree(build(), {.threads = 1});  // no crash, and an Error that says where
    if (tree) continue;
    ++refused;
    EXPECT_EQ(tree.error().location.file, target.string()) << pointer;
    EXPECT_NE(tree.error().message, "");
  }
  EXPECT_GT(refused, flat.size() / 3) << "what is read must be of the right type";
}

// What CMake does at the end of a configure: new objects under new names, a new index, and then the old files go, in
// the order in which the file system lists them.
class Rewriter {
 public:
  explicit Rewriter(fs::path reply) : reply_(std::move(reply)) {
    for (const fs::directory_entry& entry : fs::directory_iterator(reply_)) {
      files_.emplace_back(entry.path().filename().string(), read_file(entry.path()));
    }
  }

  void run_once() {
    const std::string mark = "-run" + std::to_string(10'000 + ++run_) + ".json";
    std::vector<fs::path> old;
    for (const fs::directory_entry& entry : fs::directory_iterator(reply_)) old.push_back(entry.path());
    for (const bool is_index : {false, true}) {
      for (const auto& [name, text] : files_) {
        if (name.starts_with("index-") == is_index) write(name, marked(text, mark), mark);
      }
    }
    for (const fs::path& file : old) fs::remove(file);
  }

 private:
  // Every name of a file of the reply, within a text, with the mark of this run.
  [[nodiscard]] std::string marked(std::string text, const std::string& mark) const {
    for (const auto& [name, unused] : files_) {
      const std::string quoted = "\"" + name + "\"";
      for (std::size_t at = text.find(quoted); at != std::string::npos; at = text.find(quoted, at + 1)) {
        text.replace(at, quoted.size(), "\"" + with_mark(name, mark) + "\"");
      }
    }
    return text;
  }
  static std::string with_mark(const std::string& name, const std::string& mark) {
    return name.substr(0, name.size() - std::string_view(".json").size()) + mark;
  }
  void write(const std::string& name, const std::string& text, const std::string& mark) const {
    write_file(reply_ / "in-progress", text);  // as CMake does: a file is there whole, or not at all
    fs::rename(reply_ / "in-progress", reply_ / with_mark(name, mark));
  }

  fs::path reply_;
  std::vector<std::pair<std::string, std::string>> files_;  // name, text
  int run_ = 0;
};

TEST(RewrittenReply, IsReadWhole) {
  const TemporaryDirectory build;
  unpack_reply("multi/4.3-Ninja-Multi-Config", build.path());
  const auto before = read_build_tree(build.path(), {});
  ASSERT_TRUE(before);
  std::atomic<bool> done = false;
  std::atomic<int> runs = 0;
  std::thread cmake([&] {
    Rewriter rewriter(reply_directory(build.path()));
    while (!done) {
      rewriter.run_once();
      ++runs;
    }
  });
  int failures = 0;
  std::string first_failure;
  for (int reads = 0; reads < 200 || runs < 20; ++reads) {
    const auto tree = read_build_tree(build.path(), {});
    const bool whole = tree && tree->graphs.size() == before->graphs.size() &&
                       tree->graphs[0].edges().size() == before->graphs[0].edges().size();
    if (whole) continue;
    if (failures++ == 0 && !tree) first_failure = tree.error().location.file + ": " + tree.error().message;
  }
  done = true;
  cmake.join();
  EXPECT_EQ(failures, 0) << first_failure;
}

}  // namespace
}  // namespace bulkhead::test
