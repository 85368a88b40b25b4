#include "graph/graph_diff.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/property/chance.h"

namespace bulkhead::test {
namespace {

// What a test says of one side; the rest is as of a plain Ninja tree.
struct SideSpec {
  std::vector<std::string> targets{};  ///< Elements of "targets", as JSON.
  std::vector<std::string> edges{};
  std::string configuration = "Release";
  std::string generator = "Ninja";
  std::string codemodel = "2.4";
  bool captured = false;
};

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

SavedGraph graph_of(const SideSpec& spec) {
  const std::string text = fmt::format(
      R"({{"schema": "bulkhead-graph-1", "cmake": {{"version": "3.25.1", "generator": "{}", "codemodel": "{}"}},
          "inputs": {{"capture": {}, "commands": true}},
          "configurations": [{{"name": "{}", "targets": [{}], "edges": [{}]}}]}})",
      spec.generator, spec.codemodel, spec.captured, spec.configuration, join(spec.targets), join(spec.edges));
  auto graph = parse_saved_graph(text, "graph.json");
  if (!graph) throw std::runtime_error(graph.error().message);
  return std::move(*graph);
}

std::string target(const std::string& name, const std::string& type = "STATIC_LIBRARY",
                   const std::string& directory = ".") {
  return fmt::format(R"({{"name": "{}", "type": "{}", "directory": "{}"}})", name, type, directory);
}

std::string edge(const std::string& from, const std::string& to, const std::string& more = "") {
  return fmt::format(R"({{"kind": "link", "from": "target:{}", "to": "target:{}", "known": "derived"{}}})", from, to,
                     more);
}

GraphDiff diff(const SideSpec& before, const SideSpec& after) {
  auto found = diff_graphs(graph_of(before), graph_of(after));
  if (!found) throw std::runtime_error(found.error().message);
  return std::move(*found);
}

std::vector<std::string> say(const GraphDiff& diff) {
  std::vector<std::string> lines;
  for (const TargetChange& one : diff.targets)
    lines.push_back(fmt::format("{} {}{}", to_string(one.change), one.name, one.uncertain ? " uncertain" : ""));
  for (const EdgeChange& one : diff.edges) {
    lines.push_back(
        fmt::format("{} {} -> {}{}", to_string(one.change), one.from, one.to, one.uncertain ? " uncertain" : ""));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(GraphDiff, TellsWhatCameAndWent) {
  const GraphDiff found = diff({.targets = {target("a"), target("b"), target("c")}, .edges = {edge("a", "b")}},
                               {.targets = {target("a", "OBJECT_LIBRARY"), target("b"), target("d")},
                                .edges = {edge("a", "d", R"(, "file": "CMakeLists.txt", "line": 4)")}});
  EXPECT_EQ(say(found),
            (Lines{"changed a", "removed c", "added d", "removed target:a -> target:b", "added target:a -> target:d"}));
  EXPECT_EQ(found.targets.front().old_type, "STATIC_LIBRARY");
  EXPECT_EQ(found.edges.back().file, "CMakeLists.txt");
  EXPECT_EQ(found.edges.back().line, 4U);
  EXPECT_TRUE(found.remarks.empty());
}

TEST(GraphDiff, DoesNotMindLinesThatMoved) {
  EXPECT_TRUE(diff({.edges = {edge("a", "b", R"(, "file": "x", "line": 1)")}},
                   {.edges = {edge("a", "b", R"(, "file": "y", "line": 9)")}})
                  .is_empty());
}

TEST(GraphDiff, TellsCausesAndCountsWhatIsInherited) {
  const std::string inherited = R"(, "inherited": true)";
  const GraphDiff found = diff({}, {.edges = {edge("core", "zip"), edge("app", "zip", inherited)}});
  EXPECT_EQ(say(found), (Lines{"added target:core -> target:zip"}));
  EXPECT_EQ(found.inherited_added, 1U);
  EXPECT_FALSE(diff({}, {.edges = {edge("app", "zip", inherited)}}).is_empty());
}

// It is a judgement that the old one was inherited, and the new one may have been there before.
TEST(GraphDiff, IsNotSureOfWhatWasInheritedBefore) {
  const std::string inherited = R"(, "inherited": true)";
  EXPECT_EQ(say(diff({.edges = {edge("a", "b", inherited)}}, {.edges = {edge("a", "b")}})),
            (Lines{"added target:a -> target:b uncertain"}));
  EXPECT_EQ(say(diff({.edges = {edge("a", "b")}}, {.edges = {edge("a", "b", inherited)}})),
            (Lines{"removed target:a -> target:b uncertain"}));
}

TEST(GraphDiff, SaysWhatCannotBeCompared) {
  const SideSpec plain{.targets = {target("a")}, .edges = {edge("a", "a")}};
  const auto remarks = [&plain](SideSpec other) {
    other.targets = plain.targets;
    const GraphDiff found = diff(plain, other);
    EXPECT_EQ(say(found).size(), 1U);
    return std::pair(found.remarks.size(), found.edges.front().uncertain);
  };
  EXPECT_EQ(remarks({}), std::pair(std::size_t{0}, false));
  EXPECT_EQ(remarks({.generator = "Unix Makefiles"}), std::pair(std::size_t{1}, false)) << "not about links";
  EXPECT_EQ(remarks({.codemodel = "2.9"}), std::pair(std::size_t{2}, true));
  EXPECT_EQ(remarks({.captured = true}), std::pair(std::size_t{2}, true));
  EXPECT_EQ(remarks({.configuration = "Debug"}), std::pair(std::size_t{1}, false));
  EXPECT_EQ(say(diff({}, {.targets = {target("u", "UTILITY")}, .generator = "Unix Makefiles"})),
            (Lines{"added u uncertain"}));
}

TEST(GraphDiff, KnowsTargetsOfOneNameApart) {
  EXPECT_EQ(say(diff({.targets = {target("a"), target("a", "STATIC_LIBRARY", "x")}},
                     {.targets = {target("a", "STATIC_LIBRARY", "x")}})),
            (Lines{"removed a"}));
}

TEST(GraphDiff, NeedsAConfigurationInCommon) {
  SavedGraph two = graph_of({});
  two.configurations.push_back({.name = "Debug", .targets = {}, .edges = {}});
  const SavedGraph other = graph_of({.configuration = "Fast"});
  const auto found = diff_graphs(two, other);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().message, "no configuration is in both: OLD has Release, Debug, and NEW Fast");
}

// Some of the same few targets and edges.
SideSpec random_side(Chance& chance) {
  SideSpec side;
  for (const char* const name : {"a", "b", "c", "d"}) {
    if (chance.below(4) != 0)
      side.targets.push_back(target(name, chance.below(3) == 0 ? "EXECUTABLE" : "STATIC_LIBRARY"));
    for (const char* const to : {"a", "b", "c", "d"}) {
      if (chance.below(2) == 0)
        side.edges.push_back(edge(name, to, chance.below(3) == 0 ? R"(, "inherited": true)" : ""));
    }
  }
  chance.shuffle(side.targets);
  chance.shuffle(side.edges);
  if (chance.below(4) == 0) side.codemodel = "2.9";
  return side;
}

using Change3 = std::tuple<Change, std::string, bool>;

std::multiset<Change3> changes_of(const GraphDiff& diff, bool mirrored) {
  const auto turn = [mirrored](Change change) {
    if (!mirrored || change == Change::changed) return change;
    return change == Change::added ? Change::removed : Change::added;
  };
  std::multiset<Change3> changes;
  for (const TargetChange& one : diff.targets) changes.emplace(turn(one.change), one.name, one.uncertain);
  for (const EdgeChange& one : diff.edges) changes.emplace(turn(one.change), one.from + one.to, one.uncertain);
  return changes;
}

TEST(GraphDiff, IsMirroredWhenTheSidesAre) {
  Chance chance(1);
  std::size_t with_changes = 0;
  for (int round = 0; round < 300; ++round) {
    const SideSpec one = random_side(chance);
    const SideSpec other = random_side(chance);
    const GraphDiff forth = diff(one, other);
    const GraphDiff back = diff(other, one);
    ASSERT_EQ(changes_of(forth, true), changes_of(back, false));
    ASSERT_EQ(forth.inherited_added, back.inherited_removed);
    ASSERT_EQ(forth.inherited_removed, back.inherited_added);
    ASSERT_EQ(forth.remarks.size(), back.remarks.size());
    ASSERT_TRUE(diff(one, one).is_empty());
    if (!forth.is_empty()) ++with_changes;
  }
  EXPECT_GT(with_changes, 250U);
}

// Every difference of the sets of edges is told or counted, and nothing else is.
TEST(GraphDiff, LosesNothing) {
  Chance chance(2);
  for (int round = 0; round < 300; ++round) {
    const SideSpec one = random_side(chance);
    const SideSpec other = random_side(chance);
    const GraphDiff found = diff(one, other);
    const std::set<std::string> olds(one.edges.begin(), one.edges.end());
    const std::set<std::string> news(other.edges.begin(), other.edges.end());
    std::size_t differences = 0;
    for (const std::string& text : olds) differences += news.count(text) == 0 ? 1U : 0U;
    for (const std::string& text : news) differences += olds.count(text) == 0 ? 1U : 0U;
    // One that is inherited on one side and own on the other differs twice in these texts, and is told once.
    const auto flipped = static_cast<std::size_t>(std::count_if(olds.begin(), olds.end(), [&](const std::string& text) {
      const std::string mark = R"(, "inherited": true)";
      const std::size_t at = text.find(mark);
      std::string turned = text;
      if (at == std::string::npos) {
        turned.insert(turned.size() - 1, mark);
      } else {
        turned.erase(at, mark.size());
      }
      return news.count(turned) != 0;
    }));
    ASSERT_EQ(found.edges.size() + found.inherited_added + found.inherited_removed, differences - flipped);
  }
}

}  // namespace
}  // namespace bulkhead::test
