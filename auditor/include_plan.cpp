#include "auditor/include_plan.h"

#include <algorithm>
#include <utility>

namespace bulkhead {
namespace {

// True when a module with a stage may not depend on that one.
bool has_stranger(const Policy& policy, std::size_t dependee) {
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    const Module& module = policy.modules[i];
    if (i == dependee || module.stage.empty()) continue;
    const bool names = std::any_of(module.depends.begin(), module.depends.end(),
                                   [&](const PolicyName& one) { return one.name == policy.modules[dependee].name; });
    if (!names) return true;
  }
  return false;
}

}  // namespace

IncludePlan::IncludePlan(const TargetGraph& graph, const ModuleMap& modules)
    : graph_(graph),
      modules_(modules),
      matcher_(graph, modules.policy(), modules),
      by_owner_(2 + modules.policy().modules.size()),
      asking_(graph.targets().size()) {}

std::size_t IncludePlan::row_of(Owner owner) {
  if (owner.is_core()) return 0;
  return owner.is_module() ? 2 + owner.module_index() : 1;
}

std::size_t IncludePlan::add(Part part) {
  const std::size_t number = parts_.size();
  switch (part.use) {
    case IncludeUse::off_edge:
    case IncludeUse::core_edge:
      for (std::size_t row = 2; row < by_owner_.size(); ++row) by_owner_[row].silent.add(number);
      [[fallthrough]];
    case IncludeUse::module_edge: by_owner_[row_of(Owner::module(part.index))].inside.add(number); break;
    case IncludeUse::replaced_edge: by_owner_[row_of(Owner::set_aside())].silent.add(number); [[fallthrough]];
    case IncludeUse::boundary: by_path_.push_back(number); break;
  }
  parts_.push_back(std::move(part));
  return number;
}

void IncludePlan::ask(std::size_t part, bool with_modules) {
  for (std::size_t i = 0; i < asking_.size(); ++i) {
    const Owner owner = modules_.owner(TargetId(i));
    if (owner.is_core() || (with_modules && owner.is_module())) asking_[i].add(part);
  }
}

void IncludePlan::add_off_edges(const std::vector<bool>& searched, std::span<const TargetId> targets) {
  for (std::size_t i = 0; i < searched.size(); ++i) {
    if (!searched[i]) continue;
    const std::size_t part = add({.use = IncludeUse::off_edge, .index = i, .may_be_unfound = true});
    for (const TargetId target : targets) asking_[target.value()].add(part);
  }
}

void IncludePlan::add_core_edges(const std::vector<bool>& searched) {
  for (std::size_t i = 0; i < searched.size(); ++i) {
    if (!searched[i] || modules_.policy().modules[i].stage != "S0") continue;
    ask(add({.use = IncludeUse::core_edge, .index = i}), false);
  }
}

void IncludePlan::add_module_edges(const std::vector<bool>& searched, const std::vector<bool>& on) {
  for (std::size_t i = 0; i < searched.size(); ++i) {
    if (!searched[i] || !has_stranger(modules_.policy(), i)) continue;
    ask(add({.use = IncludeUse::module_edge, .index = i, .may_be_unfound = !on[i]}), true);
  }
}

void IncludePlan::add_replaced_edges() {
  const std::vector<Module>& all = modules_.policy().modules;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].stage != "S2") continue;
    std::vector<std::uint32_t> ignored;
    EndSet replaced = matcher_.select(all[i].replaces, {}, ignored);
    if (!replaced.may_hold_files()) continue;
    ask(add({.use = IncludeUse::replaced_edge, .index = i, .replaced = std::move(replaced)}), true);
  }
}

void IncludePlan::add_boundaries(const RuleScopes& scopes) {
  for (std::size_t rule = 0; rule < scopes.all().size(); ++rule) {
    const RuleScope& scope = scopes.all()[rule];
    if (!scope.sees_includes()) continue;
    for (std::size_t i = 0; i < scope.boundaries.size(); ++i) {
      const Boundary& line = scope.boundaries[i];
      if (!line.holds_path) continue;
      const std::size_t part = add({.use = IncludeUse::boundary, .index = rule, .boundary = i, .line = &line});
      for (PartSet& asking : asking_) asking.add(part);
    }
  }
}

FileRole IncludePlan::role_of(std::string_view path) const {
  FileRole role = by_owner_[row_of(modules_.path_owner(path))];
  for (const std::size_t part : by_path_) {
    const Part& one = parts_[part];
    if (one.line != nullptr ? one.line->holds_path(path) : one.replaced.contains_path(path)) role.inside.add(part);
  }
  return role;
}

std::vector<TargetId> IncludePlan::targets() const {
  std::vector<TargetId> targets;
  for (std::size_t i = 0; i < asking_.size(); ++i) {
    if (!asking_[i].empty()) targets.emplace_back(i);
  }
  return targets;
}

std::vector<PartFile> IncludePlan::find_files(SourceTree& disk) const {
  std::vector<PartFile> files;
  const std::vector<Module>& all = modules_.policy().modules;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const PartSet& parts = by_owner_[row_of(Owner::module(i))].inside;
    if (parts.empty()) continue;
    PartSet unfound;
    for (const std::size_t part : parts.parts()) {
      if (parts_[part].may_be_unfound) unfound.add(part);
    }
    for (const PolicyGlob& path : all[i].paths) {
      for (std::string& file : disk.files(path.glob)) {
        if (modules_.path_owner(file) == Owner::module(i)) files.push_back({parts, std::move(file), unfound});
      }
    }
  }
  return files;
}

std::vector<std::optional<std::size_t>> IncludePlan::numbers_of(IncludeUse use) const {
  std::vector<std::optional<std::size_t>> numbers(parts_.size());
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (parts_[i].use == use) numbers[i] = parts_[i].index;
  }
  return numbers;
}

std::vector<std::optional<std::size_t>> IncludePlan::numbers_of(std::size_t rule, std::size_t boundary) const {
  std::vector<std::optional<std::size_t>> numbers;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Part& part = parts_[i];
    if (part.use != IncludeUse::boundary || part.index != rule || part.boundary != boundary) continue;
    numbers.resize(parts_.size());
    numbers[i] = 0;
  }
  return numbers;
}

}  // namespace bulkhead
