#include "auditor/question.h"

#include <fmt/format.h>

#include <algorithm>

#include "auditor/evidence.h"
#include "auditor/nearest.h"
#include "graph/blind_spots.h"

namespace bulkhead {

Result<Selector> Question::parse_end(const std::string& word) const {
  auto selector = parse_word(word);
  if (!selector) return selector;
  if (auto there = require(*selector, word); !there) return tl::unexpected(there.error());
  return selector;
}

Result<Selector> Question::parse_word(const std::string& word) const {
  if (word == "core" || word.find(':') != std::string::npos) {
    // A target's name may hold "::"; a selector's prefix is followed by one colon.
    if (!graph_.find_target(word)) return Selector::parse(word, {});
  }
  const auto is_module = std::any_of(policy_.modules.begin(), policy_.modules.end(),
                                     [&word](const Module& module) { return module.name == word; });
  if (is_module) return Selector::parse("module:" + word, {});
  if (graph_.find_target(word)) {
    auto glob = Glob::parse("*", {});
    return Selector{.kind = SelectorKind::target, .glob = std::move(*glob), .name = word, .text = "target:" + word};
  }
  if (word.find('/') != std::string::npos || word.find('.') != std::string::npos ||
      word.find('*') != std::string::npos) {
    return Selector::parse("path:" + word, {});
  }
  std::vector<std::string_view> names;
  for (const Target& target : graph_.targets()) names.push_back(graph_.text(target.name));
  for (const Module& module : policy_.modules) names.push_back(module.name);
  for (const Directory& directory : graph_.directories()) {
    if (graph_.text(directory.source) == word) return Selector::parse("path:" + word + "/**", {});
  }
  const auto meant = nearest(word, names);
  return fail(
      {}, fmt::format("there is no target, module or folder '{}'", word),
      meant ? fmt::format("did you mean {}?", *meant) : std::string("write target:GLOB, path:GLOB or module:NAME"));
}

EndSet Question::select(const std::vector<Selector>& selectors) const {
  std::vector<std::uint32_t> counts;
  return matcher_.select(selectors, matcher_.all_ends(), counts);
}

bool Question::matches_anything(const Selector& selector) const {
  const std::vector<Endpoint> ends = matcher_.all_ends();
  return std::any_of(ends.begin(), ends.end(), [&](Endpoint end) { return matcher_.matches(selector, end); });
}

// What might have been meant by a selector that matches nothing.
std::vector<std::string_view> Question::known_names(const Selector& selector) const {
  std::vector<std::string_view> names;
  if (selector.kind == SelectorKind::target) {
    for (const Target& target : graph_.targets()) names.push_back(graph_.text(target.name));
  } else if (selector.kind == SelectorKind::path) {
    for (const Directory& directory : graph_.directories()) names.push_back(graph_.text(directory.source));
    for (const Edge& edge : graph_.edges()) {
      if (edge.to.kind() == EndpointKind::file) names.push_back(graph_.text(edge.to.string_id()));
    }
  }
  return names;
}

Result<void> Question::require(const Selector& selector, const std::string& word) const {
  if (selector.kind == SelectorKind::module) {
    std::vector<std::string_view> names;
    for (const Module& module : policy_.modules) names.push_back(module.name);
    if (std::find(names.begin(), names.end(), selector.name) != names.end()) return {};
    const auto meant = nearest(selector.name, names);
    return fail({}, fmt::format("there is no module '{}'", selector.name),
                meant           ? fmt::format("did you mean module:{}?", *meant)
                : names.empty() ? std::string("modules are declared in a policy, and none was found")
                                : std::string("'bulkhead check' lists the modules of the policy"));
  }
  if (matches_anything(selector)) return {};
  const std::size_t colon = selector.text.find(':');
  const auto meant = nearest(std::string_view(selector.text).substr(colon + 1), known_names(selector));
  return fail({}, fmt::format("nothing here matches '{}'", word),
              meant ? fmt::format("did you mean {}:{}?", selector.text.substr(0, colon), *meant)
                    : std::string("see bulkhead why --help for what can be named"));
}

bool Question::is_named(const ConditionalName& one, const Selector& to) const {
  const std::string_view name = graph_.text(one.name);
  const auto target = graph_.find_target(name);
  const Owner owner = modules_.library_owner(name);
  const bool of_module =
      to.kind == SelectorKind::module && owner.is_module() && policy_.modules[owner.module_index()].name == to.name;
  const bool named = to.kind == SelectorKind::target && (to.name.empty() ? to.glob->matches(name) : to.name == name);
  return of_module || named || (target && matcher_.matches(to, Endpoint::target(*target)));
}

std::vector<ConditionalLink> Question::find_conditional(const Selector* from, const Selector* to) const {
  std::vector<ConditionalLink> links;
  for (const ConditionalName& one : graph_.conditional_names()) {
    if (from != nullptr && !matcher_.matches(*from, Endpoint::target(one.from))) continue;
    if (to != nullptr && !is_named(one, *to)) continue;
    links.push_back({.from = std::string(graph_.name(one.from)),
                     .name = std::string(graph_.text(one.name)),
                     .expression = std::string(graph_.text(one.expression)),
                     .is_false = one.is_false});
  }
  return links;
}

FindingEnd Question::describe(Endpoint endpoint) const {
  FindingEnd end{.label = to_label(graph_, endpoint), .type = {}};
  if (endpoint.is_target()) end.type = to_string(graph_[endpoint.target_id()].type);
  const Owner owner = modules_.owner(endpoint);
  if (owner.is_module()) end.module = policy_.modules[owner.module_index()].name;
  return end;
}

AnswerEdge Question::show(CMakeSources& sources, const Edge& edge, std::vector<EdgeKind> kinds) const {
  AnswerEdge shown{.from = describe(edge.from), .to = describe(edge.to), .kind = edge.kind, .known = edge.known};
  shown.evidence = show_call(sources, graph_, edge, {}).evidence;
  if (edge.frame) shown.evidence.mark = short_name(graph_, edge.to);  // the whole path, where there is room
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  std::erase(kinds, edge.kind);
  shown.also = std::move(kinds);
  return shown;
}

Result<std::vector<EdgeKind>> parse_kinds(std::string_view list) {
  std::vector<EdgeKind> kinds;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view word = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    if (word.empty()) continue;
    const auto kind = parse_edge_kind(word);
    if (!kind) {
      std::vector<std::string_view> names;
      names.reserve(edge_kinds.size());
      for (const EdgeKind one : edge_kinds) names.push_back(to_string(one));
      const auto meant = nearest(word, names);
      return fail({}, fmt::format("'{}' is no kind of edge", word),
                  meant ? fmt::format("did you mean {}?", *meant) : fmt::format("kinds: {}", fmt::join(names, ", ")));
    }
    if (*kind == EdgeKind::include) {
      return fail({}, "includes are no edges of the build graph, but are read from the sources",
                  "ask 'bulkhead why --includes FROM MODULE'");
    }
    kinds.push_back(*kind);
  }
  if (kinds.empty()) return fail({}, "--kinds names no kind of edge", "leave it out to look at all of them");
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  return kinds;
}

bool counts(const std::vector<EdgeKind>& kinds, EdgeKind kind) {
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::vector<EdgeKind> find_unseen(const TargetGraph& graph, const Inputs& inputs, const std::vector<EdgeKind>& kinds) {
  std::vector<EdgeKind> unseen = {EdgeKind::include};
  for (const BlindSpot& spot : find_blind_spots(graph, inputs)) unseen.push_back(spot.kind);
  std::sort(unseen.begin(), unseen.end());
  unseen.erase(std::unique(unseen.begin(), unseen.end()), unseen.end());
  std::erase_if(unseen, [&kinds](EdgeKind kind) { return !counts(kinds, kind); });
  return unseen;
}

}  // namespace bulkhead
