// The advice of causes in random graphs: the edges to cut, removed, leave no way, and no fewer would do; what every way
// goes through is on every way, and nothing else is.
#include "auditor/cause_advice.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/policy.h"
#include "graph/digraph.h"
#include "tests/support/random_digraph.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

using Numbers = std::vector<std::uint32_t>;

constexpr std::size_t most_told = 6;  // edges to cut

/// Targets that link each other, the first few of which are a module that is off.
struct RandomProject {
  std::size_t count = 0;
  std::size_t inside = 0;  ///< How many are of the module.
  std::vector<Arc> links;  ///< No link twice; none leaves the module.

  [[nodiscard]] Digraph graph() const { return {count, links}; }
  [[nodiscard]] Numbers group() const {
    Numbers group;
    for (std::uint32_t i = 0; i < inside; ++i) group.push_back(i);
    return group;
  }
  [[nodiscard]] std::string text() const {
    std::string text = "codemodel 2.9\ncache USE_M=OFF\n";
    for (std::size_t i = 0; i < count; ++i) {
      text += fmt::format("target t{} STATIC_LIBRARY {}\n", i, i < inside ? "m" : "core");
    }
    for (const Arc& link : links) text += fmt::format("t{} -> t{} [link]\n", link.from, link.to);
    for (std::uint32_t from = 0; from < count; ++from) {
      std::string needed;
      for (std::uint32_t to = 0; to < count; ++to) {
        if (from != to && is_way(graph(), {from}, {to})) needed += fmt::format(" t{}", to);
      }
      if (!needed.empty()) text += fmt::format("t{} needs{}\n", from, needed);
    }
    return text;
  }
};

RandomProject random_project(Chance& chance) {
  RandomProject project{.count = 4 + chance.below(6), .inside = 1 + chance.below(2), .links = {}};
  std::set<std::pair<std::uint32_t, std::uint32_t>> links;
  for (std::size_t i = project.count + chance.below(6); i != 0; --i) {
    const auto from = static_cast<std::uint32_t>(project.inside + chance.below(project.count - project.inside));
    const auto to = static_cast<std::uint32_t>(chance.below(project.count));
    if (from != to) links.emplace(from, to);
  }
  for (const auto& [from, to] : links) project.links.push_back({from, to});
  return project;
}

std::uint32_t number_of(std::string_view target) {
  return static_cast<std::uint32_t>(std::stoul(std::string(target.substr(target.rfind('t') + 1))));
}

// The names behind `intro` in a help text, up to the end of that advice; none when it is not given.
std::vector<std::string> told(const std::string& help, std::string_view intro, std::string_view separator) {
  std::vector<std::string> names;
  const std::size_t found = help.find(intro);
  if (found == std::string::npos) return names;
  const std::size_t end = std::min(help.find(';', found), help.size());
  for (std::size_t at = found + intro.size(); at < end;) {
    const std::size_t next = std::min(help.find(separator, at), end);
    names.push_back(help.substr(at, next - at));
    at = next == end ? end : next + separator.size();
  }
  return names;
}

Digraph without(const Digraph& graph, const std::vector<Arc>& cut) {
  std::vector<Arc> left;
  for (const Arc& arc : graph.arcs()) {
    const bool is_cut = std::any_of(cut.begin(), cut.end(),
                                    [&arc](const Arc& one) { return one.from == arc.from && one.to == arc.to; });
    if (!is_cut) left.push_back(arc);
  }
  return {graph.size(), std::move(left)};
}

// Whether any `size` arcs part the two.
bool can_cut(const Digraph& graph, std::size_t size, const Numbers& from, const Numbers& to) {
  const std::size_t count = graph.arcs().size();
  if (size > count) return false;
  std::vector<bool> chosen(count, false);
  std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(size), true);
  do {
    std::vector<Arc> cut;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (chosen[i]) cut.push_back(graph[i]);
    }
    if (!is_way(without(graph, cut), from, to)) return true;
  } while (std::prev_permutation(chosen.begin(), chosen.end()));
  return false;
}

/// A cause, as its finding tells it.
struct Told {
  std::uint32_t depender = 0;
  Numbers heirs;
  std::vector<Arc> cut;
  Numbers gates;
};

std::vector<Told> audit_of(const RandomProject& project) {
  const TextAudit text = parse_text_graph(project.text(), "/no/sources");
  const auto policy = parse_policy("[[module]]\nname = 'm'\ntoggle = 'USE_M'\npaths = ['m/**']\n", "bulkhead.toml");
  const Report report = audit(text.tree, policy.value(), {}).value();
  std::vector<Told> all;
  for (const Finding& finding : report.findings) {
    if (finding.rule != "off-edge") continue;
    Told one;
    one.depender = number_of(finding.edge->from.label);
    for (const FindingEnd& heir : finding.inherited_by) one.heirs.push_back(number_of(heir.label));
    for (const std::string& edge : told(finding.help, "and no way is left: ", ", ")) {
      one.cut.push_back({number_of(edge.substr(0, edge.find(' '))), number_of(edge)});
    }
    for (const std::string& gate : told(finding.help, "every way goes through ", ", then ")) {
      one.gates.push_back(number_of(gate));
    }
    all.push_back(std::move(one));
  }
  return all;
}

// Those who inherit it, and of which none of the others depends on.
Numbers ends_of(const RandomProject& project, const Numbers& heirs) {
  Numbers ends;
  for (const std::uint32_t heir : heirs) {
    const bool is_used = std::any_of(project.links.begin(), project.links.end(), [&](const Arc& link) {
      return link.to == heir && std::find(heirs.begin(), heirs.end(), link.from) != heirs.end();
    });
    if (!is_used) ends.push_back(heir);
  }
  return ends.empty() ? heirs : ends;
}

Numbers gates_by_hand(const RandomProject& project, const Numbers& ends) {
  Numbers gates;
  for (auto vertex = static_cast<std::uint32_t>(project.inside); vertex < project.count; ++vertex) {
    if (ends.size() == 1 && ends.front() == vertex) continue;
    Numbers from = ends;
    std::erase(from, vertex);
    if (!is_way(without_vertex(project.graph(), vertex), from, project.group())) gates.push_back(vertex);
  }
  return gates;
}

TEST(CauseAdvice, CutsWhatLeavesNoWayAndNoMore) {
  Chance chance(20261129);
  std::size_t cuts = 0;
  for (int round = 0; round < 400; ++round) {
    const RandomProject project = random_project(chance);
    for (const Told& one : audit_of(project)) {
      SCOPED_TRACE(fmt::format("round {}, depender t{}\n{}", round, one.depender, project.text()));
      Numbers starts = one.heirs;
      starts.push_back(one.depender);
      if (!one.cut.empty()) {
        ++cuts;
        ASSERT_FALSE(one.heirs.empty());
        ASSERT_FALSE(is_way(without(project.graph(), one.cut), starts, project.group()));
        ASSERT_FALSE(can_cut(project.graph(), one.cut.size() - 1, starts, project.group()));
        continue;
      }
      if (one.heirs.empty()) continue;
      // Nothing is said where the depender's own edges are all that is to be cut, or too many are.
      std::vector<Arc> own;
      for (const Arc& link : project.links) {
        if (link.from == one.depender) own.push_back(link);
      }
      const bool own_do = !is_way(without(project.graph(), own), starts, project.group());
      ASSERT_TRUE(own_do || !can_cut(project.graph(), most_told, starts, project.group()));
    }
  }
  EXPECT_GT(cuts, 100U);
}

TEST(CauseAdvice, NamesWhatEveryWayGoesThrough) {
  Chance chance(20261130);
  std::size_t told_gates = 0;
  for (int round = 0; round < 400; ++round) {
    const RandomProject project = random_project(chance);
    for (Told one : audit_of(project)) {
      SCOPED_TRACE(fmt::format("round {}, depender t{}\n{}", round, one.depender, project.text()));
      if (one.heirs.empty()) {
        ASSERT_TRUE(one.gates.empty());
        continue;
      }
      std::sort(one.gates.begin(), one.gates.end());
      const Numbers gates = gates_by_hand(project, ends_of(project, one.heirs));
      // The depender alone is what the finding says anyhow.
      const bool says_more =
          std::any_of(gates.begin(), gates.end(), [&one](std::uint32_t gate) { return gate != one.depender; });
      ASSERT_EQ(one.gates, says_more ? gates : Numbers());
      told_gates += one.gates.size();
    }
  }
  EXPECT_GT(told_gates, 100U);
}

}  // namespace
}  // namespace bulkhead::test
