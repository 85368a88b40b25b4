#include "graph/inheritance.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/reply_writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

using test::FrameSpec;
using test::graph_of;
using test::TargetSpec;
using test::TemporaryDirectory;
using test::write_file;

// Frames of one file, with a call of target_link_libraries() on each of those lines: line i is node i + 1.
std::vector<FrameSpec> links(const std::vector<std::uint32_t>& lines, const std::string& file = "CMakeLists.txt") {
  std::vector<FrameSpec> frames = {{.file = file}};
  for (const std::uint32_t line : lines) frames.push_back({file, line, "target_link_libraries", 0});
  return frames;
}

const Edge& edge_between(const TargetGraph& graph, const std::string& from, const std::string& to) {
  const Endpoint end = Endpoint::target(graph.find_target(to).value());
  for (const Edge& edge : graph.edges_from(graph.find_target(from).value())) {
    if (edge.to == end) return edge;
  }
  throw std::runtime_error("no edge " + from + " -> " + to);
}

// Judges without sources.
bool inherits(const TargetGraph& graph, const std::string& from, const std::string& to) {
  CMakeSources none("/nowhere/source", "/nowhere/build");
  return Inheritance(graph, none).is_inherited(edge_between(graph, from, to));
}

// The same, with `text` as the top CMakeLists.txt.
bool inherits_with_source(const TargetGraph& graph, const std::string& text, const std::string& from,
                          const std::string& to) {
  const TemporaryDirectory source;
  write_file(source / "CMakeLists.txt", text);
  CMakeSources sources(source.path().string(), "/nowhere/build");
  return Inheritance(graph, sources).is_inherited(edge_between(graph, from, to));
}

// app links core on line 2; core links opt on line 1, and `dependencies` of app lists both with the call of line 2.
TargetGraph chain() {
  return graph_of({
      {.name = "app", .type = "EXECUTABLE", .frames = links({2}), .dependencies = {{"core", 1}, {"opt", 1}}},
      {.name = "core", .frames = links({1}), .dependencies = {{"opt", 1}}},
      {.name = "opt"},
  });
}

TEST(Inheritance, IsSeenByTheCallThatAnotherDependeeShares) {
  const TargetGraph graph = chain();
  EXPECT_TRUE(inherits(graph, "app", "opt"));
  EXPECT_FALSE(inherits(graph, "app", "core"));
  EXPECT_FALSE(inherits(graph, "core", "opt"));
}

TEST(Inheritance, IsDeniedByTheTextOfTheCall) {
  const TargetGraph graph = chain();
  EXPECT_FALSE(inherits_with_source(graph, "target_link_libraries(core opt)\ntarget_link_libraries(app core opt)\n",
                                    "app", "opt"));
  EXPECT_TRUE(
      inherits_with_source(graph, "target_link_libraries(core opt)\ntarget_link_libraries(app core)\n", "app", "opt"));
}

TEST(Inheritance, IsNotSeenWhereACallOfItsOwnMadeTheEdge) {
  const TargetGraph graph = graph_of({
      {.name = "app", .type = "EXECUTABLE", .frames = links({2, 3}), .dependencies = {{"core", 1}, {"opt", 2}}},
      {.name = "core", .frames = links({1}), .dependencies = {{"opt", 1}}},
      {.name = "opt"},
  });
  EXPECT_FALSE(inherits(graph, "app", "opt"));
}

TEST(Inheritance, ConcernsEdgesOfLinkingOnly) {
  const TargetGraph graph = graph_of({
      {.name = "app",
       .type = "EXECUTABLE",
       .frames = {{.file = "CMakeLists.txt"}, {"CMakeLists.txt", 2, "add_dependencies", 0}},
       .dependencies = {{"gen", 1}, {"tool", 1}}},
      {.name = "gen", .dependencies = {{"tool", {}}}},
      {.name = "tool", .type = "EXECUTABLE"},
  });
  EXPECT_FALSE(inherits(graph, "app", "tool")) << "order edges are a target's own";
  EXPECT_TRUE(is_inheritable(EdgeKind::link));
  EXPECT_TRUE(is_inheritable(EdgeKind::object));
  EXPECT_TRUE(is_inheritable(EdgeKind::compile));
  for (const EdgeKind kind : {EdgeKind::order, EdgeKind::file_link, EdgeKind::source, EdgeKind::include_dir,
                              EdgeKind::define, EdgeKind::configure, EdgeKind::install}) {
    EXPECT_FALSE(is_inheritable(kind));
  }
}

TEST(Inheritance, IsNoMatterForDeclaredEdges) {
  const TargetGraph graph = graph_of(
      {
          {.name = "app", .frames = links({2}), .link_libraries = {{"core", 1}, {"opt", 1}}},
          {.name = "core", .frames = links({1}), .link_libraries = {{"opt", 1}}},
          {.name = "opt"},
      },
      {.cmake_version = "4.2.0", .codemodel_minor = 9});
  EXPECT_FALSE(inherits(graph, "app", "opt"));
}

// The link line names the call that brought a library in: opt came by the call of core.
TEST(Inheritance, IsSeenOnALinkLineByTheCallOfAnother) {
  std::vector<FrameSpec> frames = links({2});
  frames.push_back({"CMakeLists.txt", 1, "target_link_libraries", 0});
  const TargetGraph graph = graph_of({
      {.name = "app",
       .type = "EXECUTABLE",
       .frames = frames,
       .dependencies = {{"core", 1}, {"opt", 1}},
       .link_fragments = {{"libcore.a", 1}, {"libopt.a", 2}}},
      {.name = "core", .frames = links({1}), .dependencies = {{"opt", 1}}, .artifacts = {"libcore.a"}},
      {.name = "opt", .artifacts = {"libopt.a"}},
  });
  EXPECT_TRUE(edge_between(graph, "app", "opt").traced);
  EXPECT_TRUE(inherits(graph, "app", "opt"));
  EXPECT_FALSE(inherits(graph, "app", "core"));
}

// The call that brought opt in begins with another target's name, though no dependee is known to have got it so.
TEST(Inheritance, IsSeenOnALinkLineByTheTextOfTheCall) {
  const TargetGraph graph = graph_of({
      {.name = "app",
       .type = "EXECUTABLE",
       .frames = links({1, 2}),
       .dependencies = {{"core", 2}, {"opt", 2}},
       .link_fragments = {{"libcore.a", 2}, {"libopt.a", 1}}},
      {.name = "core", .artifacts = {"libcore.a"}},
      {.name = "opt", .artifacts = {"libopt.a"}},
  });
  const std::string by_core = "target_link_libraries(core INTERFACE opt)\ntarget_link_libraries(app core)\n";
  const std::string by_app = "target_link_libraries(app opt)\ntarget_link_libraries(app core)\n";
  EXPECT_TRUE(inherits_with_source(graph, by_core, "app", "opt"));
  EXPECT_FALSE(inherits_with_source(graph, by_app, "app", "opt"));
  EXPECT_FALSE(inherits(graph, "app", "opt")) << "without sources, in doubt it is the target's own";
}

// CMake breaks the cycle a <-> b into a chain without calls, of which only the last lists what the cycle needs.
TEST(Inheritance, FollowsAChainThatWasACycle) {
  const TargetGraph graph = graph_of({
      {.name = "app", .type = "EXECUTABLE", .frames = links({3}), .dependencies = {{"a", 1}, {"b", 1}, {"opt", 1}}},
      {.name = "a", .dependencies = {{"b", {}}}},
      {.name = "b", .frames = links({2}), .dependencies = {{"opt", 1}}},
      {.name = "opt"},
  });
  CMakeSources none("/nowhere/source", "/nowhere/build");
  const Inheritance inheritance(graph, none);
  const auto target = [&graph](const char* name) { return *graph.find_target(name); };
  EXPECT_TRUE(inheritance.brings(target("a"), Endpoint::target(target("opt"))));
  EXPECT_TRUE(inheritance.brings(target("b"), Endpoint::target(target("opt"))));
  EXPECT_FALSE(inheritance.brings(target("b"), Endpoint::target(target("a"))));
  EXPECT_FALSE(inheritance.brings(target("opt"), Endpoint::target(target("opt"))));
  EXPECT_TRUE(inherits(graph, "app", "opt"));
}

TEST(Inheritance, EndsInACycleWithoutCalls) {
  const TargetGraph graph = graph_of({
      {.name = "a", .dependencies = {{"b", {}}}},
      {.name = "b", .dependencies = {{"c", {}}}},
      {.name = "c", .dependencies = {{"a", {}}}},
      {.name = "d"},
  });
  CMakeSources none("/nowhere/source", "/nowhere/build");
  const Inheritance inheritance(graph, none);
  EXPECT_FALSE(inheritance.brings(TargetId(0), Endpoint::target(TargetId(3))));
  EXPECT_TRUE(inheritance.brings(TargetId(0), Endpoint::target(TargetId(0))));
}

TEST(CMakeSources, ReadsEachFileOnce) {
  const TemporaryDirectory source;
  write_file(source / "CMakeLists.txt", "project(x)\n\nadd_library(core\n  core.cpp)\n");
  CMakeSources sources(source.path().string(), "/nowhere/build");
  ASSERT_NE(sources.call_at("CMakeLists.txt", 3), nullptr);
  EXPECT_EQ(sources.call_at("CMakeLists.txt", 3)->command, "add_library");
  EXPECT_EQ(sources.call_at("CMakeLists.txt", 4), nullptr) << "the middle of a call";
  EXPECT_EQ(sources.call_at("CMakeLists.txt", 9), nullptr);
  write_file(source / "CMakeLists.txt", "");
  EXPECT_EQ(sources.calls("CMakeLists.txt").size(), 2U);
  EXPECT_TRUE(sources.calls("no/such/file.cmake").empty());
}

}  // namespace
}  // namespace bulkhead
