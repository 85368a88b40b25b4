// bulkhead refs and bulkhead deps.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

class Refs : public testing::Test {
 protected:
  Refs() {
    unpack_reply("kinds/3.31-Ninja", build_.path());
    move_sources(build_.path(), "/src/kinds", test_directory() / "projects/kinds");
  }
  [[nodiscard]] ProcessResult ask(std::vector<std::string> question) const {
    question.insert(question.end(), {"-B", build_.path().string()});
    return bulkhead(question);
  }
  static void expect_no_answer(const ProcessResult& result, const std::string& message) {
    EXPECT_EQ(result.status, 2) << result.out;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "error: " + message);
  }

  TemporaryDirectory build_;
};

TEST_F(Refs, ListsDirectDependersWithTheirLines) {
  const ProcessResult result = ask({"refs", "chain_c"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.out, "chain_b  STATIC_LIBRARY  link  chain/CMakeLists.txt:5\n");
  EXPECT_NE(result.err.find("note: 1 edge is left out that seems to be inherited; --transitive follows all\n"),
            std::string::npos)
      << result.err;
  EXPECT_NE(result.err.find("note: not visible here: link compile file-link include command\n"), std::string::npos)
      << result.err;
  EXPECT_EQ(ask({"refs", "chain_c", "-q"}).err, "");
}

TEST_F(Refs, FollowsDependersAsFarAsItIsTold) {
  const std::string near = "chain_b  STATIC_LIBRARY  link  chain/CMakeLists.txt:5  -> chain_c\n";
  const std::string both = "chain_a  EXECUTABLE      link  chain/CMakeLists.txt:7  -> chain_b\n" + near;
  EXPECT_EQ(ask({"refs", "chain_c", "--transitive"}).out, both);
  EXPECT_EQ(ask({"refs", "chain_c", "--depth", "2"}).out, both);
  EXPECT_EQ(ask({"refs", "chain_c", "--transitive", "--depth", "1"}).out, ask({"refs", "chain_c"}).out);
}

TEST_F(Refs, ListsWhatAThingDependsOn) {
  const ProcessResult result = ask({"deps", "chain_a", "--kinds", "link"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.out, "chain_b  STATIC_LIBRARY  link  chain/CMakeLists.txt:7\n");
  EXPECT_EQ(ask({"deps", "chain_a", "--kinds", "link", "--transitive"}).out,
            "chain_b  STATIC_LIBRARY  link  chain/CMakeLists.txt:7  <- chain_a\n"
            "chain_c  STATIC_LIBRARY  link  chain/CMakeLists.txt:5  <- chain_b\n"
            "opt      STATIC_LIBRARY  link  chain/CMakeLists.txt:3  <- chain_c\n");
}

TEST_F(Refs, UnderstandsSelectorsAndFiles) {
  EXPECT_EQ(ask({"refs", "target:chain_[c]"}).out, ask({"refs", "chain_c"}).out);
  EXPECT_NE(ask({"refs", "path:opt/shared.cpp", "--kinds", "source"}).out.find("\nsource_direct "), std::string::npos);
  EXPECT_NE(ask({"refs", "module:opt"}).out.find("chain_c "), std::string::npos);
  const ProcessResult directories = ask({"deps", "path:include/**", "--kinds", "include-dir"});
  EXPECT_EQ(directories.status, 2) << "there is no such folder";
  EXPECT_NE(ask({"refs", "path:opt/include", "--kinds", "include-dir"}).out.find(" include-dir "), std::string::npos);
}

TEST_F(Refs, SaysWhenNothingIsThere) {
  const ProcessResult refs = ask({"refs", "chain_a"});
  EXPECT_EQ(refs.status, 1);
  EXPECT_TRUE(refs.out.starts_with("nothing depends on chain_a in ")) << refs.out;
  EXPECT_NE(refs.out.find("not visible here: link compile file-link include command\n"), std::string::npos) << refs.out;
  const ProcessResult deps = ask({"deps", "chain_a", "--kinds", "order"});
  EXPECT_EQ(deps.status, 1);
  EXPECT_TRUE(deps.out.starts_with("chain_a depends on nothing in ")) << deps.out;
  EXPECT_EQ(deps.out.find("not visible"), std::string::npos) << "order edges are all there";
}

TEST_F(Refs, HintsAtWhatWasMeant) {
  expect_no_answer(ask({"refs", "chain_cc"}),
                   "there is no target, module or folder 'chain_cc'\n  = help: did you mean chain_c?\n");
  expect_no_answer(ask({"deps", "target:chain_cc"}),
                   "nothing here matches 'target:chain_cc'\n  = help: did you mean target:chain_c?\n");
  expect_no_answer(ask({"deps", "path:opt/shared.cp"}),
                   "nothing here matches 'path:opt/shared.cp'\n  = help: did you mean path:opt/shared.cpp?\n");
  expect_no_answer(ask({"refs", "module:optt"}), "there is no module 'optt'\n  = help: did you mean module:opt?\n");
  expect_no_answer(ask({"refs", "opt", "--kinds", "lnk"}), "'lnk' is no kind of edge\n  = help: did you mean link?\n");
  expect_no_answer(ask({"refs", "opt", "--kinds", ","}),
                   "--kinds names no kind of edge\n  = help: leave it out to look at all of them\n");
  expect_no_answer(ask({"refs", "opt", "--kinds", "link,include"}),
                   "includes are no edges of the build graph, but are read from the sources\n"
                   "  = help: ask 'bulkhead why --includes FROM MODULE'\n");
  expect_no_answer(ask({"deps", "opt", "--format", "jsn"}),
                   "there is no format 'jsn' of an answer\n  = help: did you mean json?\n");
  EXPECT_EQ(ask({"deps", "opt", "--depth", "0"}).status, 2);
  EXPECT_EQ(ask({"refs"}).status, 2);
}

TEST_F(Refs, WritesJsonWhereItIsToldTo) {
  const TemporaryDirectory out;
  const ProcessResult result = ask({"refs", "chain_c", "--format", "json=" + out / "refs.json"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, "json: written to " + out / "refs.json" + "\n");
  const auto json = nlohmann::json::parse(read_file(out / "refs.json"));
  EXPECT_EQ(ask({"refs", "chain_c", "--format", "json"}).out, read_file(out / "refs.json"));
  const auto& answer = json.at("configurations").at(0);
  EXPECT_EQ(answer.at("found").size(), 1U);
  EXPECT_EQ(answer.at("inherited"), 1);
  const auto& found = answer.at("found").at(0);
  EXPECT_EQ(found.at("label"), "target:chain_b");
  EXPECT_EQ(found.at("edge").at("kind"), "link");
  EXPECT_EQ(found.at("edge").at("file"), "chain/CMakeLists.txt");
  EXPECT_EQ(found.at("edge").at("line"), 5);
}

// The same targets are direct dependers where CMake lists direct edges only.
TEST_F(Refs, TellsDirectEdgesAsNewerRepliesDo) {
  const TemporaryDirectory newer;
  unpack_reply("kinds/4.3-Ninja", newer.path());
  move_sources(newer.path(), "/src/kinds", test_directory() / "projects/kinds");
  const ProcessResult result = bulkhead({"refs", "chain_c", "-B", newer.path().string()});
  EXPECT_EQ(result.out, ask({"refs", "chain_c"}).out);
  EXPECT_EQ(result.err.find("inherited"), std::string::npos) << result.err;
}

TEST_F(Refs, AsksEachConfiguration) {
  const TemporaryDirectory build;
  unpack_reply("multi/4.3-Ninja-Multi-Config", build.path());
  const auto ask = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"deps", "debug_link", "--kinds", "link", "-B", build.path().string()});
    return bulkhead(more);
  };
  const ProcessResult both = ask({});
  EXPECT_EQ(both.status, 0);
  EXPECT_TRUE(
      both.out.starts_with("Debug:\nopt  STATIC_LIBRARY  link  core/CMakeLists.txt:3\nRelease:\n"
                           "debug_link depends on nothing in "))
      << both.out;
  EXPECT_EQ(ask({"--configuration", "Release"}).status, 1);
}

TEST_F(Refs, ReportsAFullDisk) {
  EXPECT_EQ(bulkhead_into("/dev/full", {"refs", "chain_c", "-B", build_.path().string()}).status, 2);
}

}  // namespace
}  // namespace bulkhead::test
