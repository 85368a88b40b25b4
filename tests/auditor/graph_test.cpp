// bulkhead graph as a command: formats, options, mistakes.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

class GraphCommand : public ::testing::Test {
 protected:
  GraphCommand() { unpack_reply("kinds/3.25-Ninja", build()); }
  [[nodiscard]] std::string build() const { return directory_ / "build"; }
  [[nodiscard]] ProcessResult graph(std::vector<std::string> words) const {
    words.insert(words.begin(), {"graph", "-B", build()});
    return bulkhead(words);
  }
  void expect_error(const std::vector<std::string>& words, const std::string& part) const {
    const ProcessResult result = graph(words);
    EXPECT_EQ(result.status, 2) << result.out;
    EXPECT_EQ(result.out, "");
    EXPECT_NE(result.err.find(part), std::string::npos) << result.err;
  }

 private:
  TemporaryDirectory directory_;
};

TEST_F(GraphCommand, DrawsASvgWhenNothingElseIsSaid) {
  const ProcessResult result = graph({});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_TRUE(result.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg class=\"bulkhead-picture\""));
  EXPECT_NE(result.out.find("all targets - CMake 3.25"), std::string::npos);
  EXPECT_EQ(graph({}).out, result.out);
}

TEST_F(GraphCommand, WritesSeveralFormatsAtOnce) {
  const TemporaryDirectory scratch;
  const std::string svg = scratch.path() / "a.svg";
  const std::string json = scratch.path() / "a.json";
  const ProcessResult result =
      graph({"--format", "svg=" + svg, "--format", "json=" + json, "--format", "dot", "--limit", "20"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_TRUE(result.out.starts_with("digraph bulkhead {"));
  EXPECT_NE(read_file(svg).find("</svg>"), std::string::npos);
  EXPECT_NE(read_file(json).find("bulkhead-graph-1"), std::string::npos);
  EXPECT_NE(result.err.find("svg: written to " + svg), std::string::npos);
}

TEST_F(GraphCommand, TakesSelectorsBehindOptions) {
  const ProcessResult result = graph({"--format", "dot", "--reaches", "opt", "chain_c", "diamond_left"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_NE(result.out.find("chain_c diamond_left, and what is 1 edge away, that reach opt"), std::string::npos);
}

TEST_F(GraphCommand, LinksToTheSources) {
  const ProcessResult linked = graph({"--link", "https://e.org/{file}#L{line}"});
  EXPECT_EQ(linked.status, 0) << linked.err;
  EXPECT_NE(linked.out.find("<a href=\"https://e.org/"), std::string::npos);
  EXPECT_EQ(graph({}).out.find("<a href"), std::string::npos);
  expect_error({"--link", "javascript:alert(1)/{file}"}, "is none of https://");
}

TEST_F(GraphCommand, DrawsKeywordsAsCMakeDoes) {
  const auto style_of = [](const std::string& reply, const std::string& target) {
    const TemporaryDirectory directory;
    unpack_tree("kinds-captured/" + reply, directory.path() / "build");
    const std::string dot =
        bulkhead({"graph", "-B", (directory.path() / "build").string(), target, "--format", "dot"}).out;
    std::size_t at = dot.find("tooltip=\"" + target + " ");
    if (at == std::string::npos) return std::string("no such arrow");
    at = dot.rfind("style=", at) + 6;
    return dot.substr(at, dot.find_first_of(",\n]", at) - at);
  };
  EXPECT_EQ(style_of("3.25-Ninja", "link_public"), "solid");
  EXPECT_EQ(style_of("3.25-Ninja", "link_private"), "dotted");
  EXPECT_EQ(style_of("3.25-Ninja", "link_interface"), "dashed");
  EXPECT_EQ(style_of("4.3-Ninja", "link_interface"), "dashed");
  // Codemodel 2.9 lists what a static library links in its interface, whatever the keyword.
  EXPECT_EQ(style_of("4.3-Ninja", "link_private"), "solid");
}

TEST_F(GraphCommand, SaysWhatIsWrong) {
  expect_error({"--format", "sgv"}, "did you mean svg?");
  expect_error({"--format", "svg="}, "names no file");
  expect_error({"--format", "svg", "--format", "dot"}, "two formats would go to the standard output");
  expect_error({"no-such-target"}, "there is no target, module or folder 'no-such-target'");
  expect_error({"--reaches", "no-such-target"}, "there is no target");
  expect_error({"--kinds", "links"}, "did you mean link?");
  expect_error({"--by", "module"}, "there are no modules to draw");
  expect_error({"--collapse", "0"}, "--collapse 0");
  expect_error({"--format", "json", "path:*"}, "json saves the whole graph, and does not heed a selector");
  expect_error({"--format", "json", "--focus", "opt"}, "does not heed --focus");
  expect_error({"--format", "json", "--reduce"}, "does not heed --reduce");
}

TEST_F(GraphCommand, TellsOneOptionFromTheOther) {
  const std::string plain = graph({"--format", "dot"}).out;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--by", "target"},
                                             {"--all"},
                                             {"--kinds", "order"},
                                             {"--limit", "3"},
                                             {"--by", "folder", "--collapse", "1"}}) {
    std::vector<std::string> all = {"--format", "dot"};
    all.insert(all.end(), words.begin(), words.end());
    const ProcessResult result = graph(all);
    EXPECT_EQ(result.status, 0) << words[0] << result.err;
    EXPECT_NE(result.out, plain) << words[0];
  }
}

}  // namespace
}  // namespace bulkhead::test
