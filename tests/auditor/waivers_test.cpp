#include "auditor/waivers.h"

#include <gtest/gtest.h>

#include "auditor/waiver_comments.h"

namespace bulkhead {
namespace {

Selector selector(const std::string& text) {
  auto parsed = Selector::parse(text, {});
  EXPECT_TRUE(parsed) << text;
  return parsed ? *parsed : Selector{};
}

TEST(WaiverSelectors, SelectEnds) {
  const FindingEnd core{.label = "target:core", .type = "STATIC_LIBRARY", .directory = "src/core"};
  const FindingEnd cuda{.label = "target:cuda_rt", .type = "SHARED_LIBRARY", .module = "cuda", .directory = "cuda"};
  const FindingEnd file{.label = "file:cuda/a.h", .type = {}, .module = "cuda"};
  const FindingEnd library{.label = "library:cuda_rt", .type = {}, .module = "cuda"};
  const auto selected = [&](const std::string& text) {
    std::string ends;
    const Selector one = selector(text);
    for (const auto& [end, letter] : {std::pair(&core, 'k'), {&cuda, 'c'}, {&file, 'f'}, {&library, 'l'}}) {
      if (selects(one, *end)) ends += letter;
    }
    return ends;
  };
  EXPECT_EQ(selected("target:core"), "k");
  EXPECT_EQ(selected("target:c*"), "kc") << "a library by name is no target";
  EXPECT_EQ(selected("path:cuda/**"), "cf");
  EXPECT_EQ(selected("path:src/**"), "k");
  EXPECT_EQ(selected("path:cuda/a.h"), "f");
  EXPECT_EQ(selected("module:cuda"), "cfl");
  EXPECT_EQ(selected("module:cud"), "");
  EXPECT_EQ(selected("core"), "k");
  EXPECT_EQ(selected("type:SHARED_LIBRARY"), "c");
}

Finding sample() {
  Finding finding{.rule = "off-edge", .module = "cuda", .message = "core links a/b [x] of module cuda"};
  finding.edge = FindingEdge{.kind = EdgeKind::link,
                             .from = {.label = "target:core", .type = "STATIC_LIBRARY"},
                             .to = {.label = "target:cuda_rt", .type = "STATIC_LIBRARY", .module = "cuda"}};
  return finding;
}

TEST(Waiver, SpeaksOfWhatAllItsKeysSay) {
  Waiver waiver{.rule = "off-edge"};
  EXPECT_TRUE(speaks_of(waiver, sample()));
  waiver.module = "cuda";
  waiver.from = selector("target:core");
  waiver.to = selector("module:cuda");
  EXPECT_TRUE(speaks_of(waiver, sample()));
  const auto speaks = [&waiver](auto&& change) {
    Waiver changed = waiver;
    change(changed);
    return speaks_of(changed, sample());
  };
  EXPECT_FALSE(speaks([](Waiver& one) { one.rule = "off-target"; }));
  EXPECT_FALSE(speaks([](Waiver& one) { one.module = "metal"; }));
  EXPECT_FALSE(speaks([](Waiver& one) { one.from = selector("target:app"); }));
  EXPECT_FALSE(speaks([](Waiver& one) { one.to = selector("target:core"); }));
  EXPECT_FALSE(speaks([](Waiver& one) { one.message = "core links"; }));
  Finding without_edge = sample();
  without_edge.edge.reset();
  EXPECT_FALSE(speaks_of(waiver, without_edge));
}

TEST(Waiver, MatchesMessages) {
  const auto matches = [](const std::string& pattern) {
    return speaks_of(Waiver{.rule = "off-edge", .message = pattern}, sample());
  };
  EXPECT_TRUE(matches("core links a/b [x] of module cuda"));
  for (const char* const pattern : {"*", "core*", "*cuda", "core*cuda", "*a/b*", "core*links*of*", "**", "*[x]*"}) {
    EXPECT_TRUE(matches(pattern)) << pattern;
  }
  for (const char* const pattern :
       {"core", "links*", "*links", "core*cud", "*cuda*cuda*cuda*", "core links*core links*"}) {
    EXPECT_FALSE(matches(pattern)) << pattern;
  }
}

// ---- comments ----

std::string read(const std::string& text, CommentStyle style = CommentStyle::cmake) {
  std::string said;
  const WaiverComments comments = read_waiver_comments(text, "f", style);
  for (const Waiver& one : comments.waivers) {
    said +=
        std::to_string(one.at->own) + (one.at->next == 0 ? "" : "," + std::to_string(one.at->next)) + " " + one.rule;
    if (!one.module.empty()) said += " " + one.module;
    said += ": " + one.reason;
    if (!one.owner.empty()) said += " / " + one.owner;
    if (one.expires) said += " / " + to_string(*one.expires);
    said += "\n";
  }
  for (const Error& one : comments.mistakes) {
    said += "wrong " + std::to_string(one.location.line) + ":" + std::to_string(one.location.column) + " " +
            one.message + "\n";
  }
  return said;
}

TEST(WaiverComments, AreRead) {
  EXPECT_EQ(read("# bulkhead: waive off-edge cuda -- issue 7\n"), "1,2 off-edge cuda: issue 7\n");
  EXPECT_EQ(read("a()\nb() # bulkhead: waive off-edge cuda -- issue 7"), "2 off-edge cuda: issue 7\n");
  EXPECT_EQ(read("#bulkhead:waive off-edge -- why not\r\n"), "1,2 off-edge: why not\n");
  EXPECT_EQ(read("\t##  bulkhead:   waive\toff-edge  cuda   --   because\n"), "1,2 off-edge cuda: because\n");
  EXPECT_EQ(read("# bulkhead: waive off-edge cuda -- a -- b, and c\n"), "1,2 off-edge cuda: a -- b, and c\n");
}

TEST(WaiverComments, HaveClausesBehindTheReason) {
  const auto clauses = [](const std::string& behind) { return read("# bulkhead: waive r m -- " + behind); };
  EXPECT_EQ(clauses("x, until 2027-03-31"), "1,2 r m: x / 2027-03-31\n");
  EXPECT_EQ(clauses("x, owner @a, until 2027-03-31"), "1,2 r m: x / @a / 2027-03-31\n");
  EXPECT_EQ(clauses("x, until 2027-03-31, owner @a"), "1,2 r m: x / @a / 2027-03-31\n");
  EXPECT_EQ(clauses("a, b, until 2027-03-31"), "1,2 r m: a, b / 2027-03-31\n");
  EXPECT_EQ(clauses("x, until it is mended"), "1,2 r m: x, until it is mended\n");
  EXPECT_EQ(clauses("x, owner of it is gone"), "1,2 r m: x, owner of it is gone\n");
  EXPECT_EQ(clauses("x, until 2027-3-1"), "wrong 1:3 '2027-3-1' is no day\n");
  EXPECT_EQ(clauses("x, until 2027"), "wrong 1:3 '2027' is no day\n");
  EXPECT_EQ(clauses(", until 2027-03-31"), "wrong 1:3 this waiver has no reason\n");
}

TEST(WaiverComments, StackAboveALine) {
  EXPECT_EQ(read("# bulkhead: waive a -- 1\n# bulkhead: waive b -- 2\nx()\n# bulkhead: waive c -- 3\n\nx()\n"
                 "# bulkhead: waive d -- 4\n# another\nx()\n"),
            "1,3 a: 1\n2,3 b: 2\n4,5 c: 3\n7,8 d: 4\n");
  EXPECT_EQ(read("# bulkhead: waive a -- 1\nx() # bulkhead: waive b -- 2\nx()\n"), "1,2 a: 1\n2 b: 2\n");
  EXPECT_EQ(read("# bulkhead: waive a -- 1\n# bulkhead: waive\nx()\n"),
            "1,3 a: 1\nwrong 2:3 this waiver has no reason\n");
}

TEST(WaiverComments, AreNotSeenWhereThereIsNone) {
  for (const char* const text :
       {"", "bulkhead:", "x(bulkhead: waive a -- b)", "# see bulkhead: waive a -- b", "# Bulkhead: waive a -- b",
        "message(\"# bulkhead: waive a -- b\")", "// bulkhead: waive a -- b", "# https://x/#bulkhead: waive a -- b"}) {
    EXPECT_EQ(read(text), "") << text;
  }
  EXPECT_EQ(read("message(\"a \\\" b\") # bulkhead: waive a -- b"), "1 a: b\n");
}

TEST(WaiverComments, AreReadInSources) {
  const auto source = [](const std::string& text) { return read(text, CommentStyle::source); };
  EXPECT_EQ(source("#include \"a.h\"  // bulkhead: waive off-edge cuda -- issue 7\n"), "1 off-edge cuda: issue 7\n");
  EXPECT_EQ(source("/* bulkhead: waive off-edge cuda -- issue 7 */\n#include \"a.h\"\n"),
            "1,2 off-edge cuda: issue 7\n");
  EXPECT_EQ(source("/// bulkhead: waive off-edge -- x, until 2027-03-31\n"), "1,2 off-edge: x / 2027-03-31\n");
  EXPECT_EQ(source("# bulkhead: waive off-edge cuda -- issue 7\n"), "");
  EXPECT_EQ(source("auto x = \"// bulkhead: waive a -- b\";\n"), "");
}

TEST(WaiverComments, SayWhatIsWrong) {
  EXPECT_EQ(read("x()\n  # bulkhead: ignore a\n"), "wrong 2:5 'ignore' is nothing that a comment can ask for\n");
  EXPECT_EQ(read("# bulkhead:\n"), "wrong 1:3 '' is nothing that a comment can ask for\n");
  EXPECT_EQ(read("# bulkhead: waive a\n"), "wrong 1:3 this waiver has no reason\n");
  EXPECT_EQ(read("# bulkhead: waive a b --\n"), "wrong 1:3 this waiver has no reason\n");
  EXPECT_EQ(read("# bulkhead: waive a b --c\n"), "wrong 1:3 this waiver has no reason\n");
  EXPECT_EQ(read("# bulkhead: waive -- c\n"), "wrong 1:3 this waiver names no rule\n");
  EXPECT_EQ(read("# bulkhead: waive a b c -- d\n"), "wrong 1:3 'c' is too much: a comment names a rule and a module\n");
}

}  // namespace
}  // namespace bulkhead
