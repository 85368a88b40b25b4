// Ways and neighbours in random graphs against a search by hand.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "auditor/neighbours.h"
#include "auditor/question.h"
#include "auditor/way_search.h"
#include "tests/property/chance.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

constexpr std::uint32_t seed = 20260502;

using Way = std::vector<std::size_t>;  // targets, first to last

/// Targets t0, t1, … in three folders f0 to f2, with direct edges of two kinds, and what is asked about them.
struct RandomQuestion {
  std::size_t count = 0;
  std::vector<std::size_t> folder;
  std::set<std::pair<std::size_t, std::size_t>> links;
  std::set<std::pair<std::size_t, std::size_t>> orders;
  std::size_t from = 0;  // a target, or a folder when `by_folder`
  std::size_t to = 0;
  bool by_folder = false;
  std::size_t avoided = 0;  // a target; `count` for none
  bool links_only = false;

  [[nodiscard]] bool matches(std::size_t end, std::size_t target) const {
    return by_folder ? folder[target] == end % 3 : target == end;
  }
  /// Both ends are the same single target.
  [[nodiscard]] bool asks_for_circle() const {
    std::size_t starts = 0;
    bool same = true;
    for (std::size_t i = 0; i < count; ++i) {
      starts += matches(from, i) ? 1 : 0;
      same = same && matches(from, i) == matches(to, i);
    }
    return same && starts == 1;
  }
  [[nodiscard]] std::string word(std::size_t end) const {
    return by_folder ? fmt::format("path:f{}/**", end % 3) : fmt::format("t{:02}", end);
  }
  [[nodiscard]] bool has_edge(std::size_t a, std::size_t b) const {
    return links.contains({a, b}) || (!links_only && orders.contains({a, b}));
  }
  [[nodiscard]] std::string text() const {
    std::string text = "codemodel 2.9\n";
    for (std::size_t i = 0; i < 3; ++i) text += fmt::format("directory f{}\n", i);
    for (std::size_t i = 0; i < count; ++i) text += fmt::format("target t{:02} STATIC_LIBRARY f{}\n", i, folder[i]);
    for (const auto& [a, b] : links) text += fmt::format("t{:02} -> t{:02} [link] f/CMakeLists.txt:1 x\n", a, b);
    for (const auto& [a, b] : orders) text += fmt::format("t{:02} -> t{:02} [order] f/CMakeLists.txt:2 x\n", a, b);
    return text;
  }
};

RandomQuestion random_question(Chance& chance) {
  RandomQuestion question;
  question.count = 3 + chance.below(5);
  for (std::size_t i = 0; i < question.count; ++i) question.folder.push_back(i < 3 ? i : chance.below(3));
  for (std::size_t i = chance.below(question.count * 4); i > 0; --i) {
    const std::pair<std::size_t, std::size_t> ends(chance.below(question.count), chance.below(question.count));
    if (ends.first != ends.second) (chance.below(3) == 0 ? question.orders : question.links).insert(ends);
  }
  question.by_folder = chance.below(3) == 0;
  question.from = chance.below(question.count);
  question.to = chance.below(question.count);
  question.avoided = chance.below(3) != 0 ? question.count : chance.below(question.count);
  question.links_only = chance.below(3) == 0;
  return question;
}

/// Every way, by trying every edge.
void walk(const RandomQuestion& question, Way& way, std::set<Way>& found) {
  for (std::size_t next = 0; next < question.count; ++next) {
    if (!question.has_edge(way.back(), next) || next == question.avoided) continue;
    way.push_back(next);
    if (question.matches(question.to, next) && (question.asks_for_circle() || !question.matches(question.from, next))) {
      found.insert(way);
    } else if (!question.matches(question.from, next) && std::count(way.begin(), way.end(), next) == 1) {
      walk(question, way, found);
    }
    way.pop_back();
  }
}

/// A question, put to the graph that its text makes.
class Asked {
 public:
  explicit Asked(const RandomQuestion& random)
      : audit_(parse_text_graph(random.text(), "/nowhere")),
        modules_(graph(), policy_, {}),
        question_(graph(), policy_, modules_),
        sources_("/nowhere", "/nowhere/build"),
        inheritance_(graph(), sources_),
        random_(random) {}

  [[nodiscard]] const TargetGraph& graph() const { return audit_.tree.graphs.front(); }

  [[nodiscard]] FoundWays ways(WayCount count, std::size_t limit) const {
    const std::vector<Selector> from = {question_.parse_end(random_.word(random_.from)).value()};
    const std::vector<Selector> to = {question_.parse_end(random_.word(random_.to)).value()};
    const EndSet starts = question_.select(from);
    const EndSet goals = question_.select(to);
    const auto is_avoided = [this](Endpoint end) { return end.target_id().value() == random_.avoided; };
    return find_ways(graph(), inheritance_,
                     {.from = starts,
                      .to = goals,
                      .counts = [this](const Edge& edge) { return counts(edge); },
                      .avoided = [&](const Edge& edge) { return is_avoided(edge.from) || is_avoided(edge.to); },
                      .count = count,
                      .limit = limit});
  }

  [[nodiscard]] std::map<std::size_t, std::uint32_t> neighbours(Side side, std::uint32_t depth) const {
    const std::vector<Selector> of = {question_.parse_end(random_.word(random_.from)).value()};
    const EndSet set = question_.select(of);
    std::map<std::size_t, std::uint32_t> depths;
    for (const FoundNeighbour& one :
         find_neighbours(
             graph(), inheritance_,
             {.of = set, .side = side, .counts = [this](const Edge& edge) { return counts(edge); }, .depth = depth})
             .found) {
      depths.emplace(one.end.target_id().value(), one.depth);
    }
    return depths;
  }

  [[nodiscard]] Way stops(const std::vector<EdgeId>& edges) const {
    Way way = {graph()[edges.front()].from.index()};
    for (const EdgeId id : edges) {
      EXPECT_EQ(graph()[id].from.index(), way.back());
      way.push_back(graph()[id].to.index());
    }
    return way;
  }

 private:
  [[nodiscard]] bool counts(const Edge& edge) const { return !random_.links_only || edge.kind == EdgeKind::link; }

  TextAudit audit_;
  Policy policy_;
  ModuleMap modules_;
  Question question_;
  CMakeSources sources_;
  Inheritance inheritance_;
  const RandomQuestion& random_;
};

TEST(Questions, WaysAgreeWithASearchByHand) {
  Chance chance(seed);
  std::size_t ways = 0;
  std::size_t most = 0;
  for (int round = 0; round < 1'500; ++round) {
    const RandomQuestion random = random_question(chance);
    std::set<Way> expected;
    for (std::size_t start = 0; start < random.count; ++start) {
      if (!random.matches(random.from, start) || start == random.avoided) continue;
      Way way = {start};
      walk(random, way, expected);
    }
    ways += expected.size();
    most = std::max(most, expected.size());
    const Asked asked(random);
    const std::size_t limit = 1 + chance.below(expected.size() + 2);
    const FoundWays found = asked.ways(WayCount::all, limit);
    ASSERT_EQ(found.ways.size(), std::min(limit, expected.size())) << "round " << round << "\n" << random.text();
    ASSERT_EQ(found.more, expected.size() > limit) << "round " << round;
    std::set<Way> told;
    for (std::size_t i = 0; i < found.ways.size(); ++i) {
      const Way way = asked.stops(found.ways[i]);
      ASSERT_TRUE(expected.contains(way)) << "round " << round << "\n" << random.text();
      ASSERT_TRUE(told.insert(way).second) << "round " << round << ": told twice";
      ASSERT_TRUE(i == 0 || found.ways[i - 1].size() <= found.ways[i].size()) << "round " << round;
    }
    // What is left out is no shorter than what is told.
    for (const Way& way : expected) {
      ASSERT_TRUE(told.contains(way) || way.size() > found.ways.back().size()) << "round " << round;
    }
    const FoundWays shortest = asked.ways(WayCount::shortest, 1);
    ASSERT_EQ(shortest.ways.empty(), expected.empty()) << "round " << round;
    if (!expected.empty()) {
      ASSERT_EQ(asked.stops(shortest.ways.front()), asked.stops(found.ways.front())) << "round " << round;
    }
    ASSERT_TRUE(found.doubtful.empty()) << "every edge is declared";
  }
  EXPECT_GT(ways, 1'000U);
  EXPECT_GT(most, 15U) << "the graphs are too thin to tell anything";
}

TEST(Questions, NeighboursAgreeWithASearchByHand) {
  Chance chance(seed + 1);
  std::size_t far = 0;
  for (int round = 0; round < 600; ++round) {
    const RandomQuestion random = random_question(chance);
    const Asked asked(random);
    for (const Side side : {Side::dependers, Side::dependees}) {
      for (const std::uint32_t depth : {1U, 2U, 9U}) {
        std::map<std::size_t, std::uint32_t> expected;
        for (std::uint32_t step = 1; step <= depth; ++step) {
          const auto nearer = expected;
          for (std::size_t near = 0; near < random.count; ++near) {
            const bool leads_on = step == 1 ? random.matches(random.from, near) : nearer.contains(near);
            for (std::size_t end = 0; leads_on && end < random.count; ++end) {
              const bool linked = side == Side::dependers ? random.has_edge(end, near) : random.has_edge(near, end);
              if (linked && !random.matches(random.from, end)) expected.emplace(end, step);
            }
          }
        }
        far += depth == 9 ? expected.size() : 0;
        ASSERT_EQ(asked.neighbours(side, depth), expected) << "round " << round << "\n" << random.text();
      }
    }
  }
  EXPECT_GT(far, 1'000U);
}

}  // namespace
}  // namespace bulkhead::test
