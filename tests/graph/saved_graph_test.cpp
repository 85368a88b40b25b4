#include "graph/saved_graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/reply_writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

std::string document(const std::string& targets, const std::string& edges) {
  return R"({"schema": "bulkhead-graph-1",
 "cmake": {"version": "3.31.6", "generator": "Ninja", "codemodel": "2.8"},
 "inputs": {"capture": true, "commands": false},
 "configurations": [{"name": "Release", "targets": [)" +
         targets + R"(],
 "edges": [)" +
         edges + "]}]}\n";
}

TEST(SavedGraph, IsReadAsItWasWritten) {
  const auto graph = parse_saved_graph(
      document(R"({"name": "b", "type": "EXECUTABLE", "directory": "x", "file": "x/CMakeLists.txt", "line": 3},
                  {"name": "a", "type": "UNKNOWN_LIBRARY", "directory": ".", "imported": true, "abstract": true})",
               R"({"kind": "define", "from": "target:b", "to": "definition:A=\"\\\u0001\"", "known": "derived"},
                  {"kind": "link", "from": "target:b", "to": "target:a", "known": "derived", "inherited": true,
                   "file": "x/CMakeLists.txt", "line": 4})"),
      "graph.json");
  ASSERT_TRUE(graph) << graph.error().message;
  EXPECT_EQ(graph->generator, "Ninja");
  EXPECT_EQ(graph->codemodel_minor, 8U);
  EXPECT_TRUE(graph->captured);
  EXPECT_FALSE(graph->commands);
  EXPECT_EQ(write_saved_graph(*graph, "1.2.3"), R"({"schema": "bulkhead-graph-1",
 "tool": {"name": "bulkhead", "version": "1.2.3"},
 "cmake": {"version": "3.31.6", "generator": "Ninja", "codemodel": "2.8"},
 "inputs": {"capture": true, "commands": false},
 "configurations": [
  {"name": "Release",
   "targets": [
    {"name": "a", "type": "UNKNOWN_LIBRARY", "directory": ".", "imported": true, "abstract": true},
    {"name": "b", "type": "EXECUTABLE", "directory": "x", "file": "x/CMakeLists.txt", "line": 3}],
   "edges": [
    {"kind": "link", "from": "target:b", "to": "target:a", "known": "derived", "inherited": true, "file": "x/CMakeLists.txt", "line": 4},
    {"kind": "define", "from": "target:b", "to": "definition:A=\"\\\u0001\"", "known": "derived"}]}]}
)");
}

// Of one edge that several calls make, an own one counts before an inherited one, then one with a line.
TEST(SavedGraph, HasEachEdgeOnce) {
  const std::string target = R"({"name": "a", "type": "EXECUTABLE", "directory": "."})";
  const std::string edge = R"({"kind": "link", "from": "target:a", "to": "library:z", "known": "declared")";
  const auto graph = parse_saved_graph(
      document(target, edge + R"(, "inherited": true, "file": "a", "line": 1},)" + edge + "}," + edge +
                           R"(, "file": "c", "line": 7},)" + edge + R"(, "file": "b", "line": 9})"),
      "graph.json");
  ASSERT_TRUE(graph) << graph.error().message;
  ASSERT_EQ(graph->configurations.front().edges.size(), 1U);
  const SavedEdge& kept = graph->configurations.front().edges.front();
  EXPECT_FALSE(kept.inherited);
  EXPECT_EQ(graph->text(kept.file), "b");
  EXPECT_EQ(kept.line, 9U);
}

void expect_error(const std::string& text, const std::string& message, std::uint32_t line) {
  const auto graph = parse_saved_graph(text, "graph.json");
  ASSERT_FALSE(graph) << message;
  EXPECT_NE(graph.error().message.find(message), std::string::npos) << graph.error().message;
  EXPECT_EQ(graph.error().location.file, "graph.json");
  EXPECT_EQ(graph.error().location.line, line) << message;
  EXPECT_EQ(graph.error().hint, "save it anew: bulkhead graph -B BUILD --format json=FILE");
}

TEST(SavedGraph, SaysWhereItIsWrong) {
  const std::string target = R"({"name": "a", "type": "EXECUTABLE", "directory": "."})";
  expect_error("", "the file is empty", 0);
  expect_error("{}\n", "it has no \"schema\"", 0);
  expect_error("{\"schema\": \"bulkhead-graph-2\"}", "no saved graph of version 1", 1);
  expect_error(document(target, "\n{\"kind\": \"rope\", \"from\": \"target:a\", \"to\": \"target:a\"}"),
               "there is no kind of edge 'rope'", 6);
  expect_error(document(target, "{\"kind\": \"link\", \"from\": \"library:a\", \"to\": \"target:a\"}"),
               "'library:a' is no end of an edge", 5);
  expect_error(document(target, "{\"kind\": \"link\", \"from\": \"target:a\"}"), "an edge has no", 5);
  expect_error(document("{\"type\": \"UTILITY\"}", ""), "a target has no \"name\"", 4);
  expect_error(document(target, "").substr(0, 240), "", 4);
}

class Saved : public testing::Test {
 protected:
  // A reply of two targets; the build tree lies in the source tree.
  SavedGraph save(const std::string& definition) {
    ReplySpec spec{.source_root = "/s", .build_root = "/s/b"};
    spec.configurations.front().targets = {
        {.name = "app", .type = "EXECUTABLE", .compile_groups = {{.defines = {{definition}}}}}};
    const TemporaryDirectory build;
    write_reply(spec, build.path());
    const auto tree = read_build_tree(build.path(), {});
    EXPECT_TRUE(tree) << tree.error().message;
    return save_graph(*tree);
  }
  std::string definition_of(const std::string& definition) {
    const SavedGraph graph = save(definition);
    const auto& edges = graph.configurations.front().edges;
    const auto found =
        std::find_if(edges.begin(), edges.end(), [](const SavedEdge& edge) { return edge.kind == EdgeKind::define; });
    return found == edges.end() ? "none" : std::string(graph.text(found->to));
  }
};

TEST_F(Saved, HasNoPathsOfTheMachine) {
  EXPECT_EQ(definition_of("A=\"/s/x\""), "definition:A=\"<source>/x\"");
  EXPECT_EQ(definition_of("A=\"/s/b\""), "definition:A=\"<build>\"");
  EXPECT_EQ(definition_of("A=/s:/s/b/y"), "definition:A=<source>:<build>/y");
  EXPECT_EQ(definition_of("A=/sx"), "definition:A=/sx") << "another directory";
}

}  // namespace
}  // namespace bulkhead::test
