#include "reports/finding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "reports/report.h"

namespace bulkhead {
namespace {

Finding sample() {
  return {.rule = "off-edge",
          .module = "cuda",
          .configuration = "Release",
          .edge = FindingEdge{.kind = EdgeKind::link,
                              .from = {.label = "target:core", .type = "STATIC_LIBRARY"},
                              .to = {.label = "target:cuda_rt", .type = "STATIC_LIBRARY", .module = "cuda"}},
          .path = {"target:core", "target:cuda_rt"},
          .evidence = {{.file = "core/CMakeLists.txt", .line = 12, .command = "target_link_libraries"}},
          .message = "core links cuda_rt of module cuda, which is off",
          .help = "guard the call"};
}

TEST(Fingerprint, IsPartOfEveryonesBaselines) {
  // FNV-1a over the fields, each ended by a zero byte. To change it breaks every baseline and waiver that exists.
  EXPECT_EQ(fingerprint_of(sample()), "ee5d7389f3f10c1c");
  EXPECT_EQ(fingerprint_of({.rule = "off-target", .module = "cuda", .message = "cuda_rt is in the build"}),
            "adb6172b3a0cfab3");
}

TEST(Fingerprint, SurvivesWhatIsNotTheFinding) {
  const std::string expected = fingerprint_of(sample());
  Finding changed = sample();
  changed.evidence[0].line = 99;
  changed.evidence[0].file = "moved/CMakeLists.txt";
  changed.evidence.push_back({.file = "x", .line = 1});
  changed.path.insert(changed.path.begin(), "target:app");
  changed.inherited_by.push_back({.label = "target:app", .type = "EXECUTABLE"});
  changed.configuration = "Debug";
  changed.severity = Severity::warning;
  changed.status = Status::waived;
  changed.edge->known = Known::derived;
  changed.edge->from.type = "SHARED_LIBRARY";
  changed.message = "said in other words";
  changed.help = "likewise";
  EXPECT_EQ(fingerprint_of(changed), expected);
}

TEST(Fingerprint, IsOfTheSubjectsWhereThereIsNoEdge) {
  Finding finding{.rule = "off-target", .module = "cuda", .message = "a target", .subjects = {"target:a"}};
  const std::string expected = fingerprint_of(finding);
  finding.message = "said in other words";
  EXPECT_EQ(fingerprint_of(finding), expected);
}

TEST(Fingerprint, DiffersWithWhatIsTheFinding) {
  std::set<std::string> prints = {fingerprint_of(sample())};
  const auto expect_new = [&prints](auto&& change) {
    Finding changed = sample();
    change(changed);
    EXPECT_TRUE(prints.insert(fingerprint_of(changed)).second);
  };
  expect_new([](Finding& finding) { finding.rule = "core-edge"; });
  expect_new([](Finding& finding) { finding.module = "metal"; });
  expect_new([](Finding& finding) { finding.edge->kind = EdgeKind::order; });
  expect_new([](Finding& finding) { finding.edge->from.label = "target:app"; });
  expect_new([](Finding& finding) { finding.edge->to.label = "target:cuda"; });
  expect_new([](Finding& finding) { std::swap(finding.edge->from, finding.edge->to); });
  expect_new([](Finding& finding) { finding.edge.reset(); });
  expect_new([](Finding& finding) {
    finding.edge.reset();
    finding.message = "another message";
  });
  expect_new([](Finding& finding) {
    finding.edge.reset();
    finding.subjects = {"target:a"};
  });
  expect_new([](Finding& finding) {
    finding.edge.reset();
    finding.subjects = {"target:a", "target:b"};
  });
  // The end of one field is not the beginning of the next.
  expect_new([](Finding& finding) {
    finding.module = "cud";
    finding.rule = "off-edgea";
  });
}

TEST(ShownBefore, PutsNewErrorsFirstThenSortsByRuleModuleAndPlace) {
  std::vector<Finding> expected;
  const auto add = [&expected](auto&& change) {
    Finding finding = sample();
    change(finding);
    expected.push_back(finding);
  };
  add([](Finding& finding) { finding.rule = "core-edge"; });
  add([](Finding& finding) { finding.evidence.clear(); });
  add([](Finding& finding) { finding.evidence[0].line = 2; });
  add([](Finding& finding) { finding.edge->to.label = "target:a"; });
  add([](Finding&) {});
  add([](Finding& finding) { finding.message = "z"; });
  add([](Finding& finding) { finding.evidence[0].line = 100; });
  add([](Finding& finding) { finding.evidence[0].file = "zoo/CMakeLists.txt"; });
  add([](Finding& finding) { finding.module = "metal"; });
  add([](Finding& finding) {
    finding.severity = Severity::warning;
    finding.rule = "a-rule";
  });
  for (const Status status : {Status::known, Status::waived}) {
    add([status](Finding& finding) { finding.status = status; });
    add([status](Finding& finding) {
      finding.status = status;
      finding.severity = Severity::warning;
    });
  }
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    std::vector<Finding> shuffled = expected;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    std::sort(shuffled.begin(), shuffled.end(), shown_before);
    ASSERT_EQ(shuffled, expected) << "round " << round;
  }
  EXPECT_FALSE(shown_before(sample(), sample()));
}

TEST(Summary, CountsEachFindingOnce) {
  Report report;
  const auto add = [&report](Severity severity, Status status, int count) {
    for (int i = 0; i < count; ++i)
      report.findings.push_back({.rule = "r", .severity = severity, .status = status, .message = {}});
  };
  add(Severity::error, Status::fresh, 1);
  add(Severity::warning, Status::fresh, 2);
  add(Severity::error, Status::known, 4);
  add(Severity::warning, Status::known, 8);
  add(Severity::error, Status::waived, 16);
  const Summary summary = summarise(report);
  EXPECT_EQ(summary.errors, 1U);
  EXPECT_EQ(summary.warnings, 2U);
  EXPECT_EQ(summary.fresh, 3U);
  EXPECT_EQ(summary.known, 12U);
  EXPECT_EQ(summary.waived, 16U);
  EXPECT_EQ(summary.fresh + summary.known + summary.waived, report.findings.size());
}

TEST(Words, AreThoseOfTheReports) {
  EXPECT_EQ(to_string(Severity::error), "error");
  EXPECT_EQ(to_string(Severity::warning), "warning");
  EXPECT_EQ(to_string(Status::fresh), "new");
  EXPECT_EQ(to_string(Status::known), "known");
  EXPECT_EQ(to_string(Status::waived), "waived");
  EXPECT_EQ(to_string(Verdict::isolated), "isolated");
  EXPECT_EQ(to_string(Verdict::violated), "violated");
  EXPECT_EQ(to_string(Verdict::unproven), "unproven");
}

}  // namespace
}  // namespace bulkhead
