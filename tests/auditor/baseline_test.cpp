#include "auditor/baseline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace bulkhead {
namespace {

Finding link(const std::string& from, const std::string& to, const std::string& module = "cuda") {
  Finding finding{.rule = "off-edge", .module = module, .message = from + " links " + to};
  finding.edge = FindingEdge{.kind = EdgeKind::link,
                             .from = {.label = "target:" + from, .type = {}},
                             .to = {.label = "target:" + to, .type = {}}};
  finding.fingerprint = fingerprint_of(finding);
  return finding;
}

std::string text_of(const std::vector<Finding>& findings) {
  std::vector<BaselineEntry> entries;
  for (const Finding& finding : findings) {
    for (BaselineEntry& entry : entries_of(finding)) entries.push_back(std::move(entry));
  }
  return write_baseline(std::move(entries));
}

Error error_of(const std::string& text) {
  const auto baseline = parse_baseline(text, "b");
  EXPECT_FALSE(baseline) << text;
  return baseline ? Error{} : baseline.error();
}

TEST(Baseline, IsALineAnEntry) {
  EXPECT_EQ(text_of({link("core", "cuda_rt")}),
            R"({"rule": "off-edge", "module": "cuda", "from": "target:core", "to": "target:cuda_rt", "kind": "link", )"
            R"("fingerprint": "ee5d7389f3f10c1c"})"
            "\n");
  EXPECT_EQ(entries_of(link("core", "cuda_rt")).front().fingerprint, link("core", "cuda_rt").fingerprint)
      << "the one in reports";
  EXPECT_EQ(text_of({}), "");
}

TEST(Baseline, ReadsWhatItWrites) {
  Finding targets{.rule = "off-target", .module = "cuda", .message = "two", .subjects = {"target:a", "target:b"}};
  Finding plain{.rule = "acyclic", .message = "a says \"b\"\n\tc: \\"};
  const std::string text = text_of({link("core", "x"), link("core", "y"), targets, plain, link("a\"b", "c\\d")});
  const auto baseline = parse_baseline(text, "b");
  ASSERT_TRUE(baseline) << baseline.error().message << text;
  EXPECT_EQ(baseline->entries.size(), 6U);
  EXPECT_EQ(write_baseline(baseline->entries), text);
  for (std::size_t i = 0; i < baseline->entries.size(); ++i) EXPECT_EQ(baseline->entries[i].line, i + 1);
  EXPECT_EQ(describe(baseline->entries[0]), "acyclic: a says \"b\"\n\tc: \\");
  EXPECT_EQ(describe(baseline->entries[2]), "off-edge: core -> x [link] of module cuda");
  EXPECT_EQ(describe(baseline->entries[4]), "off-target: a of module cuda");
}

TEST(Baseline, IsTheSameInWhateverOrder) {
  std::vector<Finding> findings;
  for (const char* const to : {"a", "b", "c", "d", "e"}) {
    findings.push_back(link("core", to));
    findings.push_back(link("core", to, "metal"));
    findings.push_back(link("core", to));  // of another configuration
  }
  const std::string text = text_of(findings);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
  std::mt19937 random(1);
  for (int round = 0; round < 10; ++round) {
    std::shuffle(findings.begin(), findings.end(), random);
    ASSERT_EQ(text_of(findings), text);
  }
}

TEST(Baseline, TakesWhatMergesAndCheckoutsDoToLines) {
  const std::string a = text_of({link("core", "a")});
  const std::string b = text_of({link("core", "b")});
  const std::string sorted = a + b;
  for (const std::string& text : {b + a, b + "\n  \n" + a, b + a.substr(0, a.size() - 1),
                                  b.substr(0, b.size() - 1) + "\r\n" + a.substr(0, a.size() - 1) + "\r\n"}) {
    const auto baseline = parse_baseline(text, "b");
    ASSERT_TRUE(baseline) << baseline.error().message;
    EXPECT_EQ(write_baseline(baseline->entries), sorted);
  }
}

TEST(Baseline, NamesTheLineThatIsWrong) {
  const std::string good = text_of({link("core", "a")});
  const auto entry = [](const std::string& fields) { return "{" + fields + "}\n"; };
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"<<<<<<< ours\n", "a merge conflict is not resolved"},
      {"=======\n", "a merge conflict is not resolved"},
      {">>>>>>> theirs\n", "a merge conflict is not resolved"},
      {"||||||| base\n", "a merge conflict is not resolved"},
      {good, "this entry is there already, in line 1"},
      {good.substr(0, good.size() - 1) + good, "something stands behind the entry on this line"},
      {good.substr(0, good.size() - 2) + ",}\n", ""},
      {good.substr(0, 40), ""},
      {"off-edge core a\n", ""},
      {"[]\n", ""},
      {"\xff\n", ""},
      {entry(R"("rule": 1)"), ""},
      {entry(""), "this entry has no 'rule'"},
      {entry(R"("rule": "a")"), "this entry has neither an edge nor a 'subject'"},
      {entry(R"("rule": "a", "rule": "b")"), "'rule' stands there twice"},
      {entry(R"("rule": "")"), "'rule' is empty"},
      {entry(R"("rul": "a")"), "unknown key 'rul'; 'rule'?"},
      {entry(R"("rule": "a", "from": "x")"), "an entry with an edge has 'from', 'to' and 'kind', and no 'subject'"},
      {entry(R"("rule": "a", "from": "x", "to": "y", "kind": "rope")"), "'rope' is no kind of edge"},
      {entry(R"("rule": "a", "subject": "x")"), "an entry has a 'fingerprint' of 16 hexadecimal digits"},
      {entry(R"("rule": "a", "subject": "x", "fingerprint": "0")"),
       "an entry has a 'fingerprint' of 16 hexadecimal digits"},
      {entry(R"("rule": "a", "subject": "x", "fingerprint": "0123456789abcdef")"),
       "the fingerprint of this entry is " + entries_of({.rule = "a", .message = "x"}).front().fingerprint +
           ", and not 0123456789abcdef"},
  };
  for (const auto& [line, message] : wrong) {
    const Error error = error_of(good + line);
    EXPECT_EQ(error.location.file, "b");
    EXPECT_EQ(error.location.line, 2U) << line;
    EXPECT_NE(error.message, "");
    EXPECT_NE(error.hint, "");
    if (!message.empty()) {
      EXPECT_NE(error.message.find(message), std::string::npos) << line << error.message;
    }
  }
}

// Its text is not what its fingerprint was made of, and says so.
TEST(Baseline, HoldsNamesThatAreNoUtf8) {
  const Finding odd = link("latin-\xe9", "a");
  const auto baseline = parse_baseline(text_of({odd}), "b");
  ASSERT_TRUE(baseline) << baseline.error().message;
  EXPECT_EQ(baseline->entries.front().fingerprint, odd.fingerprint);
}

}  // namespace
}  // namespace bulkhead
