#include "auditor/cut_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "auditor/evidence.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_named = 6;

std::string say(const RuleInput& input, const WayHop& hop) {
  if (hop.edge) return say_hop(input, input.graph[*hop.edge]);
  return fmt::format("{} -> {} ({}:{})", hop.include->place.file, hop.include->file, hop.include->place.file,
                     hop.include->place.line);
}

}  // namespace

std::string say_hop(const RuleInput& input, const Edge& edge) {
  const Evidence call = show_call(input.sources, input.graph, edge, {}).evidence;
  const std::string ends =
      fmt::format("{} -> {}", short_name(input.graph, edge.from), short_name(input.graph, edge.to));
  return call.file.empty() ? ends : fmt::format("{} ({}:{})", ends, call.file, call.line);
}

std::string say_cut(const RuleInput& input, std::span<const WayHop> hops) {
  if (hops.empty()) return {};
  std::vector<std::string> texts;
  texts.reserve(hops.size());
  for (const WayHop& hop : hops) texts.push_back(say(input, hop));
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  const std::size_t shown = std::min(texts.size(), most_named);
  std::string text = texts.size() == 1 ? "cut this edge, and no way is left: "
                                       : fmt::format("cut these {} edges, and no way is left: ", texts.size());
  text += fmt::format("{}", fmt::join(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < texts.size()) text += fmt::format(" and {} more", texts.size() - shown);
  return text;
}

std::string say_gates(const TargetGraph& graph, std::span<const TargetId> gates) {
  if (gates.empty()) return {};
  std::vector<std::string_view> names;
  names.reserve(gates.size());
  for (const TargetId gate : gates) names.push_back(graph.name(gate));
  return fmt::format("every way goes through {}", fmt::join(names, ", then "));
}

}  // namespace bulkhead
