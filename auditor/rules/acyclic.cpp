// acyclic: targets, folders or modules depend on each other in a circle.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "auditor/cut_words.h"
#include "auditor/direct_edges.h"
#include "auditor/evidence.h"
#include "auditor/rule.h"
#include "auditor/rule_findings.h"
#include "auditor/rule_scopes.h"
#include "graph/components.h"
#include "graph/inheritance.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_named = 8;

// "a/b" of "a/b/c" for a depth of 2.
std::string_view shorten(std::string_view folder, std::optional<std::uint32_t> depth) {
  if (!depth) return folder;
  std::size_t end = 0;
  for (std::uint32_t i = 0; i < *depth; ++i) {
    end = folder.find('/', end);
    if (end == std::string_view::npos) return folder;
    ++end;
  }
  return folder.substr(0, end - 1);
}

// What the rule goes over, as a graph of its own.
class CycleFinder {
 public:
  CycleFinder(const RuleInput& input, const RuleScope& scope, const Inheritance& inheritance)
      : input_(input), scope_(scope) {
    std::vector<std::optional<std::uint32_t>> vertex_of(input.graph.targets().size());
    for (std::size_t i = 0; i < vertex_of.size(); ++i) vertex_of[i] = vertex(TargetId(i));
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> known;
    for (const EdgeId id : find_direct_edges(input, inheritance, scope)) {
      const auto from = vertex_of[input.graph[id].from.index()];
      const auto to = vertex_of[input.graph[id].to.index()];
      // A folder's targets may well depend on each other; a target that depends on itself does not exist.
      if (!from || !to || *from == *to) continue;
      const auto [found, is_new] = known.try_emplace({*from, *to}, arcs_.size());
      if (is_new) {
        arcs_.push_back({*from, *to});
        edges_.emplace_back();
      }
      edges_[found->second].push_back(id);
    }
  }

  void find(std::vector<Finding>& findings) const {
    const Digraph graph(names_.size(), arcs_);
    for (const auto& component : find_cyclic_components(graph)) {
      findings.push_back(make_finding(component, find_shortest_cycle(graph, component)));
    }
  }

 private:
  // The vertex that a target counts as; none for targets that do not count.
  std::optional<std::uint32_t> vertex(TargetId target) {
    const Endpoint end = Endpoint::target(target);
    if (scope_.except.contains(end)) return std::nullopt;
    if (!scope_.rule->from.empty() && !scope_.from.contains(end)) return std::nullopt;
    std::string name;
    switch (scope_.rule->over) {
      case CycleScope::targets: name = input_.graph.name(target); break;
      case CycleScope::folders:
        // Where an IMPORTED target is found says nothing about a folder.
        if (input_.graph[target].imported) return std::nullopt;
        name = shorten(input_.modules.source_of(input_.graph.text(input_.graph[target].source_directory)),
                       scope_.rule->depth);
        break;
      case CycleScope::modules: {
        const Owner owner = input_.modules.owner(target);
        if (!owner.is_module()) return std::nullopt;
        name = input_.policy.modules[owner.module_index()].name;
        break;
      }
    }
    // Targets may share a name only where they are different ones.
    const std::string key = scope_.rule->over == CycleScope::targets ? std::to_string(target.value()) : name;
    const auto [found, is_new] = vertices_.try_emplace(key, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(std::move(name));
    return found->second;
  }

  [[nodiscard]] Finding make_finding(const std::vector<std::uint32_t>& component,
                                     const std::vector<std::uint32_t>& cycle) const {
    std::vector<std::string> stops;
    stops.reserve(cycle.size() + 1);
    for (const std::uint32_t arc : cycle) stops.push_back(names_[arcs_[arc].from]);
    // The same circle can be told from each of its stops: from the first by name.
    const auto first = std::min_element(stops.begin(), stops.end()) - stops.begin();
    std::vector<std::uint32_t> arcs(cycle.begin(), cycle.end());
    std::rotate(stops.begin(), stops.begin() + first, stops.end());
    std::rotate(arcs.begin(), arcs.begin() + first, arcs.end());
    stops.push_back(stops.front());

    const std::string what = fmt::format("{} depend on each other: {}", noun(), fmt::join(stops, " -> "));
    Finding finding = start_finding(*scope_.rule, what, "rule '{}' forbids");
    const bool of_targets = scope_.rule->over == CycleScope::targets;
    for (const std::uint32_t arc : arcs) {
      const Edge& edge = input_.graph[edges_[arc].front()];
      if (of_targets && !finding.edge) {
        finding.edge = FindingEdge{edge.kind, describe(input_, edge.from), describe(input_, edge.to), edge.known};
      }
      finding.evidence.push_back(show_call(input_.sources, input_.graph, edge, {}).evidence);
    }
    const std::string_view prefix = of_targets ? "target:" : noun() == "folders" ? "file:" : "module:";
    for (const std::string& stop : stops) finding.path.push_back(std::string(prefix) + stop);
    finding.help = say_help(component, arcs);
    return finding;
  }

  [[nodiscard]] std::string_view noun() const {
    switch (scope_.rule->over) {
      case CycleScope::folders: return "folders";
      case CycleScope::modules: return "modules";
      case CycleScope::targets: break;
    }
    return "targets";
  }

  // The hop that fewest edges make is the cheapest to cut.
  [[nodiscard]] std::string say_help(const std::vector<std::uint32_t>& component,
                                     const std::vector<std::uint32_t>& arcs) const {
    const std::uint32_t thinnest =
        *std::min_element(arcs.begin(), arcs.end(),
                          [this](std::uint32_t a, std::uint32_t b) { return edges_[a].size() < edges_[b].size(); });
    std::string text =
        fmt::format("to open this circle, cut {}", say_hop(input_, input_.graph[edges_[thinnest].front()]));
    if (edges_[thinnest].size() > 1) text += fmt::format(" and {} more", edges_[thinnest].size() - 1);
    if (component.size() <= arcs.size()) return text;
    std::vector<std::string> names;
    names.reserve(component.size());
    for (const std::uint32_t vertex : component) names.push_back(names_[vertex]);
    std::sort(names.begin(), names.end());
    const std::size_t shown = std::min(names.size(), most_named);
    text += fmt::format("; all that are on circles with each other: {}",
                        fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    if (shown < names.size()) text += fmt::format(" and {} more", names.size() - shown);
    return text;
  }

  const RuleInput& input_;
  const RuleScope& scope_;
  std::map<std::string, std::uint32_t> vertices_;
  std::vector<std::string> names_;          // by vertex
  std::vector<Arc> arcs_;                   // each once
  std::vector<std::vector<EdgeId>> edges_;  // by arc: those that make it
};

}  // namespace

std::vector<Finding> run_acyclic(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  for (const RuleScope& scope : input.scopes.all()) {
    if (scope.rule->kind == RuleKind::acyclic) CycleFinder(input, scope, inheritance).find(findings);
  }
  return findings;
}

}  // namespace bulkhead
