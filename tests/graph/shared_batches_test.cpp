// However the targets are shared among batches, the graph says the same.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "graph/graph_builder.h"
#include "tests/support/reply_writer.h"

namespace bulkhead {
namespace {

constexpr std::size_t target_count = 12;

// Targets that share names, paths and files in many ways: each is made by a file of its own, which includes the same
// one.
test::ReplySpec sample() {
  test::ReplySpec reply;
  for (std::size_t i = 0; i < target_count; ++i) {
    const std::string file = std::to_string(i * 5 % target_count) + "/CMakeLists.txt";
    test::TargetSpec target{.name = "t" + std::to_string(i),
                            .frames = {{.file = file},
                                       {file, static_cast<std::uint32_t>(i % 4 + 1), "include", 0},
                                       {"cmake/common.cmake", 0, "", 1},
                                       {"cmake/common.cmake", 8, "add_library", 2}},
                            .frame = 3,
                            .sources = {{"src/" + std::to_string(i % 3) + ".cpp", 3}},
                            .compile_groups = {{.includes = {{"include", 3}}, .defines = {{"X", 1}}}},
                            .link_fragments = {{"lib/0.a -lm /usr/lib/libz.so", 3}},
                            .artifacts = {"lib/" + std::to_string(i) + ".a"}};
    for (std::size_t j = 0; j < i; j += 2) target.dependencies.push_back({"t" + std::to_string(j), 3});
    reply.configurations[0].targets.push_back(target);
  }
  return reply;
}

// Everything that the graph says when target i is decoded into the batch of that number, in that order.
std::vector<std::string> described(const std::vector<std::size_t>& order, const std::vector<std::size_t>& batch_of,
                                   std::size_t batch_count, std::size_t threads) {
  const test::ReplySpec reply = sample();
  Codemodel codemodel;
  codemodel.minor = 4;
  codemodel.configurations.emplace_back();
  CodemodelConfiguration& configuration = codemodel.configurations.front();
  configuration.directories.emplace_back();
  for (const test::TargetSpec& target : reply.configurations[0].targets) {
    configuration.ids.intern(test::target_id(target.name));
    configuration.targets.push_back({target.name, "", 0});
  }
  const SourcePaths paths("/src", "/build");
  std::vector<TargetBatch> batches;
  for (std::size_t i = 0; i < batch_count; ++i) batches.emplace_back(configuration, paths, LinkPaths::from_top);
  for (const std::size_t index : order) {
    std::string text = test::target_text(reply.configurations[0].targets[index], reply, reply.configurations[0]);
    const std::size_t size = text.size();
    text.resize(size + json_padding);
    const auto decoded = batches[batch_of[index]].decode_target(
        static_cast<std::uint32_t>(index), {"target.json", std::string_view(text).substr(0, size)});
    EXPECT_TRUE(decoded) << decoded.error().message;
  }
  const CMakeFiles cmake_files{.inputs = {"cmake/common.cmake", "3/CMakeLists.txt"}, .present = true};
  const TargetGraph graph = build_graph({.codemodel = codemodel,
                                         .configuration = configuration,
                                         .paths = paths,
                                         .cmake_files = cmake_files,
                                         .info = {},
                                         .batches = std::move(batches),
                                         .threads = threads});
  std::vector<std::string> lines = test::describe_edges(graph);
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    const Target& target = graph.targets()[i];
    lines.push_back(std::string(graph.name(TargetId(i))) + " at " + std::string(graph.call_site(*target.frame)->file));
    for (const Dependency& one : graph.dependencies(TargetId(i))) lines.emplace_back(graph.name(one.target));
  }
  return lines;
}

TEST(SharedBatches, MakeTheSameGraphHoweverTheyAreShared) {
  std::vector<std::size_t> order(target_count);
  for (std::size_t i = 0; i < target_count; ++i) order[i] = i;
  const std::vector<std::string> expected = described(order, std::vector<std::size_t>(target_count, 0), 1, 1);
  ASSERT_EQ(expected.back(), "t10") << "the last entry of the last target";
  ASSERT_NE(std::find(expected.begin(), expected.end(),
                      "file:0/CMakeLists.txt -> file:cmake/common.cmake [configure, derived] 0/CMakeLists.txt:1"),
            expected.end())
      << "of all that read a file, the first by name";
  std::mt19937 random(20260101);
  for (std::size_t round = 0; round < 40; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    const std::size_t batch_count = 1 + random() % 5;
    std::vector<std::size_t> batch_of(target_count);
    for (std::size_t& batch : batch_of) batch = random() % batch_count;
    ASSERT_EQ(described(order, batch_of, batch_count, 1), expected) << "round " << round;
  }
}

}  // namespace
}  // namespace bulkhead
