// Whatever is waived or in the baseline: findings get another status, and none comes or goes.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "auditor/audit.h"
#include "auditor/rule.h"
#include "reports/error_text.h"
#include "tests/property/chance.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

constexpr std::size_t rounds = 40;

template <class T>
T unwrap(Result<T> result) {
  if (!result) throw std::runtime_error(write_error(result.error(), Style(false)));
  return std::move(*result);
}

struct Recorded {
  std::string reply;
  std::string policy;  // below tests/
};

std::ostream& operator<<(std::ostream& out, const Recorded& recorded) {
  return out << recorded.reply;
}

// What a finding is, whatever has become of it.
std::string identity(const Finding& finding) {
  return finding.fingerprint + " " + finding.configuration + " " + finding.message;
}

// A waiver for the policy, even where a comment could do it: the sources are not at hand.
std::string policy_waiver(Finding finding) {
  finding.evidence.clear();
  return "\n" + waiver_text_for(finding) + "\n";
}

class Waivers : public testing::TestWithParam<Recorded> {
 protected:
  void SetUp() override {
    unpack_reply(GetParam().reply, build_.path());
    tree_ = unwrap(read_build_tree(build_.path(), {}));
    policy_ = read_file(test_directory() / GetParam().policy);
    before_ = audit_with("", {});
    ASSERT_GE(before_.findings.size(), 5U);
  }

  [[nodiscard]] Report audit_with(const std::string& waivers, std::optional<Baseline> baseline) const {
    const Policy policy = unwrap(parse_policy(policy_ + waivers, "bulkhead.toml"));
    return unwrap(audit(tree_, policy, {.baseline = std::move(baseline)}));
  }

  // Findings that are there without any waiver; the others are about waivers and baseline.
  [[nodiscard]] std::map<std::string, Status> statuses(const Report& report) const {
    std::map<std::string, Status> found;
    std::set<std::string> known;
    for (const Finding& finding : before_.findings) known.insert(identity(finding));
    for (const Finding& finding : report.findings) {
      if (known.contains(identity(finding))) found.emplace(identity(finding), finding.status);
    }
    return found;
  }

  void expect_sum(const Report& report) const {
    const Summary summary = summarise(report);
    EXPECT_EQ(summary.fresh + summary.known + summary.waived, report.findings.size());
    EXPECT_EQ(summary.errors + summary.warnings, summary.fresh);
    std::size_t about_life = 0;
    std::set<std::string> known;
    for (const Finding& finding : before_.findings) known.insert(identity(finding));
    for (const Finding& finding : report.findings) {
      if (known.contains(identity(finding))) continue;
      ++about_life;
      EXPECT_EQ(finding.rule, "unused-policy") << finding.message;
      EXPECT_EQ(finding.status, Status::fresh) << finding.message;
    }
    EXPECT_EQ(report.findings.size() - about_life, before_.findings.size());
    EXPECT_EQ(statuses(report).size(), statuses(before_).size());
    ASSERT_EQ(report.modules.size(), before_.modules.size());
    for (std::size_t i = 0; i < report.modules.size(); ++i) {
      EXPECT_EQ(report.modules[i].verdict, before_.modules[i].verdict) << report.modules[i].name;
      EXPECT_EQ(report.modules[i].blind_spots, before_.modules[i].blind_spots) << report.modules[i].name;
    }
  }

  [[nodiscard]] std::vector<Finding> pick(Chance& chance) const {
    std::vector<Finding> picked = before_.findings;
    chance.shuffle(picked);
    picked.resize(chance.below(std::min<std::size_t>(picked.size(), 40)));
    return picked;
  }

  TemporaryDirectory build_;
  BuildTree tree_;
  std::string policy_;
  Report before_;
};

TEST_P(Waivers, MoveFindingsButNeverTheSum) {
  Chance chance(20270331);
  for (std::size_t round = 0; round < rounds; ++round) {
    std::vector<Finding> accepted = pick(chance);
    std::set<std::string> fingerprints;
    std::vector<std::string> texts;
    for (const Finding& finding : accepted) {
      fingerprints.insert(finding.fingerprint);
      texts.push_back(policy_waiver(finding));
    }
    std::string waivers;
    for (const std::string& text : texts) waivers += text;
    const Report report = audit_with(waivers, {});
    expect_sum(report);
    for (const Finding& finding : report.findings) {
      if (fingerprints.contains(finding.fingerprint)) {
        EXPECT_EQ(finding.status, Status::waived) << finding.message << waivers;
        ASSERT_TRUE(finding.waiver);
        EXPECT_EQ(finding.waiver->reason, "REASON");
      } else if (finding.edge) {  // messages may begin alike
        EXPECT_EQ(finding.status, Status::fresh) << finding.message << waivers;
      }
    }
    // Their order does not matter.
    chance.shuffle(texts);
    waivers.clear();
    for (const std::string& text : texts) waivers += text;
    EXPECT_EQ(statuses(audit_with(waivers, {})), statuses(report));
    if (HasFailure()) return;
  }
}

TEST_P(Waivers, AndBaselinesShareTheFindings) {
  Chance chance(7);
  for (std::size_t round = 0; round < rounds; ++round) {
    std::string waivers;
    std::set<std::string> waived;
    for (const Finding& finding : pick(chance)) {
      if (!finding.edge) continue;
      waivers += policy_waiver(finding);
      waived.insert(finding.fingerprint);
    }
    std::vector<BaselineEntry> entries;
    std::set<std::string> in_baseline;
    for (const Finding& finding : pick(chance)) {
      if (find_rule(finding.rule)->about != About::project) continue;
      for (BaselineEntry& entry : entries_of(finding)) {
        in_baseline.insert(entry.fingerprint);
        entries.push_back(std::move(entry));
      }
    }
    const Report report = audit_with(waivers, unwrap(parse_baseline(write_baseline(entries), "b")));
    expect_sum(report);
    ASSERT_TRUE(report.baseline);
    EXPECT_EQ(report.baseline->entries, in_baseline.size());
    EXPECT_EQ(report.baseline->fixed.size(), 0U) << "all of them are there";
    EXPECT_EQ(report.baseline->unseen.size(), 0U);
    for (const Finding& finding : report.findings) {
      if (!finding.edge) continue;
      const Status expected = waived.contains(finding.fingerprint)        ? Status::waived
                              : in_baseline.contains(finding.fingerprint) ? Status::known
                                                                          : Status::fresh;
      EXPECT_EQ(finding.status, expected) << finding.message;
    }
    if (HasFailure()) return;
  }
}

// A baseline of all that is found, and of what is not, in the tree that it was made from.
TEST_P(Waivers, LeaveNothingNewInTheTreeOfTheBaseline) {
  std::vector<BaselineEntry> entries;
  for (const Finding& finding : before_.findings) {
    if (find_rule(finding.rule)->about != About::project) continue;
    for (BaselineEntry& entry : entries_of(finding)) entries.push_back(std::move(entry));
  }
  const Report report = audit_with("", unwrap(parse_baseline(write_baseline(entries), "b")));
  expect_sum(report);
  for (const Finding& finding : report.findings) {
    EXPECT_EQ(finding.status == Status::known, find_rule(finding.rule)->about == About::project) << finding.message;
  }
}

INSTANTIATE_TEST_SUITE_P(Replies, Waivers,
                         testing::Values(Recorded{"kinds/3.25-Ninja", "projects/kinds/bulkhead.toml"},
                                         Recorded{"kinds/4.3-Unix-Makefiles", "projects/kinds/bulkhead.toml"},
                                         Recorded{"kinds/3.31-Ninja-Multi-Config", "projects/kinds/bulkhead.toml"},
                                         Recorded{"cycle/4.3-Ninja", "projects/cycle/bulkhead.toml"},
                                         Recorded{"multi/3.31-Ninja-Multi-Config", "projects/multi/bulkhead.toml"},
                                         Recorded{"opencv/3.25-Ninja", "replies/opencv/bulkhead.toml"}),
                         [](const auto& test) {
                           std::string name = test.param.reply;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace bulkhead::test
