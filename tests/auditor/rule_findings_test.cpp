#include "auditor/rule_findings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

constexpr std::string_view project = R"(
codemodel 2.9
target app EXECUTABLE .
target core STATIC_LIBRARY core
target net STATIC_LIBRARY net
target net_test EXECUTABLE net
target api INTERFACE_LIBRARY api abstract
core -> net [link]
app -> api [link]
)";

// The includers of a line of `file`, reached from sources of `targets`.
std::vector<std::string> includers(const std::string& file, const std::vector<std::string>& targets, bool is_source) {
  const TextAudit text = parse_text_graph(project, "/no/sources");
  const TargetGraph& graph = text.tree.graphs.front();
  IncludeEdge edge;
  edge.place.file = file;
  edge.file = "exp/x.h";
  edge.chain.resize(is_source ? 1 : 2);
  for (const std::string& name : targets) edge.targets.push_back(*graph.find_target(name));
  std::sort(edge.targets.begin(), edge.targets.end());
  std::vector<std::string> names;
  for (const TargetId id : find_includers(graph, edge)) names.emplace_back(graph.name(id));
  return names;
}

using Names = std::vector<std::string>;

TEST(Includers, OfASourceAreThoseThatCompileIt) {
  EXPECT_EQ(includers("net/net.cpp", {"core", "net"}, true), (Names{"core", "net"}));
}

TEST(Includers, OfAHeaderAreThoseOfItsFolder) {
  EXPECT_EQ(includers("net/include/net.h", {"core", "net"}, false), (Names{"net"}));
  EXPECT_EQ(includers("api/api.h", {"app"}, false), (Names{"api"})) << "which compiles nothing itself";
  EXPECT_EQ(includers("net/net.h", {"core"}, false), (Names{"net"})) << "core links net, and net_test is nothing to it";
}

TEST(Includers, OfAHeaderOfAnotherFolderAreThoseThatCompileIt) {
  EXPECT_EQ(includers("net/net.h", {"app"}, false), (Names{"app"})) << "app does not link net";
  EXPECT_EQ(includers("include/all.h", {"core", "net"}, false), (Names{"core", "net"}));
  EXPECT_EQ(includers("/usr/include/z.h", {"core"}, false), (Names{"core"}));
}

}  // namespace
}  // namespace bulkhead::test
