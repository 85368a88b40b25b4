#include "auditor/module_states.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "auditor/nearest.h"

namespace bulkhead {

std::optional<std::string_view> ToggleValues::find(std::string_view name) const {
  const auto variable =
      std::find_if(variables.begin(), variables.end(), [name](const CacheEntry& entry) { return entry.name == name; });
  if (variable != variables.end()) return variable->value;
  return cache.find(name);
}

ToggleValues toggle_values(const BuildTree& tree) {
  return {tree.cache, tree.variables, tree.inputs.capture == CaptureState::used};
}

Result<std::vector<bool>> evaluate_toggles(const Policy& policy, const ToggleValues& values) {
  std::vector<bool> on;
  for (const Module& module : policy.modules) {
    // What the directory has that declares a module comes before what the top directory has.
    const LookUpVariable look_up = [&](std::string_view name) -> std::optional<std::string_view> {
      const auto own = std::find_if(module.values.begin(), module.values.end(),
                                    [name](const CacheEntry& entry) { return entry.name == name; });
      return own != module.values.end() ? std::optional<std::string_view>(own->value) : values.find(name);
    };
    const auto& variables = module.toggle.variables();
    const auto unset = std::find_if(variables.begin(), variables.end(),
                                    [&look_up](const std::string& name) { return !look_up(name).has_value(); });
    if (unset != variables.end() && module.unset == Unset::error) {
      std::vector<std::string_view> names;
      for (const CacheEntry& entry : values.cache.entries()) names.push_back(entry.name);
      for (const CacheEntry& entry : values.variables) names.push_back(entry.name);
      const auto meant = nearest(*unset, names);
      const std::string_view words = module.is_declared ? "UNSET off or UNSET on" : "unset = \"off\" or \"on\"";
      return fail(
          module.where,
          fmt::format("module '{}': its toggle '{}' asks for {}, which {}", module.name, module.toggle.text(), *unset,
                      values.captured ? "neither the cache nor the capture knows" : "is not in the cache"),
          meant ? fmt::format("did you mean {}? Otherwise say what that means: {}", *meant, words)
          : values.captured
              ? fmt::format("say what that means: {}", words)
              : fmt::format("say what that means: {}; if it is a normal variable, 'bulkhead configure' sees "
                            "its value",
                            words));
    }
    if (unset != variables.end()) {
      on.push_back(module.unset == Unset::on);
      continue;
    }
    const auto value = module.toggle.evaluate(look_up);
    if (!value) return tl::unexpected(value.error());
    on.push_back(*value);
  }
  return on;
}

}  // namespace bulkhead
