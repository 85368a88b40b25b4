// namespace: a module's target compiles files outside its paths, or a file in its paths is compiled by someone else.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/evidence.h"
#include "auditor/module_findings.h"

namespace bulkhead {
namespace {

bool is_in_source_tree(std::string_view path) {
  return !path.starts_with('/') && !is_in_build(path);
}

bool is_asked(const RuleInput& input, std::size_t index) {
  const Module& module = input.policy.modules[index];
  return !module.stage.empty() && !module.paths.empty() && input.on[index];
}

// A target's entry for a file that nobody generates.
bool is_listed(const RuleInput& input, const Edge& edge) {
  return edge.kind == EdgeKind::source && edge.from.is_target() && edge.to.kind() == EndpointKind::file &&
         is_in_source_tree(input.graph.text(edge.to.string_id()));
}

// The module that an entry of a target's sources is about, and what is wrong with it.
struct Stray {
  const Module* module = nullptr;
  std::string trouble{};
  std::string help{};
};

Stray judge(const RuleInput& input, const Edge& edge) {
  const Owner compiler = input.modules.owner(edge.from);
  const Owner file = input.modules.path_owner(input.graph.text(edge.to.string_id()));
  if (compiler == file || compiler == Owner::set_aside() || file == Owner::set_aside()) return {};
  const auto counts = [&](Owner owner) { return owner.is_module() && is_asked(input, owner.module_index()); };
  if (counts(compiler)) {
    const Module& module = input.policy.modules[compiler.module_index()];
    return {&module, fmt::format("which lies outside the paths of module {}", module.name),
            fmt::format("move the file into the paths of module {}, or add it to them", module.name)};
  }
  if (counts(file)) {
    const Module& module = input.policy.modules[file.module_index()];
    return {&module, fmt::format("and is no target of module {}", module.name),
            fmt::format("list the file in a target of module {}, or make {} one of its 'targets'", module.name,
                        short_name(input.graph, edge.from))};
  }
  return {};
}

}  // namespace

std::vector<Finding> run_namespace(const RuleInput& input) {
  std::vector<Finding> findings;
  for (const Edge& edge : input.graph.edges()) {
    if (!is_listed(input, edge)) continue;
    const Stray stray = judge(input, edge);
    if (stray.module == nullptr) continue;
    const Cause cause{.edge = input.graph.id_of(edge), .frame = {}, .inherited_by = {}};
    findings.push_back(make_module_finding(input, cause, *stray.module, stray.trouble, stray.help));
  }
  return findings;
}

RuleCount count_namespace(const RuleInput& input) {
  RuleCount count;
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) count.modules += is_asked(input, i) ? 1 : 0;
  if (count.modules == 0) return count;
  std::vector<bool> compiles(input.graph.targets().size(), false);
  for (const Edge& edge : input.graph.edges()) {
    if (!is_listed(input, edge) || input.modules.owner(edge.from) == Owner::set_aside()) continue;
    ++count.edges;
    compiles[edge.from.index()] = true;
  }
  count.targets = static_cast<std::uint32_t>(std::count(compiles.begin(), compiles.end(), true));
  return count;
}

}  // namespace bulkhead
