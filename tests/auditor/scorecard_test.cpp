// The scorecard as a library: golden cases, and what holds for them all.
//
// tests/scorecards/<case> has graph.txt, bulkhead.toml and perhaps project/, as the cases of rules have them, and
// beside these each format to the byte; UPDATE_GOLDEN=1 in the environment rewrites them.
#include "auditor/scorecard.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "auditor/promises.h"
#include "auditor/stage_preview.h"
#include "graph/build_tree.h"
#include "reports/scorecard_writer.h"
#include "tests/support/replies.h"
#include "tests/support/schema.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

/// One case, read.
struct Case {
  explicit Case(const std::string& name) : folder(test_directory() / "scorecards" / name) {
    const fs::path project = folder / "project";
    text = parse_text_graph(read_file(folder / "graph.txt"), fs::exists(project) ? project.string() : "/no/sources");
    auto parsed = parse_policy(read_file(folder / "bulkhead.toml"), "bulkhead.toml");
    EXPECT_TRUE(parsed) << parsed.error().message;
    policy = std::move(*parsed);
  }
  [[nodiscard]] Scorecard score(const std::vector<std::string>& names = {},
                                const std::vector<ModuleProof>& experiments = {}) const {
    const std::vector<std::string> build = {"-B", "build"};
    const auto scorecard = make_scorecard({text.tree, policy, text.options, experiments, build}, names);
    EXPECT_TRUE(scorecard) << scorecard.error().message;
    return *scorecard;
  }

  fs::path folder;
  TextAudit text;
  Policy policy;
};

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(test_directory() / "scorecards"))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string write(const char* format, const Scorecard& scorecard, const WriteOptions& options = {}) {
  for (const ScorecardFormat& one : scorecard_formats()) {
    if (one.name == format) return one.write(scorecard, options).value();
  }
  return "no such format";
}

class ScorecardCase : public testing::TestWithParam<std::string> {};

TEST_P(ScorecardCase, IsAsExpected) {
  const Case one(GetParam());
  const Scorecard scorecard = one.score();
  const std::vector<std::pair<const char*, const char*>> outputs = {
      {"text", "expected.txt"}, {"json", "expected.json"}, {"markdown", "expected.md"}};
  for (const auto& [format, file] : outputs) {
    const std::string text = write(format, scorecard);
    const char* const update = std::getenv("UPDATE_GOLDEN");
    if (update != nullptr && std::string(update) == "1") write_file(one.folder / file, text);
    EXPECT_EQ(text, read_file(one.folder / file)) << file;
  }
}

TEST_P(ScorecardCase, FitsTheSchema) {
  EXPECT_EQ(validate_scorecards({write("json", Case(GetParam()).score())}).front(), "");
}

// Each preview is that of an audit in which the module alone has moved, however many are asked for.
TEST_P(ScorecardCase, PreviewsWhatAnAuditSays) {
  const Case one(GetParam());
  const auto before = audit(one.text.tree, one.policy, one.text.options);
  ASSERT_TRUE(before);
  const auto lines_of = [](const std::vector<Finding>& findings) {
    std::map<std::string, std::string> lines;
    for (const Finding& finding : findings) lines.emplace(finding.fingerprint, say_finding(finding));
    return lines;
  };
  for (const ModuleScore& score : one.score().modules) {
    Policy moved = one.policy;
    for (Module& module : moved.modules) {
      if (module.name == score.proof.module && next_stage(module.stage)) module.stage = *next_stage(module.stage);
    }
    const auto after = audit(one.text.tree, moved, one.text.options);
    ASSERT_TRUE(after);
    auto came = lines_of(after->findings);
    auto went = lines_of(before->findings);
    std::erase_if(came, [&](const auto& line) { return lines_of(before->findings).contains(line.first); });
    std::erase_if(went, [&](const auto& line) { return lines_of(after->findings).contains(line.first); });
    const StagePreview preview = score.next.value_or(StagePreview{});
    EXPECT_EQ(lines_of(preview.come), came) << score.proof.module;
    EXPECT_EQ(lines_of(preview.go), went) << score.proof.module;
  }
}

// What one is told does not depend on which others are asked for.
TEST_P(ScorecardCase, IsTheSameForEachModuleAlone) {
  const Case one(GetParam());
  const Scorecard all = one.score();
  for (const ModuleScore& score : all.modules) {
    const Scorecard alone = one.score({score.proof.module});
    ASSERT_EQ(alone.modules.size(), 1U);
    Scorecard picked = all;
    picked.modules = {score};
    EXPECT_EQ(write("json", alone), write("json", picked));
  }
}

INSTANTIATE_TEST_SUITE_P(Scorecards, ScorecardCase, testing::ValuesIn(case_names()),
                         [](const testing::TestParamInfo<std::string>& one) {
                           std::string name = one.param;
                           std::erase(name, '-');
                           return name;
                         });

PromiseState state_of(const Scorecard& scorecard, Promise promise, std::size_t module = 0) {
  for (const PromiseProof& proof : scorecard.modules.at(module).proof.promises) {
    if (proof.promise == promise) return proof.state;
  }
  return PromiseState::broken;
}

// The states themselves, beside the golden files that a program has written.
TEST(ScorecardStates, AreThoseOfTheCases) {
  using enum PromiseState;
  EXPECT_EQ(state_of(Case("off-kept").score(), Promise::toggle), kept);
  EXPECT_EQ(state_of(Case("off-kept").score(), Promise::support), kept);
  EXPECT_EQ(state_of(Case("off-broken").score(), Promise::toggle), broken);
  EXPECT_EQ(state_of(Case("off-broken").score(), Promise::support), broken) << "S0, and no owner";
  EXPECT_EQ(state_of(Case("off-unproven").score(), Promise::toggle), unproven);
  EXPECT_EQ(state_of(Case("off-unproven").score(), Promise::isolation), unproven);
  EXPECT_EQ(state_of(Case("entries").score(), Promise::toggle), unproven) << "it is on";
  EXPECT_EQ(state_of(Case("entries").score(), Promise::isolation), kept);
  EXPECT_EQ(state_of(Case("entries").score(), Promise::support), broken) << "one owner, two asked for";
  EXPECT_EQ(state_of(Case("no-stage").score(), Promise::isolation, 0), broken);
  EXPECT_EQ(state_of(Case("no-stage").score(), Promise::isolation, 1), broken) << "another module compiles its file";
  EXPECT_EQ(state_of(Case("no-stage").score(), Promise::support, 0), unproven) << "no owner, but none was asked for";
  EXPECT_EQ(state_of(Case("last-stage").score(), Promise::isolation), broken);
  EXPECT_EQ(state_of(Case("configurations").score(), Promise::toggle), broken) << "in one of them";
  for (const std::string& name : case_names()) {
    const Scorecard scorecard = Case(name).score();
    for (std::size_t i = 0; i < scorecard.modules.size(); ++i) {
      EXPECT_EQ(scorecard.modules[i].proof.promises.size(), promises.size());
      EXPECT_EQ(state_of(scorecard, Promise::disruption, i), unproven) << name << ": one tree cannot show it";
      EXPECT_EQ(state_of(scorecard, Promise::removal, i), unproven) << name << ": one tree cannot show it";
    }
  }
}

// A waiver, or an entry of the baseline, accepts a finding; it does not keep the promise.
TEST(ScorecardStates, DoNotHeedWhatIsAccepted) {
  Case one("off-broken");
  for (const char* const rule : {"off-edge", "off-target"}) {
    Policy waived =
        *parse_policy(read_file(one.folder / "bulkhead.toml") + "\n[[waiver]]\nrule = 'off-edge'\nmodule = " +
                          "'gpu'\nreason = 'x'\n[[waiver]]\nrule = 'off-target'\nmodule = 'gpu'\nreason = 'x'\n",
                      "bulkhead.toml");
    one.policy = std::move(waived);
    const Scorecard scorecard = one.score();
    EXPECT_EQ(state_of(scorecard, Promise::toggle), PromiseState::broken) << rule;
    EXPECT_NE(scorecard.modules[0].proof.promises[0].evidence.find("waived"), std::string::npos);
  }
}

TEST(ScorecardPreview, WritesEntriesAsCMakeWantsThem) {
  Case one("entries");
  one.policy.modules[0].is_declared = true;
  const Scorecard scorecard = one.score();
  EXPECT_EQ(scorecard.modules[0].next->policy, (std::vector<std::string>{"STAGE S1", "ENTRY", "  \"target:runtime\"",
                                                                         "  \"target:codec\"", "  \"target:draw\""}));
  one.policy.modules[0].stage = "S1";
  EXPECT_EQ(one.score().modules[0].next->policy,
            (std::vector<std::string>{"STAGE S2", "REPLACES <what it is to replace>"}));
}

// What the preview asks for, put into the policy, makes it come true.
TEST(ScorecardPreview, IsFollowedByNoFindingOnceItIsHeeded) {
  const Case one("entries");
  const StagePreview preview = *one.score().modules[0].next;
  std::string text =
      "[project]\nset_aside = ['path:tests/**']\n[[module]]\nname = 'gpu'\ntoggle = 'USE_GPU'\n"
      "paths = ['gpu/**']\nowners = ['@mira']\n";
  for (const std::string& line : preview.policy) text += line + "\n";
  const auto policy = parse_policy(text, "bulkhead.toml");
  ASSERT_TRUE(policy) << policy.error().message << "\n" << text;
  EXPECT_EQ(policy->modules[0].stage, "S1");
  EXPECT_EQ(policy->modules[0].entry.size(), 3U);
  const auto report = audit(one.text.tree, *policy, one.text.options);
  ASSERT_TRUE(report);
  EXPECT_EQ(summarise(*report).errors, 0U);
  // At S0, with these entries, there is no core-edge either: they are all.
  Policy strict = *policy;
  strict.modules[0].stage = "S0";
  const auto entries = audit(one.text.tree, strict, one.text.options);
  ASSERT_TRUE(entries);
  EXPECT_EQ(summarise(*entries).errors, 0U);
}

TEST(ScorecardPreview, NamesModulesAndOwnersThatAreAskedFor) {
  const Case one("no-stage");
  EXPECT_EQ(one.score({"audio"}).modules[0].next->policy,
            (std::vector<std::string>{"stage = \"S0\"", "depends = [\"video\"]",
                                      "owners = [\"@…\"]  # who maintains it, at least 1"}));
  const StagePreview preview = *one.score({"video"}).modules[0].next;
  std::string text = read_file(one.folder / "bulkhead.toml");
  for (const std::string& line : preview.policy) text += line + "\n";  // the table of video is the last one
  const auto policy = parse_policy(text, "bulkhead.toml");
  ASSERT_TRUE(policy) << policy.error().message << "\n" << text;
  const auto report = audit(one.text.tree, *policy, one.text.options);
  ASSERT_TRUE(report);
  EXPECT_EQ(summarise(*report).errors, 0U);
  EXPECT_EQ(policy->modules[1].stage, "S0");
}

TEST(ScorecardPreview, EscapesNamesForThePolicy) {
  const Case one("hostile");
  const StagePreview preview = *one.score().modules[0].next;
  std::string text = "[[module]]\nname = 'x'\ntoggle = 'USE_X'\npaths = ['x/**']\n";
  for (const std::string& line : preview.policy) text += line + "\n";
  const auto policy = parse_policy(text, "bulkhead.toml");
  ASSERT_TRUE(policy) << policy.error().message << "\n" << text;
  Policy strict = *policy;
  strict.modules[0].stage = "S0";
  const auto report = audit(one.text.tree, strict, one.text.options);
  ASSERT_TRUE(report);
  for (const Finding& finding : report->findings) EXPECT_NE(finding.rule, "core-edge") << finding.message;
}

ModuleProof proof_of(PromiseState state, const char* evidence) {
  return {.module = "gpu", .promises = {{Promise::toggle, state, evidence, ""}}};
}

TEST(ScorecardProof, IsJoinedWithWhatATreeShows) {
  using enum PromiseState;
  // What the tree shows, what the experiment has found, and what is to be said.
  const std::vector<std::tuple<PromiseState, PromiseState, PromiseState, const char*>> cases = {
      {kept, kept, kept, "experiment"},
      {kept, broken, broken, "experiment"},
      {kept, unproven, kept, "tree"},
      {broken, kept, broken, "tree"},
      {broken, broken, broken, "experiment"},
      {broken, unproven, broken, "tree"},
      {unproven, kept, kept, "experiment"},
      {unproven, broken, broken, "experiment"},
      {unproven, unproven, unproven, "experiment"},
  };
  for (const auto& [tree, experiment, expected, evidence] : cases) {
    ModuleProof proof = proof_of(tree, "tree");
    add_proof(proof_of(experiment, "experiment"), proof);
    EXPECT_EQ(proof, proof_of(expected, evidence)) << to_string(tree) << " and " << to_string(experiment);
  }
}

TEST(ScorecardProof, CountsForItsModuleAlone) {
  const Case one("replaces");
  ModuleProof proof{.module = "gpu", .promises = {{Promise::removal, PromiseState::kept, "it was removed", "x"}}};
  const Scorecard scorecard = one.score({}, {proof});
  EXPECT_EQ(state_of(scorecard, Promise::removal, 0), PromiseState::kept);
  EXPECT_EQ(state_of(scorecard, Promise::removal, 1), PromiseState::unproven);
  EXPECT_EQ(state_of(scorecard, Promise::disruption, 0), PromiseState::unproven);
}

// What `check` says of a module, in the words of the promise.
PromiseState toggle_by_check(const Report& report, const std::string& module) {
  bool isolated = true;
  for (const Finding& finding : report.findings) {
    const bool breaks = (finding.rule == "off-edge" && !finding.conditional) || finding.rule == "off-target";
    if (breaks && finding.module == module) return PromiseState::broken;
  }
  for (const ModuleReport& one : report.modules)
    isolated = isolated && (one.name != module || one.verdict == Verdict::isolated);
  return isolated ? PromiseState::kept : PromiseState::unproven;
}

TEST(ScorecardReplies, AgreeWithTheAudit) {
  std::vector<std::string> written;
  std::set<PromiseState> seen;
  for (const std::string project : {"clean", "kinds", "multi"}) {
    for (const char* const version : {"3.25", "3.31", "4.3"}) {
      for (const char* const generator : {"Ninja", "Unix-Makefiles", "Ninja-Multi-Config"}) {
        const std::string reply = project + "/" + version + "-" + generator;
        const TemporaryDirectory build;
        unpack_reply(reply, build.path());
        const auto tree = read_build_tree(build.path(), {});
        ASSERT_TRUE(tree) << tree.error().message;
        const auto policy = read_policy(test_directory() / "projects" / project / "bulkhead.toml");
        ASSERT_TRUE(policy) << policy.error().message;
        const AuditOptions options;
        const auto report = audit(*tree, *policy, options);
        const std::vector<std::string> name = {"-B", "build"};
        const auto scorecard = make_scorecard({*tree, *policy, options, {}, name}, {});
        ASSERT_TRUE(report && scorecard) << reply;
        for (const ModuleScore& module : scorecard->modules) {
          const PromiseState state = module.proof.promises.front().state;
          EXPECT_EQ(state, toggle_by_check(*report, module.proof.module)) << reply << ", " << module.proof.module;
          seen.insert(state);
        }
        written.push_back(write("json", *scorecard));
      }
    }
  }
  EXPECT_TRUE(seen.contains(PromiseState::broken) && seen.contains(PromiseState::unproven));
  for (const std::string& objections : validate_scorecards(written)) EXPECT_EQ(objections, "");
}

// A schema that allows everything would pass the tests above.
TEST(ScorecardSchema, RefusesWhatIsNoScorecard) {
  const auto scorecard = nlohmann::json::parse(write("json", Case("entries").score()));
  const std::vector<std::pair<std::string, nlohmann::json>> changes = {
      {"/schema", "bulkhead-scorecard-2"},
      {"/extra", 1},
      {"/modules/0/state", "perhaps"},
      {"/modules/0/stage", "S3"},
      {"/modules/0/promises", nlohmann::json::array()},
      {"/modules/0/promises/0/promise", "honesty"},
      {"/modules/0/promises/0/state", "isolated"},
      {"/modules/0/promises/0/evidence", ""},
      {"/modules/0/next_stage/to", "S3"},
      {"/modules/0/next_stage/errors", -1},
      {"/modules/0/next_stage/unseen_kinds/0", "rope"},
      {"/modules/0/next_stage/go/0/status", "fresh"},
      {"/modules/0/next_stage/extra", 1},
      {"/summary/kept", "all"},
  };
  std::vector<std::string> wrong;
  for (const auto& [pointer, value] : changes) {
    nlohmann::json changed = scorecard;
    changed[nlohmann::json::json_pointer(pointer)] = value;
    wrong.push_back(changed.dump());
  }
  const std::vector<std::string> objections = validate_scorecards(wrong);
  for (std::size_t i = 0; i < wrong.size(); ++i) EXPECT_NE(objections[i], "") << changes[i].first;
}

TEST(ScorecardText, ColoursStatesAndShowsAllWhenAsked) {
  Scorecard scorecard = Case("entries").score();
  EXPECT_NE(write("text", scorecard, {.colour = true}).find("\x1b[1;33munproven"), std::string::npos);
  EXPECT_EQ(write("text", scorecard).find('\x1b'), std::string::npos);
  StagePreview& preview = *scorecard.modules[0].next;
  for (int i = 0; i < 30; ++i) preview.policy.push_back("# line " + std::to_string(i));
  for (int i = 0; i < 6; ++i) preview.come.push_back({.rule = "x", .message = "number " + std::to_string(i)});
  const std::string brief = write("text", scorecard);
  const std::string full = write("text", scorecard, {.verbose = true});
  EXPECT_NE(brief.find("and 2 more; -v shows all"), std::string::npos) << brief;
  EXPECT_NE(brief.find("more lines; -v shows all"), std::string::npos) << brief;
  EXPECT_EQ(brief.find("number 5"), std::string::npos);
  EXPECT_NE(full.find("number 5"), std::string::npos);
  EXPECT_NE(full.find("# line 29"), std::string::npos);
}

TEST(ScorecardMarkdown, IsCutWhereItWouldNotFit) {
  const Scorecard one = Case("entries").score();
  Scorecard many = one;
  for (int i = 0; i < 200; ++i) many.modules.push_back(one.modules.front());
  const std::string text = write("markdown", many);
  EXPECT_LE(text.size(), 60'000U);
  EXPECT_NE(text.find("**Cut:** "), std::string::npos);
  EXPECT_EQ(write("markdown", one).find("**Cut:**"), std::string::npos);
}

}  // namespace
}  // namespace bulkhead::test
