#include "graph/build_tree.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "tests/support/replies.h"
#include "tests/support/reply_writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using test::ReplySpec;
using test::TargetSpec;
using test::TemporaryDirectory;
using test::write_file;

// A reply with enough targets for all threads to get some.
ReplySpec many_targets(std::size_t count) {
  ReplySpec reply;
  for (std::size_t i = 0; i < count; ++i) {
    TargetSpec target{.name = "t" + std::to_string(i),
                      .frames = {{.file = "CMakeLists.txt"},
                                 {"CMakeLists.txt", static_cast<std::uint32_t>(i + 1), "add_library", 0}},
                      .frame = 1,
                      .sources = {{"src/" + std::to_string(i) + ".cpp", 1}},
                      .compile_groups = {{.defines = {{"ALL", 1}, {"ONE_" + std::to_string(i % 7), 1}}}},
                      .artifacts = {"lib/" + std::to_string(i) + ".a"}};
    for (std::size_t j = i / 2; j < i; j += 3) target.dependencies.push_back({"t" + std::to_string(j), 1});
    reply.configurations[0].targets.push_back(target);
  }
  return reply;
}

// Everything in a tree that a reader can see, as text.
std::vector<std::string> describe(const BuildTree& tree) {
  std::vector<std::string> lines;
  for (const TargetGraph& graph : tree.graphs) {
    lines.push_back("configuration " + graph.info().configuration);
    for (std::size_t i = 0; i < graph.targets().size(); ++i) {
      const Target& target = graph.targets()[i];
      std::string line = "target " + std::string(graph.name(TargetId(i))) + " " + std::string(to_string(target.type)) +
                         " in " + std::string(graph.text(target.source_directory));
      for (const StringId artifact : graph.artifacts(TargetId(i))) line += " makes " + std::string(graph.text(artifact));
      for (const Dependency& one : graph.dependencies(TargetId(i))) line += " after " + std::string(graph.name(one.target));
      if (target.frame) line += " at " + std::to_string(graph.call_stack(*target.frame).back().line);
      lines.push_back(line);
    }
    const std::vector<std::string> edges = test::describe_edges(graph);
    lines.insert(lines.end(), edges.begin(), edges.end());
  }
  return lines;
}

TEST(BuildTree, IsTheSameOnAnyNumberOfThreads) {
  const TemporaryDirectory build;
  test::write_reply(many_targets(150), build.path());
  std::vector<std::string> expected;
  for (const std::size_t threads : {1U, 2U, 3U, 8U}) {
    const auto tree = read_build_tree(build.path(), {.threads = threads});
    ASSERT_TRUE(tree) << tree.error().message;
    const std::vector<std::string> lines = describe(*tree);
    if (expected.empty()) expected = lines;
    EXPECT_EQ(lines, expected) << threads << " threads";
  }
  EXPECT_GT(expected.size(), 1'000U);
}

TEST(BuildTree, IsTheSameOnAnyNumberOfThreadsForRecordedReplies) {
  for (const char* const name : {"kinds/3.25-Ninja", "kinds/4.3-Unix-Makefiles", "multi/3.31-Ninja-Multi-Config"}) {
    const TemporaryDirectory build;
    test::unpack_reply(name, build.path());
    const auto alone = read_build_tree(build.path(), {.threads = 1});
    ASSERT_TRUE(alone) << alone.error().message;
    const auto together = read_build_tree(build.path(), {.threads = 8});
    ASSERT_TRUE(together) << together.error().message;
    EXPECT_EQ(describe(*alone), describe(*together)) << name;
    EXPECT_TRUE(alone->has_cmake_files);
    EXPECT_FALSE(alone->toolchains.empty());
    EXPECT_FALSE(alone->cache.entries().empty());
  }
}

TEST(BuildTree, NamesTheFirstBrokenFileWhateverThreadMetIt) {
  const TemporaryDirectory build;
  test::write_reply(many_targets(150), build.path());
  const fs::path directory = test::reply_directory(build.path());
  write_file(directory / test::target_file("t120"), "{\"dependencies\": 1}");
  write_file(directory / test::target_file("t35"), "{\"type\": 1}");
  for (const std::size_t threads : {1U, 2U, 8U}) {
    const auto tree = read_build_tree(build.path(), {.threads = threads});
    ASSERT_FALSE(tree);
    EXPECT_EQ(tree.error().location.file, (directory / test::target_file("t35")).string());
    EXPECT_EQ(tree.error().location.line, 1U);
  }
}

TEST(BuildTree, NamesTheFileThatIsMissing) {
  const TemporaryDirectory build;
  test::write_reply(many_targets(3), build.path());
  const fs::path directory = test::reply_directory(build.path());
  fs::remove(directory / test::target_file("t1"));
  const auto tree = read_build_tree(build.path(), {.threads = 1});
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().location.file, (directory / test::target_file("t1")).string());
  EXPECT_EQ(tree.error().message, "cannot open this file: No such file or directory");

  // The name is right for a relative path, too.
  const fs::path previous = fs::current_path();
  fs::current_path(build.path());
  const auto relative = read_build_tree(".", {.threads = 1});
  fs::current_path(previous);
  ASSERT_FALSE(relative);
  EXPECT_EQ(relative.error().location.file, "./.cmake/api/v1/reply/" + test::target_file("t1"));
}

TEST(BuildTree, RefusesWhatIsNoRegularFile) {
  const TemporaryDirectory build;
  test::write_reply(many_targets(2), build.path());
  const fs::path file = test::reply_directory(build.path()) / test::target_file("t1");
  fs::remove(file);
  fs::create_directory(file);
  EXPECT_FALSE(read_build_tree(build.path(), {.threads = 1}));
  fs::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  EXPECT_FALSE(read_build_tree(build.path(), {.threads = 1})) << "and must not wait for somebody to write into it";
}

TEST(BuildTree, HoldsTheConfigurationsAskedFor) {
  ReplySpec reply;
  reply.configurations = {{.name = "Debug"}, {.name = "Release"}};
  const TemporaryDirectory build;
  test::write_reply(reply, build.path());
  const auto one = read_build_tree(build.path(), {.configurations = {"Release"}, .threads = 1});
  ASSERT_TRUE(one) << one.error().message;
  ASSERT_EQ(one->graphs.size(), 1U);
  EXPECT_EQ(one->graphs[0].info().configuration, "Release");
  const auto none = read_build_tree(build.path(), {.configurations = {"Profile"}, .threads = 1});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().message, "the build tree has no configuration 'Profile'");
  EXPECT_EQ(none.error().hint, "it has 'Debug', 'Release'");
}

// What CMake does at the end of a configure: new objects, a new index, and only then are the old ones removed.
void replace_reply(const ReplySpec& before, ReplySpec after, const fs::path& build) {
  const fs::path directory = test::reply_directory(build);
  for (auto& target : after.configurations[0].targets) target.name += "_" + after.stamp.substr(after.stamp.size() - 4);
  for (auto& target : after.configurations[0].targets) {
    for (auto& one : target.dependencies) one.text += "_" + after.stamp.substr(after.stamp.size() - 4);
  }
  test::write_reply(after, build);
  fs::remove(directory / ("index-" + before.stamp + ".json"));
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename().string();
    const bool is_of_after = name.find("_" + after.stamp.substr(after.stamp.size() - 4)) != std::string::npos;
    if (name.starts_with("target-") && !is_of_after) fs::remove(entry.path());
  }
}

TEST(BuildTree, ReadsTheNewReplyWhenTheOldOneGoes) {
  const TemporaryDirectory build;
  const ReplySpec base = many_targets(20);
  test::write_reply(base, build.path());
  // An index of before, whose targets have gone, under an older name and then under the newest.
  const fs::path directory = test::reply_directory(build.path());
  ReplySpec after = base;
  after.stamp = "2026-01-01T00-00-01-0001";
  replace_reply(base, after, build.path());
  const auto tree = read_build_tree(build.path(), {.threads = 2});
  ASSERT_TRUE(tree) << tree.error().message;
  EXPECT_EQ(tree->graphs[0].name(TargetId(0)), "t0_0001");
}

TEST(BuildTree, IsReadWholeWhileCMakeRewritesIt) {
  const TemporaryDirectory build;
  const ReplySpec base = many_targets(40);
  test::write_reply(base, build.path());
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    ReplySpec previous = base;
    for (int run = 1; run <= 60; ++run) {
      ReplySpec next = base;
      const std::string number = std::to_string(10'000 + run).substr(1);
      next.stamp = "2026-01-01T00-00-00-" + number;
      replace_reply(previous, next, build.path());
      previous = next;
    }
    done = true;
  });
  int read = 0;
  while (!done) {
    const auto tree = read_build_tree(build.path(), {.threads = 2});
    // A writer that never rests may outrun a reader; what is read must be one reply, whole.
    if (!tree) continue;
    ++read;
    const TargetGraph& graph = tree->graphs[0];
    ASSERT_EQ(graph.targets().size(), 40U);
    const std::string_view mark = graph.name(TargetId(0)).substr(2);
    for (std::size_t i = 0; i < 40; ++i) {
      ASSERT_EQ(graph.name(TargetId(i)).substr(graph.name(TargetId(i)).size() - mark.size()), mark);
    }
  }
  writer.join();
  const auto tree = read_build_tree(build.path(), {.threads = 2});
  ASSERT_TRUE(tree) << tree.error().message;
  EXPECT_EQ(tree->graphs[0].name(TargetId(0)), "t0_0060");
  EXPECT_GT(read, 0);
}

}  // namespace
}  // namespace bulkhead
