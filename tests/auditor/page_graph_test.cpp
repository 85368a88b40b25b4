// What a page carries of a graph.
#include "auditor/page_graph.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "auditor/audit.h"
#include "auditor/policy.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

Report audit_text(const std::string& text, bool keep_graphs = true) {
  TextAudit read = parse_text_graph(text, "/no/sources");
  read.options.keep_graphs = keep_graphs;
  const auto policy = parse_policy(
      "[project]\nset_aside = ['target:check']\n[[module]]\nname = 'opt'\ntoggle = 'USE_OPT'\npaths = ['opt/**']\n",
      "bulkhead.toml");
  return audit(read.tree, policy.value(), read.options).value();
}

// "app -> core [link] app/CMakeLists.txt:2"
std::vector<std::string> edges_of(const PageGraph& graph) {
  std::vector<std::string> edges;
  for (const PageEdge& edge : graph.edges) {
    const std::string place =
        edge.place.line == 0 ? "" : fmt::format(" {}:{}", graph.files[edge.place.file], edge.place.line);
    edges.push_back(fmt::format("{} -> {} [{}]{}", graph.ends[edge.from].label, graph.ends[edge.to].label,
                                to_string(edge.kind), place));
  }
  return edges;
}

constexpr const char* project =
    "cache USE_OPT=OFF\n"
    "target app EXECUTABLE app CMakeLists.txt:1 add_executable\n"
    "target core STATIC_LIBRARY core\n"
    "target base STATIC_LIBRARY base\n"
    "target check UTILITY .\n"
    "app -> core [link] app/CMakeLists.txt:2 target_link_libraries\n"
    "app -> base [link] app/CMakeLists.txt:2 target_link_libraries\n"
    "core -> base [link] core/CMakeLists.txt:3 target_link_libraries\n"
    "core -> file:opt/x.cpp [source] core/CMakeLists.txt:4 target_sources\n"
    "core -> file:core/y.cpp [source]\n"
    "check -> app [order]\n"
    "file:CMakeLists.txt -> file:opt/CMakeLists.txt [configure]\n";

TEST(PageGraph, HasDirectEdgesAndThoseIntoModules) {
  const Report report = audit_text(project);
  ASSERT_EQ(report.graphs.size(), 1U);
  const PageGraph& graph = report.graphs.front();
  EXPECT_EQ(edges_of(graph), (std::vector<std::string>{
                                 "target:app -> target:core [link] app/CMakeLists.txt:2",
                                 "target:core -> target:base [link] core/CMakeLists.txt:3",
                                 "target:core -> file:opt/x.cpp [source] core/CMakeLists.txt:4",
                                 "target:check -> target:app [order]",
                                 "file:CMakeLists.txt -> file:opt/CMakeLists.txt [configure]",
                             }));
  EXPECT_EQ(graph.inherited, 1U);
  EXPECT_EQ(graph.target_count, 4U);
  EXPECT_EQ(graph.ends.size(), 7U);
  EXPECT_EQ(graph.configuration, "Release");
}

TEST(PageGraph, SaysWhoseItIsAndWhereItIsMade) {
  const Report report = audit_text(project);
  const PageGraph& graph = report.graphs.front();
  EXPECT_EQ(graph.ends[0].place, (PagePlace{0, 1}));
  EXPECT_EQ(graph.files[0], "CMakeLists.txt");
  EXPECT_EQ(graph.ends[0].directory, "app");
  EXPECT_EQ(graph.ends[3].owner, Owner::set_aside());
  EXPECT_EQ(graph.ends[4].owner, Owner::module(0));
  EXPECT_EQ(graph.ends[4].directory, "opt");
  ASSERT_EQ(graph.modules.size(), 1U);
  EXPECT_FALSE(graph.modules[0].on);
}

TEST(PageGraph, IsOnlyMadeForThoseWhoAsk) {
  EXPECT_TRUE(audit_text(project, false).graphs.empty());
}

TEST(PageGraph, HasOneForEachConfiguration) {
  const Report report = audit_text(
      "cache USE_OPT=OFF\nconfiguration Debug\ntarget a UTILITY .\nconfiguration Release\ntarget a UTILITY .\n"
      "target b UTILITY .\n");
  ASSERT_EQ(report.graphs.size(), 2U);
  EXPECT_EQ(report.graphs[0].configuration, "Debug");
  EXPECT_EQ(report.graphs[1].target_count, 2U);
}

}  // namespace
}  // namespace bulkhead::test
