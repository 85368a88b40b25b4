#include "auditor/commands/why_includes.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "auditor/includes.h"
#include "auditor/inventory.h"
#include "auditor/modules.h"
#include "auditor/nearest.h"
#include "reports/excerpt.h"

namespace bulkhead {
namespace {

Result<std::size_t> find_module(const Policy& policy, const std::string& word) {
  const std::string name = word.starts_with("module:") ? word.substr(7) : word;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    if (policy.modules[i].name == name) return i;
    names.push_back(policy.modules[i].name);
  }
  const auto meant = nearest(name, names);
  return fail(
      {}, fmt::format("there is no module '{}'", name),
      meant ? fmt::format("did you mean {}?", *meant) : "with --includes the second word names a module of the policy");
}

// Whether the way of an include passes a file.
bool passes(const IncludeEdge& edge, std::string_view file) {
  return std::any_of(edge.chain.begin(), edge.chain.end(),
                     [file](const IncludeStep& step) { return step.file == file; });
}

std::string write_edge(const IncludeEdge& edge, const TargetGraph& graph, TextFiles& files, const Style& style) {
  const SourcePaths paths(graph.info().source_root, graph.info().build_root);
  std::string text;
  for (std::size_t i = 0; i < edge.chain.size(); ++i) {
    const IncludeStep& step = edge.chain[i];
    const std::string& next = i + 1 < edge.chain.size() ? edge.chain[i + 1].file : edge.file;
    text += fmt::format("{} -> {}  [include]\n", style(Colour::bold, step.file), style(Colour::bold, next));
    if (step.line == 0) {
      text += "  the last build has read it, by an include that the scan does not follow\n";
      continue;
    }
    text += fmt::format("  {} {}:{}\n", style(Colour::blue, "-->"), step.file, step.line);
    const std::string mark = i + 1 < edge.chain.size() ? next.substr(next.rfind('/') + 1) : edge.name;
    text += write_excerpt(files, {.path = paths.absolute(step.file), .line = step.line, .mark = mark}, style);
  }
  if (!edge.is_found) text += "  = the header is nowhere on the include path; this file may be meant\n";
  for (const IncludeCondition& condition : edge.conditions) {
    text += fmt::format("  = {} at line {}: {}\n", condition.is_known ? "under" : "under, and nobody can tell,",
                        condition.place.line, condition.text);
  }
  std::string targets;
  for (const TargetId target : edge.targets) targets += (targets.empty() ? "" : ", ") + std::string(graph.name(target));
  return text + fmt::format("  = compiled into: {} ({} {})\n", targets, edge.source_count,
                            edge.source_count == 1 ? "source" : "sources");
}

}  // namespace

Result<ExitStatus> explain_includes(const BuildTree& tree, const Policy& policy, const std::string& from,
                                    const std::string& to, const Style& style) {
  const auto module = find_module(policy, to);
  if (!module) return tl::unexpected(module.error());
  std::vector<bool> searched(policy.modules.size(), false);
  searched[*module] = true;
  TextFiles files;
  std::string text;
  bool found = false;
  SourceTree disk(tree.graphs.front().info().source_root);
  for (std::size_t i = 0; i < tree.graphs.size(); ++i) {
    const TargetGraph& graph = tree.graphs[i];
    const ModuleMap modules(graph, policy, {});
    const std::string name = from.starts_with("target:") ? from.substr(7) : from;
    const auto target = graph.find_target(name);
    const std::string file = from.starts_with("path:") ? from.substr(5) : from;
    std::vector<TargetId> targets;
    for (std::size_t id = 0; id < graph.targets().size(); ++id) {
      if (!target || TargetId(id) == *target) targets.emplace_back(id);
    }
    const auto scan = scan_includes(tree, i, modules, searched, targets, disk);
    if (!scan) return tl::unexpected(scan.error());
    if (tree.graphs.size() > 1) text += fmt::format("{}:\n", graph.info().configuration);
    std::size_t count = 0;
    for (const IncludeEdge& edge : scan->edges) {
      if (!target && !passes(edge, file)) continue;
      text += (count++ == 0 ? "" : "\n") + write_edge(edge, graph, files, style);
    }
    if (count == 0) {
      text += fmt::format("no include of module {} by {} in {} {}\n", policy.modules[*module].name, from,
                          scan->source_count, scan->source_count == 1 ? "source" : "sources");
    }
    for (const IncludeGapCount& gap : scan->gaps) {
      text += fmt::format("note: {}: {}\n", blind_spot_of(gap.gap).reason, describe(gap));
    }
    found = found || count != 0;
  }
  if (auto printed = print(text); !printed) return tl::unexpected(printed.error());
  return found ? ExitStatus::clean : ExitStatus::findings;
}

}  // namespace bulkhead
