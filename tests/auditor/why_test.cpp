// bulkhead why.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/command_line.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

class Why : public testing::Test {
 protected:
  Why() {
    unpack_reply("kinds/3.31-Ninja", build_.path());
    move_sources(build_.path(), "/src/kinds", test_directory() / "projects/kinds");
  }
  [[nodiscard]] ProcessResult why(const std::string& from, const std::string& to) const {
    return bulkhead({"why", "-B", build_.path().string(), from, to});
  }
  [[nodiscard]] ProcessResult ask(std::vector<std::string> words) const {
    words.insert(words.begin(), {"why", "-B", build_.path().string()});
    return bulkhead(words);
  }
  static void expect_no_answer(const ProcessResult& result, const std::string& message) {
    EXPECT_EQ(result.status, 2) << result.out;
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(result.err.starts_with("error: " + message)) << result.err;
  }

  TemporaryDirectory build_;
};

TEST_F(Why, ShowsEachHop) {
  const ProcessResult result = why("chain_a", "opt");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out, R"(chain_a -> chain_b  [link, derived]
  --> chain/CMakeLists.txt:7
   |
 7 | target_link_libraries(chain_a PRIVATE chain_b)
   |                                       ^~~~~~~
chain_b -> chain_c  [link, derived]
  --> chain/CMakeLists.txt:5
   |
 5 | target_link_libraries(chain_b PUBLIC chain_c)
   |                                      ^~~~~~~
chain_c -> opt  [link, derived]
  --> chain/CMakeLists.txt:3
   |
 3 | target_link_libraries(chain_c PUBLIC opt)
   |                                      ^~~
)");
}

TEST_F(Why, UnderstandsSelectors) {
  EXPECT_EQ(why("target:chain_a", "target:op[t]").out, why("chain_a", "opt").out);
  EXPECT_EQ(why("chain_a", "module:opt").out, why("chain_a", "opt").out);
  EXPECT_EQ(why("source_direct", "path:opt/shared.cpp").out, R"(source_direct -> opt/shared.cpp  [source]
  --> files/CMakeLists.txt:26
    |
 26 | add_library(source_direct STATIC ${source} ../opt/shared.cpp)
    |                                               ^~~~~~~~~~~~~~
)");
  EXPECT_EQ(why("core", "module:opt").status, 0);
  EXPECT_EQ(why("path:clean/**", "module:opt").status, 1);
  EXPECT_EQ(why("clean", "opt").status, 1) << "the folder";
  EXPECT_EQ(why("type:UTILITY", "opt_tool").status, 0);
}

TEST_F(Why, SaysWhenThereIsNoWay) {
  const ProcessResult result = why("opt", "chain_a");
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(result.out.starts_with("no way from opt to chain_a in ")) << result.out;
  EXPECT_EQ(why("clean_app", "opt").status, 1);
}

TEST_F(Why, HintsAtWhatWasMeant) {
  expect_no_answer(why("chain_q", "opt"),
                   "there is no target, module or folder 'chain_q'\n  = help: did you mean chain_");
  expect_no_answer(why("chain_a", "brontosaurus"), "there is no target, module or folder 'brontosaurus'\n");
  expect_no_answer(why("taget:x", "opt"), "'taget:x' is no selector\n  = help: did you mean 'target:");
}

TEST_F(Why, ListsAllWaysShortestFirst) {
  const TemporaryDirectory build;
  unpack_reply("cycle/4.3-Ninja", build.path());
  const auto ask = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"why", "-B", build.path().string(), "--kinds", "link", "--all"});
    return bulkhead(more);
  };
  // ring_1 -> ring_2 -> ring_3 -> ring_4 -> ring_1, and ring_2 and ring_4 link opt
  const ProcessResult all = ask({"ring_1", "opt"});
  EXPECT_EQ(all.status, 0) << all.err;
  EXPECT_EQ(all.out,
            "1. ring_1 -> ring_2  [link, declared]  core/CMakeLists.txt:7\n"
            "   ring_2 -> opt  [link, declared]  core/CMakeLists.txt:16\n"
            "2. ring_1 -> ring_2  [link, declared]  core/CMakeLists.txt:7\n"
            "   ring_2 -> ring_3  [link, declared]  core/CMakeLists.txt:8\n"
            "   ring_3 -> ring_4  [link, declared]  core/CMakeLists.txt:9\n"
            "   ring_4 -> opt  [link, declared]  core/CMakeLists.txt:17\n"
            "2 ways from ring_1 to opt\n");
  const ProcessResult one = ask({"ring_1", "opt", "--limit", "1"});
  EXPECT_TRUE(one.out.starts_with("1. ring_1 -> ring_2  ")) << one.out;
  EXPECT_EQ(count(one.out, "\n"), 3U);
  EXPECT_NE(one.out.find("the shortest way from ring_1 to opt; there are more: --limit N shows N\n"),
            std::string::npos);
  EXPECT_EQ(ask({"ring_1", "opt", "--avoid", "ring_2->opt"}).out,
            ask({"ring_1", "opt", "--avoid", "ring_2 -> opt"}).out);
  EXPECT_NE(ask({"ring_1", "opt", "--avoid", "ring_2 -> opt"}).out.find("\n1 way from ring_1 to opt\n"),
            std::string::npos);
  EXPECT_EQ(ask({"ring_1", "opt", "--avoid", "ring_2"}).status, 1);
  EXPECT_EQ(ask({"ring_1", "opt", "--avoid", "ring_2->opt", "--avoid", "target:ring_[34]"}).status, 1);
}

TEST_F(Why, ShowsACircle) {
  const TemporaryDirectory build;
  unpack_reply("cycle/4.3-Ninja", build.path());
  const ProcessResult circle = bulkhead({"why", "-B", build.path().string(), "ring_1", "ring_1"});
  EXPECT_EQ(circle.status, 0) << circle.out;
  EXPECT_TRUE(circle.out.starts_with("ring_1 -> ring_2  [link, declared]\n")) << circle.out;
  EXPECT_NE(circle.out.find("\nring_2 -> ring_1  [link, declared]\n"), std::string::npos) << circle.out;
  EXPECT_EQ(bulkhead({"why", "-B", build.path().string(), "user", "user"}).status, 1);
}

TEST_F(Why, CountsOnlyTheKindsThatItIsTold) {
  EXPECT_EQ(ask({"chain_a", "opt", "--kinds", "link"}).out, why("chain_a", "opt").out);
  const ProcessResult none = ask({"chain_a", "opt", "--kinds", "order,object"});
  EXPECT_EQ(none.status, 1);
  EXPECT_EQ(none.out.find("not visible here: link"), std::string::npos) << none.out;
}

// The reply lists chain_a -> opt, too, and nobody can prove that it comes from chain_b.
TEST_F(Why, SaysThatAWayAroundIsUnproven) {
  const ProcessResult result = ask({"chain_a", "opt", "--avoid", "chain_b"});
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(result.out.starts_with("no way from chain_a to opt in ")) << result.out;
  EXPECT_NE(result.out.find("\nunproven: chain_a -> opt  [link, derived]  "), std::string::npos) << result.out;
}

TEST_F(Why, RefusesWhatItCannotAnswer) {
  expect_no_answer(ask({"chain_a", "opt", "--avoid", "chain_bb"}),
                   "there is no target, module or folder 'chain_bb'\n  = help: did you mean chain_b?\n");
  expect_no_answer(ask({"chain_a", "opt", "--avoid", "chain_a->"}), "there is no target, module or folder ''\n");
  expect_no_answer(ask({"chain_a", "opt", "--kinds", "rope"}), "'rope' is no kind of edge\n");
  expect_no_answer(ask({"chain_a", "opt", "--limit", "3"}), "--limit requires --all\n");
  expect_no_answer(ask({"chain_a", "opt", "--all", "--limit", "0"}), "--limit: ");
  expect_no_answer(ask({"chain_a", "opt", "--includes", "--all"}), "--");
}

// To find no way to something that is not there would be to pass by checking nothing.
TEST_F(Why, RefusesModulesThatAreNotThere) {
  expect_no_answer(why("chain_a", "module:optt"), "there is no module 'optt'\n  = help: did you mean module:opt?");
  expect_no_answer(why("module:brontosaurus", "chain_a"), "there is no module 'brontosaurus'\n");
  expect_no_answer(why("chain_a", "target:brontosaurus"), "nothing here matches 'target:brontosaurus'\n");
}

TEST_F(Why, FindsNoWayToAModuleWithNothingInTheBuild) {
  const TemporaryDirectory policy;
  write_file(policy.path() / "bulkhead.toml",
             "[[module]]\nname = \"bare\"\ntoggle = \"USE_OPT\"\ntargets = [\"bare_*\"]\n");
  const std::vector<std::string> question = {"why", "-B", build_.path().string(), "--policy", policy / "bulkhead.toml"};
  for (const char* const module : {"module:bare", "bare"}) {
    auto ask = question;
    ask.insert(ask.end(), {"chain_a", module});
    const ProcessResult result = bulkhead(ask);
    EXPECT_EQ(result.status, 1) << result.err;
    EXPECT_TRUE(result.out.starts_with("no way from chain_a to ")) << result.out;
  }
}

TEST_F(Why, AsksEachConfiguration) {
  const TemporaryDirectory build;
  unpack_reply("multi/4.3-Ninja-Multi-Config", build.path());
  const std::vector<std::string> question = {"why", "-B", build.path().string(), "--policy", policy_of("multi")};
  const auto ask = [&](std::vector<std::string> more) {
    more.insert(more.begin(), question.begin(), question.end());
    return bulkhead(more);
  };
  const ProcessResult both = ask({"debug_link", "opt"});
  EXPECT_EQ(both.status, 0);
  EXPECT_TRUE(both.out.starts_with(
      "Debug:\ndebug_link -> opt  [link, declared]\n  --> core/CMakeLists.txt:3\nRelease:\nno way "))
      << both.out;
  EXPECT_EQ(ask({"--configuration", "Release", "debug_link", "opt"}).status, 1);
  EXPECT_EQ(ask({"--configuration", "Debug", "debug_link", "opt"}).status, 0);
  EXPECT_EQ(ask({"--configuration", "Fast", "debug_link", "opt"}).status, 2);
}

TEST_F(Why, NeedsNoPolicy) {
  const TemporaryDirectory build;
  unpack_reply("clean/4.3-Ninja", build.path());
  move_sources(build.path(), "/src/clean", build / "no-sources");
  const ProcessResult result = bulkhead({"why", "-B", build.path().string(), "app", "core"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.out, "app -> core  [link, declared]\n  --> app/CMakeLists.txt:2\n");
  EXPECT_EQ(bulkhead({"why", "-B", build.path().string(), "app", "core", "--policy", "none.toml"}).status, 2);
}

}  // namespace
}  // namespace bulkhead::test
