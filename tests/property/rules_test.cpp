// General rules over random graphs: what must not change when the graph does, and what a search by hand finds.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "auditor/audit.h"
#include "auditor/policy.h"
#include "reports/writer.h"
#include "tests/property/chance.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

constexpr std::uint32_t seed = 20260401;
constexpr std::size_t folders = 3;

/// A project of targets that link each other, with direct edges.
struct RandomProject {
  std::vector<std::string> names;
  std::vector<std::pair<std::size_t, std::size_t>> links;  // no link twice
  std::vector<std::size_t> folder;                         // by target

  [[nodiscard]] std::string name_of(std::size_t target) const {
    return fmt::format("f{}_{}", folder[target], names[target]);
  }
};

RandomProject random_project(Chance& chance) {
  RandomProject project;
  const std::size_t count = 2 + chance.below(10);
  for (std::size_t i = 0; i < count; ++i) {
    project.names.push_back(fmt::format("t{}", i));
    project.folder.push_back(chance.below(folders));
  }
  std::set<std::pair<std::size_t, std::size_t>> links;
  for (std::size_t i = chance.below(count * 3); i != 0; --i) {
    const std::pair<std::size_t, std::size_t> link(chance.below(count), chance.below(count));
    if (link.first != link.second) links.insert(link);
  }
  project.links.assign(links.begin(), links.end());
  return project;
}

// The lines of a text graph, targets and edges in the given order. A line number is made of both ends.
std::string write_graph(const RandomProject& project, const std::vector<std::size_t>& order) {
  std::string text = "cmake 4.2.0\ncodemodel 2.9\n";
  for (const std::size_t i : order) {
    text += fmt::format("target {} STATIC_LIBRARY f{}\n", project.name_of(i), project.folder[i]);
  }
  for (const auto& [from, to] : project.links) {
    text += fmt::format("{} -> {} [link] f{}/CMakeLists.txt:{} target_link_libraries\n", project.name_of(from),
                        project.name_of(to), project.folder[from], 1 + from * 100 + to);
  }
  return text;
}

std::vector<std::size_t> in_order(const RandomProject& project) {
  std::vector<std::size_t> order(project.names.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  return order;
}

Report audit_text(const std::string& graph, const std::string& policy) {
  const TextAudit text = parse_text_graph(graph, "/no/sources");
  const auto parsed = parse_policy(policy, "bulkhead.toml");
  if (!parsed) throw std::runtime_error(parsed.error().message);
  return audit(text.tree, *parsed, {}).value();
}

/// The ends of the edges that findings of a rule are at.
std::set<std::string> found_by(const Report& report, std::string_view rule) {
  std::set<std::string> found;
  for (const Finding& finding : report.findings) {
    if (finding.rule == rule && finding.edge) found.insert(finding.edge->from.label + ">" + finding.edge->to.label);
  }
  return found;
}

const std::string direct = "[[forbidden]]\nfrom = 'target:f0_*'\nto = 'target:f1_*'\nkinds = ['link']\n";
const std::string far = direct + "transitive = true\n";
const std::string layered = "[[layers]]\nlayers = ['target:f0_*', 'target:f1_*', 'target:f2_*']\nkinds = ['link']\n";
const std::string closed =
    "[[layers]]\nlayers = ['target:f0_*', 'target:f1_*', 'target:f2_*']\nkinds = ['link']\nclosed = true\n";
const std::string siblings =
    "[[layers]]\nlayers = [['target:f0_*', 'target:f1_*'], 'target:f2_*']\nkinds = ['link']\nindependent = true\n";
const std::string all = "[[forbidden]]\nname = 'far'\nfrom = 'target:f0_*'\nto = 'target:f1_*'\ntransitive = true\n" +
                        layered + "[[acyclic]]\n[[visibility]]\nto = 'target:f2_*'\nfrom = 'target:f1_*'\n";

/// Which targets can be reached from which, by any number of links but those into and out of `closed`.
bool reaches(const RandomProject& project, std::size_t from, std::size_t to, std::size_t closed_folder) {
  std::vector<bool> seen(project.names.size(), false);
  std::vector<std::size_t> queue = {from};
  seen[from] = true;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    if (queue[next] == to) return true;
    for (const auto& [depender, dependee] : project.links) {
      if (depender != queue[next] || seen[dependee]) continue;
      if (dependee != to && project.folder[dependee] == closed_folder) continue;
      seen[dependee] = true;
      queue.push_back(dependee);
    }
  }
  return false;
}

TEST(Rules, AgreeWithASearchByHand) {
  Chance chance(seed);
  std::size_t findings = 0;
  for (int round = 0; round < 150; ++round) {
    const RandomProject project = random_project(chance);
    const std::string graph = write_graph(project, in_order(project));
    std::set<std::string> direct_edges;
    std::set<std::string> last_edges;
    std::set<std::string> upward;
    std::set<std::string> upward_or_past;
    std::set<std::string> upward_or_aside;
    for (const auto& [from, to] : project.links) {
      const std::string ends = "target:" + project.name_of(from) + ">target:" + project.name_of(to);
      const std::size_t high = project.folder[from];
      const std::size_t low = project.folder[to];
      if (high > low) upward.insert(ends);
      if (high > low || low > high + 1) upward_or_past.insert(ends);
      if (high != low && low != 2) upward_or_aside.insert(ends);
      if (project.folder[to] != 1 || project.folder[from] == 1) continue;
      if (project.folder[from] == 0) direct_edges.insert(ends);
      for (std::size_t start = 0; start < project.names.size(); ++start) {
        if (project.folder[start] == 0 && reaches(project, start, from, 1)) last_edges.insert(ends);
      }
    }
    ASSERT_EQ(found_by(audit_text(graph, direct), "forbidden"), direct_edges) << "round " << round << "\n" << graph;
    ASSERT_EQ(found_by(audit_text(graph, far), "forbidden"), last_edges) << "round " << round << "\n" << graph;
    ASSERT_EQ(found_by(audit_text(graph, layered), "layers"), upward) << "round " << round << "\n" << graph;
    ASSERT_EQ(found_by(audit_text(graph, closed), "layers"), upward_or_past) << "round " << round << "\n" << graph;
    ASSERT_EQ(found_by(audit_text(graph, siblings), "layers"), upward_or_aside) << "round " << round << "\n" << graph;
    findings += direct_edges.size() + last_edges.size() + upward.size();
  }
  EXPECT_GT(findings, 300U);
}

TEST(Rules, AnEdgeMoreTakesNoFindingAway) {
  Chance chance(seed + 1);
  for (int round = 0; round < 150; ++round) {
    RandomProject project = random_project(chance);
    const std::string before = write_graph(project, in_order(project));
    const std::pair<std::size_t, std::size_t> link(chance.below(project.names.size()),
                                                   chance.below(project.names.size()));
    const bool is_new = std::find(project.links.begin(), project.links.end(), link) == project.links.end();
    if (link.first == link.second || !is_new) continue;
    project.links.push_back(link);
    const std::string after = write_graph(project, in_order(project));
    for (const std::string& policy : {direct, far}) {
      const std::set<std::string> old = found_by(audit_text(before, policy), "forbidden");
      const std::set<std::string> now = found_by(audit_text(after, policy), "forbidden");
      ASSERT_TRUE(std::includes(now.begin(), now.end(), old.begin(), old.end())) << "round " << round << "\n" << after;
    }
  }
}

// Which edges are told must not depend on the order of targets, edges or rules.
TEST(Rules, OrderMakesNoDifference) {
  Chance chance(seed + 2);
  for (int round = 0; round < 100; ++round) {
    RandomProject project = random_project(chance);
    std::vector<std::size_t> order = in_order(project);
    const Report before = audit_text(write_graph(project, order), all);
    chance.shuffle(order);
    chance.shuffle(project.links);
    const std::size_t second = all.find("[[layers]]");
    const Report after = audit_text(write_graph(project, order), all.substr(second) + all.substr(0, second));
    for (const char* const rule : {"forbidden", "layers", "visibility"}) {
      ASSERT_EQ(found_by(before, rule), found_by(after, rule)) << "round " << round << ": " << rule;
    }
    ASSERT_EQ(before.rules.size(), after.rules.size());
    for (std::size_t i = 0; i < before.rules.size(); ++i) {
      ASSERT_EQ(before.rules[i].verdict, after.rules[i].verdict) << "round " << round;
      ASSERT_EQ(before.rules[i].edges_checked, after.rules[i].edges_checked) << "round " << round;
      ASSERT_EQ(before.rules[i].findings, after.rules[i].findings) << "round " << round;
    }
  }
}

TEST(Rules, NamesMakeNoDifference) {
  Chance chance(seed + 3);
  for (int round = 0; round < 60; ++round) {
    RandomProject project = random_project(chance);
    const Report before = audit_text(write_graph(project, in_order(project)), all);
    // The same order by name, so that even what is chosen among equals is the same.
    for (std::string& name : project.names) name = "renamed_" + name;
    const Report after = audit_text(write_graph(project, in_order(project)), all);
    std::string text = write_text(after, {}).value();
    for (std::size_t at = text.find("renamed_"); at != std::string::npos; at = text.find("renamed_")) text.erase(at, 8);
    ASSERT_EQ(write_text(before, {}).value(), text) << "round " << round;
  }
}

// The same project as CMake before codemodel 2.9 lists it: each target has what its dependees have, by the call that
// named the dependee.
std::string write_closure(const RandomProject& project) {
  std::string text = "codemodel 2.4\n";
  for (std::size_t i = 0; i < project.names.size(); ++i) {
    text += fmt::format("target {} STATIC_LIBRARY f{}\n", project.name_of(i), project.folder[i]);
  }
  for (std::size_t from = 0; from < project.names.size(); ++from) {
    std::set<std::size_t> listed = {from};
    for (const auto& [depender, dependee] : project.links) {
      if (depender != from) continue;
      for (std::size_t to = 0; to < project.names.size(); ++to) {
        if (!reaches(project, dependee, to, folders) || !listed.insert(to).second) continue;
        text += fmt::format("{} -> {} [link] f{}/CMakeLists.txt:{} target_link_libraries\n", project.name_of(from),
                            project.name_of(to), project.folder[from], 1 + from * 100 + dependee);
      }
    }
  }
  return text;
}

TEST(Rules, SayOfClosuresWhatTheySayOfDirectEdgesOrThatItCannotBeTold) {
  Chance chance(seed + 4);
  std::size_t broken = 0;
  for (int round = 0; round < 200; ++round) {
    const RandomProject project = random_project(chance);
    const std::string graph = write_graph(project, in_order(project));
    const std::string closure = write_closure(project);
    const auto verdict = [](const Report& report) { return report.rules.front().verdict; };
    const RuleVerdict near = verdict(audit_text(graph, direct));
    const RuleVerdict near_in_closure = verdict(audit_text(closure, direct));
    ASSERT_TRUE(near != RuleVerdict::broken || near_in_closure != RuleVerdict::holds) << "round " << round << closure;
    // What is said to be broken is, for what cannot be told is a warning.
    ASSERT_TRUE(near_in_closure != RuleVerdict::broken || near == RuleVerdict::broken) << "round " << round << closure;
    const bool is_far = verdict(audit_text(graph, far)) == RuleVerdict::broken;
    ASSERT_EQ(verdict(audit_text(closure, far)) == RuleVerdict::broken, is_far) << "round " << round << closure;
    broken += is_far ? 1 : 0;
  }
  EXPECT_GT(broken, 50U);
}

}  // namespace
}  // namespace bulkhead::test
