// Every recorded reply of the fixture projects, held against the project's expected.txt.
#include "tests/support/replies.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "graph/build_tree.h"
#include "tests/support/audits.h"
#include "tests/support/expected.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

struct Recorded {
  std::string project;
  std::string variant;  // "3.25-Ninja"
};

std::ostream& operator<<(std::ostream& out, const Recorded& reply) {
  return out << reply.project << '/' << reply.variant;
}

std::vector<Recorded> recorded(const std::vector<std::string>& projects) {
  std::vector<Recorded> replies;
  for (const std::string& project : projects) {
    for (const char* const version : {"3.25", "3.31", "4.3"}) {
      for (const char* const generator : {"Ninja", "Unix-Makefiles", "Ninja-Multi-Config"}) {
        replies.push_back({project, fmt::format("{}-{}", version, generator)});
      }
    }
  }
  return replies;
}

std::string name_of(const testing::TestParamInfo<Recorded>& info) {
  std::string name = info.param.project + "_" + info.param.variant;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
  return name;
}

std::size_t count_rule(const Report& report, std::string_view rule) {
  return static_cast<std::size_t>(std::count_if(report.findings.begin(), report.findings.end(),
                                                [&](const Finding& finding) { return finding.rule == rule; }));
}

class RecordedReply : public testing::TestWithParam<Recorded> {
 protected:
  RecordedReply() { unpack_reply(GetParam().project + "/" + GetParam().variant, build_.path()); }

  [[nodiscard]] std::filesystem::path project() const { return test_directory() / "projects" / GetParam().project; }
  [[nodiscard]] std::string compare(bool has_sources) const {
    const Report report = audit_build(build_.path(), project() / "bulkhead.toml");
    return differences(read_expected(project() / "expected.txt"), off_edges(report), situation_of(report, has_sources));
  }

  TemporaryDirectory build_;
};

TEST_P(RecordedReply, HasTheExpectedFindings) {
  move_sources(build_.path(), "/src/" + GetParam().project, build_ / "no-sources");
  EXPECT_EQ(compare(false), "");
}

TEST_P(RecordedReply, HasTheExpectedFindingsWithItsSources) {
  move_sources(build_.path(), "/src/" + GetParam().project, project());
  EXPECT_EQ(compare(true), "");
}

INSTANTIATE_TEST_SUITE_P(Replies, RecordedReply, testing::ValuesIn(recorded({"kinds", "cycle", "clean", "multi"})),
                         name_of);

// Trees with a capture and, but for Makefiles, with build.ninja.
class RecordedTree : public testing::TestWithParam<Recorded> {
 protected:
  RecordedTree() {
    unpack_tree(GetParam().project + "-captured/" + GetParam().variant, build_.path());
    move_sources(build_.path(), "/src/" + GetParam().project, project());
  }
  [[nodiscard]] std::filesystem::path project() const { return test_directory() / "projects" / GetParam().project; }

  TemporaryDirectory build_;
};

TEST_P(RecordedTree, HasTheExpectedFindings) {
  const Report report = audit_build(build_.path(), project() / "bulkhead.toml");
  Situation situation = situation_of(report, true);
  situation.has_capture = true;
  situation.has_commands = GetParam().variant.find("Ninja") != std::string::npos;
  EXPECT_EQ(differences(read_expected(project() / "expected.txt"), off_edges(report), situation), "");
  for (const ModuleReport& module : report.modules) {
    std::vector<EdgeKind> blind;
    if (!situation.has_commands) blind.push_back(EdgeKind::command);
    // What the recorded builds make was not made here.
    std::vector<EdgeKind> spots = module.blind_spots;
    std::erase(spots, EdgeKind::include);
    EXPECT_EQ(spots, blind) << module.name;
  }
}

TEST_P(RecordedTree, IsNotBelievedWithAnotherConfiguresCapture) {
  const std::filesystem::path capture = build_.path() / ".cmake/bulkhead/capture.json";
  const std::string text = read_file(capture);
  const std::size_t stamp = text.find("\"stamp\":\"") + 9;
  write_file(capture, std::string(text).replace(stamp, 4, "1999"));
  const auto tree = read_build_tree(build_.path(), {});
  ASSERT_TRUE(tree) << tree.error().message;
  EXPECT_EQ(tree->inputs.capture, CaptureState::foreign);
  EXPECT_FALSE(tree->graphs.front().is_captured());
}

INSTANTIATE_TEST_SUITE_P(Trees, RecordedTree, testing::ValuesIn(recorded({"kinds", "multi"})), name_of);

class CleanReply : public RecordedReply {};

TEST_P(CleanReply, IsNoFindingButBlindSpots) {
  const Report report = audit_build(build_.path(), test_directory() / "projects/clean/bulkhead.toml");
  EXPECT_EQ(count_rule(report, "blind-spot"), report.findings.size());
  for (const ModuleReport& module : report.modules) {
    EXPECT_EQ(module.on, GetParam().project == "clean-on");
    EXPECT_EQ(module.verdict, Verdict::unproven) << "no version of CMake tells of #include and of command lines";
    EXPECT_EQ(module.note.empty(), !module.on);
  }
}

INSTANTIATE_TEST_SUITE_P(Replies, CleanReply, testing::ValuesIn(recorded({"clean", "clean-on"})), name_of);

// The comparison itself: a test that compares nothing would pass, too.
class ExpectedFindings : public testing::Test {
 protected:
  ExpectedFindings() {
    unpack_reply("kinds/3.31-Ninja", build_.path());
    const Report report = audit_build(build_.path(), project_ / "bulkhead.toml");
    seen_ = off_edges(report);
    situation_ = situation_of(report, false);
    rows_ = read_expected(project_ / "expected.txt");
  }
  [[nodiscard]] std::string compare() const { return differences(rows_, seen_, situation_); }
  [[nodiscard]] std::string compare_as(const std::string& cmake, const std::string& codemodel) const {
    return differences(rows_, seen_, {cmake, codemodel, situation_.configurations, false});
  }

  const std::filesystem::path project_ = test_directory() / "projects/kinds";
  TemporaryDirectory build_;
  std::vector<SeenEdge> seen_;
  Situation situation_;
  std::vector<ExpectedRow> rows_;
};

TEST_F(ExpectedFindings, MissWhatIsMissing) {
  ASSERT_EQ(compare(), "");
  seen_.erase(seen_.begin());
  EXPECT_NE(compare().find("missing"), std::string::npos);
}

TEST_F(ExpectedFindings, RefuseWhatIsTooMuch) {
  SeenEdge extra = seen_.front();
  extra.from = "target:clean_app";
  seen_.push_back(extra);
  EXPECT_NE(compare().find("not expected"), std::string::npos);
  seen_.back() = seen_.front();
  EXPECT_NE(compare().find("reported twice"), std::string::npos);
}

TEST_F(ExpectedFindings, RefuseAWrongPlaceKnowledgeOrHeir) {
  const auto private_link =
      std::find_if(seen_.begin(), seen_.end(), [](const SeenEdge& edge) { return edge.from == "target:link_private"; });
  ASSERT_NE(private_link, seen_.end());
  private_link->place = "link/CMakeLists.txt:3";
  EXPECT_NE(compare().find("at link/CMakeLists.txt:3, not link/CMakeLists.txt:2"), std::string::npos);
  private_link->place = "link/CMakeLists.txt:2";
  private_link->known = "declared";
  EXPECT_NE(compare().find("known as declared, not derived"), std::string::npos);
  private_link->known = "derived";
  private_link->inherited_by = {"clean_app"};
  EXPECT_NE(compare().find("inherited by [clean_app], not by []"), std::string::npos);
  private_link->inherited_by.clear();
  EXPECT_EQ(compare(), "");
}

TEST_F(ExpectedFindings, KnowWhichCMakeTheyAreFor) {
  EXPECT_NE(compare_as("4.3.4", "2.10").find("target:link_interface"), std::string::npos);
  EXPECT_NE(compare_as("3.25.1", "2.4").find("target:compile_only"), std::string::npos);
}

TEST_F(ExpectedFindings, ReadTheirFileStrictly) {
  const std::string file = build_ / "expected.txt";
  write_file(file, "link target:a target:b - declared\n");
  EXPECT_THROW((void)read_expected(file), std::runtime_error) << "a column is missing";
  write_file(file, "link target:a target:b - maybe declared\n");
  EXPECT_THROW((void)read_expected(file), std::runtime_error) << "maybe is no word of it";
  EXPECT_THROW((void)read_expected(build_ / "none.txt"), std::runtime_error);
}

}  // namespace
}  // namespace bulkhead::test
