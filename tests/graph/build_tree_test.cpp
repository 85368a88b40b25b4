#include "graph/build_tree.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
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
  // Each target's own file includes the same one, so that there are many answers to who read that.
  reply.cmake_files = {{{.path = "cmake/common.cmake"}}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string own_file = std::to_string((i * 37) % count) + "/CMakeLists.txt";
    TargetSpec target{.name = "t" + std::to_string(i),
                      .frames = {{.file = own_file},
                                 {own_file, static_cast<std::uint32_t>(i + 1), "add_library", 0},
                                 {own_file, 3, "include", 0},
                                 {"cmake/common.cmake", 0, "", 2}},
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
      for (const StringId artifact : graph.artifacts(TargetId(i)))
        line += " makes " + std::string(graph.text(artifact));
      for (const Dependency& one : graph.dependencies(TargetId(i)))
        line += " after " + std::string(graph.name(one.target));
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
    EXPECT_TRUE(alone->inputs.cmake_files);
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

// What CMake does at the end of a configure: new objects, a new index, and only then are the old ones removed. The
// names of all targets end in the number of the run, as the names of CMake's files end in a hash.
void replace_reply(const ReplySpec& base, int run, const fs::path& build) {
  const std::string mark = "_" + std::to_string(1'000 + run);
  ReplySpec reply = base;
  reply.stamp = "2026-01-01T00-00-00" + mark;
  for (TargetSpec& target : reply.configurations[0].targets) {
    target.name += mark;
    for (auto& one : target.dependencies) one.text += mark;
  }
  test::write_reply(reply, build);
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(test::reply_directory(build))) {
    const std::string name = entry.path().filename().string();
    if (name.find(mark) == std::string::npos && !name.starts_with("directory-")) old.push_back(entry.path());
  }
  // The index goes first, so that nobody begins with it while its objects go.
  std::sort(old.begin(), old.end(), [](const fs::path& a, const fs::path& b) {
    const auto is_index = [](const fs::path& path) { return path.filename().string().starts_with("index-"); };
    return std::pair(!is_index(a), a) < std::pair(!is_index(b), b);
  });
  for (const fs::path& path : old) fs::remove(path);
}

TEST(BuildTree, IsReadWholeWhileCMakeRewritesIt) {
  constexpr int runs = 60;
  constexpr std::size_t count = 40;
  const TemporaryDirectory build;
  const ReplySpec base = many_targets(count);
  replace_reply(base, 0, build.path());
  std::atomic<bool> done = false;
  std::jthread writer([&] {
    for (int run = 1; run <= runs; ++run) replace_reply(base, run, build.path());
    done = true;
  });
  std::string last;
  for (bool more = true; more;) {
    more = !done;
    const auto tree = read_build_tree(build.path(), {.threads = 2});
    ASSERT_TRUE(tree) << tree.error().location.file << ": " << tree.error().message;
    const TargetGraph& graph = tree->graphs[0];
    ASSERT_EQ(graph.targets().size(), count);
    const std::string mark(graph.name(TargetId(0)).substr(2));
    EXPECT_GE(mark, last) << "never back to an older reply";
    last = mark;
    for (std::size_t i = 0; i < count; ++i) ASSERT_TRUE(graph.name(TargetId(i)).ends_with(mark));
  }
  EXPECT_EQ(last, "_" + std::to_string(1'000 + runs));
}

}  // namespace
}  // namespace bulkhead
