#include "graph/target_graph.h"

#include <gtest/gtest.h>

#include "tests/support/reply_writer.h"

namespace bulkhead {
namespace {

using test::graph_of;

TargetGraph diamond() {
  return graph_of({
      {.name = "app", .type = "EXECUTABLE", .dependencies = {{"left", {}}, {"right", {}}}, .artifacts = {"bin/app"}},
      {.name = "left", .dependencies = {{"core", {}}}, .sources = {{"left.cpp", {}}}},
      {.name = "right", .dependencies = {{"core", {}}}},
      {.name = "core", .artifacts = {"lib/libcore.a", "lib/libcore.map"}},
  });
}

TEST(TargetGraph, KnowsTheEdgesOfATarget) {
  const TargetGraph graph = diamond();
  const TargetId left = *graph.find_target("left");
  const TargetId core = *graph.find_target("core");
  ASSERT_EQ(graph.edges_from(left).size(), 2U);
  EXPECT_EQ(graph.edges_from(left)[0].to, Endpoint::target(core));
  EXPECT_EQ(graph.edges_from(left)[1].to.kind(), EndpointKind::file);
  EXPECT_TRUE(graph.edges_from(core).empty());

  const auto dependers = graph.edges_to(core);
  ASSERT_EQ(dependers.size(), 2U);
  EXPECT_EQ(graph.name(graph[dependers[0]].from.target_id()), "left");
  EXPECT_EQ(graph.name(graph[dependers[1]].from.target_id()), "right");
  EXPECT_TRUE(graph.edges_to(*graph.find_target("app")).empty());
  EXPECT_TRUE(graph.edges_from_files().empty());
}

TEST(TargetGraph, AgreesWithItselfInBothDirections) {
  const TargetGraph graph = diamond();
  std::size_t to_targets = 0;
  std::size_t from_targets = 0;
  for (std::size_t i = 0; i < graph.targets().size(); ++i) {
    for (const Edge& edge : graph.edges_from(TargetId(i))) {
      EXPECT_EQ(edge.from, Endpoint::target(TargetId(i)));
      EXPECT_EQ(&graph[graph.id_of(edge)], &edge);
      ++from_targets;
    }
    for (const EdgeId id : graph.edges_to(TargetId(i))) {
      EXPECT_EQ(graph[id].to, Endpoint::target(TargetId(i)));
      ++to_targets;
    }
  }
  EXPECT_EQ(from_targets, graph.edges().size());
  EXPECT_EQ(to_targets, 4U);
}

TEST(TargetGraph, FindsTargetsByName) {
  const TargetGraph graph = diamond();
  EXPECT_EQ(graph.find_target("app"), TargetId(0));
  EXPECT_EQ(graph.find_target("core"), TargetId(3));
  EXPECT_EQ(graph.find_target("cor"), std::nullopt);
  EXPECT_EQ(graph.find_target(""), std::nullopt);
  EXPECT_EQ(graph.find_target("left.cpp"), std::nullopt) << "a text of the graph, but no target's name";
}

TEST(TargetGraph, KnowsWhatATargetMakes) {
  const TargetGraph graph = diamond();
  const auto artifacts = graph.artifacts(*graph.find_target("core"));
  ASSERT_EQ(artifacts.size(), 2U);
  EXPECT_EQ(graph.text(artifacts[1]), "<build>/lib/libcore.map");
  EXPECT_TRUE(graph.artifacts(*graph.find_target("left")).empty());
}

TEST(TargetGraph, SaysWhereItWasReadFrom) {
  const TargetGraph graph = diamond();
  EXPECT_EQ(graph.info().source_root, "/src/project");
  EXPECT_EQ(graph.info().build_root, "/build/project");
  EXPECT_EQ(graph.info().configuration, "Release");
  EXPECT_EQ(graph.info().cmake_version, "3.25.1");
  EXPECT_EQ(graph.info().generator, "Ninja");
  EXPECT_EQ(graph.info().codemodel_minor, 4U);
  EXPECT_FALSE(graph.info().multi_config);
  EXPECT_FALSE(graph.has_direct_edges());
}

// A graph of one target whose frames are those, with the last one as its own.
TargetGraph with_frames(std::vector<test::FrameSpec> frames) {
  const auto last = static_cast<std::uint32_t>(frames.size() - 1);
  return graph_of({{.name = "core", .frames = std::move(frames), .frame = last}});
}

std::string stack_text(const TargetGraph& graph) {
  std::string text;
  for (const CallFrame& frame : graph.call_stack(*graph.targets()[0].frame)) {
    text += (text.empty() ? "" : " > ") + std::string(frame.file) + ":" + std::to_string(frame.line) + " " +
            std::string(frame.command);
  }
  return text;
}

std::string site_text(const TargetGraph& graph) {
  const std::optional<CallFrame> site = graph.call_site(*graph.targets()[0].frame);
  return site ? std::string(site->file) + ":" + std::to_string(site->line) : "none";
}

TEST(TargetGraph, TellsTheCallStackOutermostFirst) {
  const TargetGraph graph = with_frames({{.file = "CMakeLists.txt"},
                                         {"CMakeLists.txt", 4, "add_subdirectory", 0},
                                         {"core/CMakeLists.txt", 0, "", 1},
                                         {"core/CMakeLists.txt", 8, "project_library", 2},
                                         {"cmake/Wrap.cmake", 3, "add_library", 3}});
  EXPECT_EQ(
      stack_text(graph),
      "CMakeLists.txt:4 add_subdirectory > core/CMakeLists.txt:8 project_library > cmake/Wrap.cmake:3 add_library");
  EXPECT_EQ(site_text(graph), "core/CMakeLists.txt:8") << "the wrapper's caller, not its inside";
}

TEST(TargetGraph, PointsIntoTheProject) {
  EXPECT_EQ(site_text(with_frames({{"/usr/share/FindX.cmake", 3, "add_library"}})), "/usr/share/FindX.cmake:3")
      << "for want of anything better";
  EXPECT_EQ(
      site_text(with_frames({{"CMakeLists.txt", 2, "find_package"}, {"/usr/share/FindX.cmake", 3, "add_library", 0}})),
      "CMakeLists.txt:2");
  EXPECT_EQ(site_text(with_frames({{"CMakeLists.txt", 2, "include"}})), "CMakeLists.txt:2");
  EXPECT_EQ(site_text(with_frames({{.file = "CMakeLists.txt"}})), "none");
}

TEST(TargetGraph, NamesEndpoints) {
  const TargetGraph graph = graph_of({{.name = "core",
                                       .type = "EXECUTABLE",
                                       .sources = {{"core.cpp", {}}},
                                       .compile_groups = {{.defines = {{"USE_X=1", {}}}}},
                                       .link_fragments = {{"-lm", {}}}}});
  std::vector<std::string> labels;
  for (const Edge& edge : graph.edges()) labels.push_back(to_label(graph, edge.to));
  EXPECT_EQ(labels, (std::vector<std::string>{"file:core.cpp", "definition:USE_X=1", "library:m"}));
  EXPECT_EQ(to_label(graph, Endpoint::target(TargetId(0))), "target:core");
}

TEST(Endpoint, HoldsKindAndIndex) {
  const Endpoint endpoint(EndpointKind::library, 0x3fff'ffffU);
  EXPECT_EQ(endpoint.kind(), EndpointKind::library);
  EXPECT_EQ(endpoint.index(), 0x3fff'ffffU);
  EXPECT_FALSE(endpoint.is_target());
  EXPECT_NE(Endpoint::file(StringId(1)), Endpoint::library(StringId(1)));
}

}  // namespace
}  // namespace bulkhead
