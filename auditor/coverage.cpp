#include "auditor/coverage.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/blind_spots.h"

namespace bulkhead {

Coverage::Coverage(const Report& report, const Policy& policy, const std::vector<bool>& on, const BuildTree& tree)
    : report_(report), policy_(policy), on_(on), tree_(tree) {}

std::string Coverage::find_gap(const Rule& rule, std::string_view module, std::span<const EdgeKind> kinds) const {
  const bool is_known = std::any_of(policy_.modules.begin(), policy_.modules.end(),
                                    [module](const Module& one) { return one.name == module; });
  if (!module.empty() && !is_known) return {};
  if (std::string state = find_unfit_state(rule, module); !state.empty()) return state;
  if (tree_.codemodel.configurations.size() > tree_.graphs.size()) return "only some configurations were audited";
  for (const EdgeKind kind : kinds) {
    if (!is_visible(kind, module)) return fmt::format("{} edges are not all visible here", to_string(kind));
  }
  return {};
}

std::string Coverage::find_unfit_state(const Rule& rule, std::string_view module) const {
  if (rule.seen_while == SeenWhile::always) return {};
  const bool wanted = rule.seen_while == SeenWhile::on;
  for (std::size_t i = 0; i < policy_.modules.size(); ++i) {
    const std::string& name = policy_.modules[i].name;
    if ((module.empty() || name == module) && on_[i] != wanted) {
      return fmt::format("module {} is {}", name, on_[i] ? "on" : "off");
    }
  }
  return {};
}

bool Coverage::is_visible(EdgeKind kind, std::string_view module) const {
  const bool is_blind =
      std::any_of(report_.modules.begin(), report_.modules.end(), [kind, module](const ModuleReport& one) {
        return (module.empty() || one.name == module) &&
               std::find(one.blind_spots.begin(), one.blind_spots.end(), kind) != one.blind_spots.end();
      });
  if (is_blind || !module.empty()) return !is_blind;
  // Of what is about no module: the inputs alone, and nobody may have looked for includes.
  return kind != EdgeKind::include &&
         std::none_of(tree_.graphs.begin(), tree_.graphs.end(), [this, kind](const TargetGraph& graph) {
           const auto spots = find_blind_spots(graph, tree_.inputs);
           return std::any_of(spots.begin(), spots.end(), [kind](const BlindSpot& spot) { return spot.kind == kind; });
         });
}

}  // namespace bulkhead
