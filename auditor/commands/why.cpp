// bulkhead why: the shortest way from one thing to another, hop by hop.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "auditor/commands/command.h"
#include "auditor/commands/why_includes.h"
#include "auditor/evidence.h"
#include "auditor/inventory.h"
#include "auditor/modules.h"
#include "auditor/nearest.h"
#include "auditor/selector.h"
#include "graph/cmake_sources.h"
#include "graph/inheritance.h"
#include "graph/paths.h"
#include "reports/excerpt.h"

namespace bulkhead {
namespace {

struct WhyOptions {
  TreeOptions tree;
  std::string from;
  std::string to;
  bool includes = false;
};

// A graph with the modules of a policy; without a policy there are none.
struct Question {
  const TargetGraph& graph;
  const Policy& policy;
  const ModuleMap& modules;
};

// What a word of the command line speaks of: a selector, or the bare name of a module, a target or a folder.
Result<Selector> parse_end(const std::string& text, const Question& question) {
  if (text == "core" || text.find(':') != std::string::npos) {
    // A target's name may hold "::"; a selector's prefix is followed by one colon.
    if (!question.graph.find_target(text)) return Selector::parse(text, {});
  }
  const auto is_module = std::any_of(question.policy.modules.begin(), question.policy.modules.end(),
                                     [&text](const Module& module) { return module.name == text; });
  if (is_module) return Selector::parse("module:" + text, {});
  if (question.graph.find_target(text)) {
    auto glob = Glob::parse("*", {});
    return Selector{.kind = SelectorKind::target, .glob = std::move(*glob), .name = text, .text = "target:" + text};
  }
  if (text.find('/') != std::string::npos || text.find('.') != std::string::npos ||
      text.find('*') != std::string::npos) {
    return Selector::parse("path:" + text, {});
  }
  const auto folder = "path:" + text + "/**";
  std::vector<std::string_view> names;
  for (const Target& target : question.graph.targets()) names.push_back(question.graph.text(target.name));
  for (const Directory& directory : question.graph.directories()) {
    if (question.graph.text(directory.source) == text) return Selector::parse(folder, {});
  }
  const auto meant = nearest(text, names);
  return fail(
      {}, fmt::format("there is no target, module or folder '{}'", text),
      meant ? fmt::format("did you mean {}?", *meant) : std::string("write target:GLOB, path:GLOB or module:NAME"));
}

bool matches(const Question& question, const Selector& selector, Endpoint endpoint) {
  const TargetGraph& graph = question.graph;
  const Owner owner = question.modules.owner(endpoint);
  switch (selector.kind) {
    case SelectorKind::core: return owner.is_core() && endpoint.is_target();
    case SelectorKind::module:
      return owner.is_module() && question.policy.modules[owner.module_index()].name == selector.name;
    case SelectorKind::type: return endpoint.is_target() && graph[endpoint.target_id()].type == selector.type;
    case SelectorKind::target:
      if (!endpoint.is_target()) return false;
      if (!selector.name.empty()) return graph.name(endpoint.target_id()) == selector.name;
      return selector.glob->matches(graph.name(endpoint.target_id()));
    case SelectorKind::path: break;
  }
  if (endpoint.is_target()) {
    const std::string directory = question.modules.source_of(graph.text(graph[endpoint.target_id()].source_directory));
    return selector.glob->matches(directory);
  }
  return endpoint.kind() == EndpointKind::file &&
         selector.glob->matches(question.modules.source_of(graph.text(endpoint.string_id())));
}

// Whether the build has such a thing.
bool matches_anything(const Question& question, const Selector& selector) {
  for (std::size_t i = 0; i < question.graph.targets().size(); ++i) {
    if (matches(question, selector, Endpoint::target(TargetId(i)))) return true;
  }
  const auto edges = question.graph.edges();
  return std::any_of(edges.begin(), edges.end(),
                     [&](const Edge& edge) { return matches(question, selector, edge.to); });
}

// Refuses what is not there, for to find no way to it would say nothing. A module of the policy may well have nothing
// in the build while it is off.
Result<void> require(const Question& question, const Selector& selector, const std::string& word) {
  if (selector.kind == SelectorKind::module) {
    std::vector<std::string_view> names;
    for (const Module& module : question.policy.modules) names.push_back(module.name);
    if (std::find(names.begin(), names.end(), selector.name) != names.end()) return {};
    const auto meant = nearest(selector.name, names);
    return fail({}, fmt::format("there is no module '{}'", selector.name),
                meant           ? fmt::format("did you mean module:{}?", *meant)
                : names.empty() ? std::string("modules are declared in a policy, and none was found")
                                : std::string("'bulkhead check' lists the modules of the policy"));
  }
  if (matches_anything(question, selector)) return {};
  return fail({}, fmt::format("nothing here matches '{}'", word), "see bulkhead why --help for what can be named");
}

std::string write_hop(const Question& question, const Edge& edge, TextFiles& files, const Style& style) {
  const TargetGraph& graph = question.graph;
  CMakeSources sources(graph.info().source_root, graph.info().build_root);
  Evidence evidence = show_call(sources, graph, edge, {}).evidence;
  if (edge.frame) evidence.mark = short_name(graph, edge.to);  // the whole path, where there is room
  const bool between_targets = edge.from.is_target() && edge.to.is_target();
  std::string text = fmt::format("{} -> {}  [{}{}]\n", style(Colour::bold, short_name(graph, edge.from)),
                                 style(Colour::bold, short_name(graph, edge.to)), to_string(edge.kind),
                                 between_targets ? fmt::format(", {}", to_string(edge.known)) : "");
  if (evidence.file.empty()) return text + "  no line is known for it\n";
  text += fmt::format("  {} {}:{}\n", style(Colour::blue, "-->"), evidence.file, evidence.line);
  const SourcePaths paths(graph.info().source_root, graph.info().build_root);
  text += write_excerpt(files, {.path = paths.absolute(evidence.file), .line = evidence.line, .mark = evidence.mark},
                        style);
  return text;
}

// Names of the goal in link lists of the start that are no edges: their condition is false here, or cannot be told.
std::string write_conditions(const Question& question, const Selector& from, const Selector& to) {
  const TargetGraph& graph = question.graph;
  std::string text;
  for (const ConditionalName& one : graph.conditional_names()) {
    if (!matches(question, from, Endpoint::target(one.from))) continue;
    const std::string_view name = graph.text(one.name);
    const auto target = graph.find_target(name);
    const Owner owner = question.modules.library_owner(name);
    const bool of_module = to.kind == SelectorKind::module && owner.is_module() &&
                           question.policy.modules[owner.module_index()].name == to.name;
    const bool named = to.kind == SelectorKind::target && (to.name.empty() ? to.glob->matches(name) : to.name == name);
    if (!of_module && !named && !(target && matches(question, to, Endpoint::target(*target)))) continue;
    text += fmt::format("{} names {} in {}, {}\n", graph.name(one.from), name, graph.text(one.expression),
                        one.is_false ? "which comes to nothing here" : "whose condition cannot be told here");
  }
  return text;
}

// The way that uses only edges that seem direct, for a closure shows a jump where the reader wants the hops; else any
// way.
std::vector<EdgeId> find_way(const Question& question, const Selector& from, const Selector& to) {
  std::vector<TargetId> starts;
  for (std::size_t i = 0; i < question.graph.targets().size(); ++i) {
    if (matches(question, from, Endpoint::target(TargetId(i)))) starts.emplace_back(i);
  }
  CMakeSources sources(question.graph.info().source_root, question.graph.info().build_root);
  const Inheritance inheritance(question.graph, sources);
  const auto is_goal = [&](Endpoint endpoint) {
    return matches(question, to, endpoint) && !matches(question, from, endpoint);
  };
  auto way = find_path(question.graph, starts, is_goal, [&inheritance](const Edge& edge) {
    return !edge.to.is_target() || !inheritance.is_inherited(edge);
  });
  if (way.empty()) way = find_path(question.graph, starts, is_goal, [](const Edge&) { return true; });
  return way;
}

Result<ExitStatus> run_why(const WhyOptions& options, const CommonOptions& common) {
  const auto tree = read_build_tree(choose_build(options.tree), {.configurations = options.tree.configurations});
  if (!tree) return tl::unexpected(tree.error());
  auto found_policy = find_policy_for(options.tree, *tree);
  if (!found_policy) return tl::unexpected(found_policy.error());
  // The question makes sense without a policy, unless it names a module.
  const Policy policy = found_policy->value_or(Policy{});
  const Style style(wants_colour(common, 1));
  if (options.includes) return explain_includes(*tree, policy, options.from, options.to, style);
  TextFiles files;
  std::string text;
  bool found = false;
  for (const TargetGraph& graph : tree->graphs) {
    const ModuleMap modules(graph, policy, {});
    const Question question{graph, policy, modules};
    const auto from = parse_end(options.from, question);
    if (!from) return tl::unexpected(from.error());
    const auto to = parse_end(options.to, question);
    if (!to) return tl::unexpected(to.error());
    if (tree->graphs.size() > 1) text += fmt::format("{}:\n", graph.info().configuration);
    for (const auto& [selector, word] : {std::pair(&*from, &options.from), std::pair(&*to, &options.to)}) {
      if (const auto there = require(question, *selector, *word); !there) return tl::unexpected(there.error());
    }
    const std::vector<EdgeId> way = find_way(question, *from, *to);
    const std::string conditions = write_conditions(question, *from, *to);
    if (way.empty()) {
      text += fmt::format("no way from {} to {} in {} edges\n{}", options.from, options.to, graph.edges().size(),
                          conditions);
      continue;
    }
    found = true;
    for (const EdgeId id : way) text += write_hop(question, graph[id], files, style);
    text += conditions;
  }
  if (auto printed = print(text); !printed) return tl::unexpected(printed.error());
  return found ? ExitStatus::clean : ExitStatus::findings;
}

}  // namespace

void add_why(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<WhyOptions>();
  CLI::App* const command =
      app.add_subcommand("why", "Show the shortest way from one target, folder or module to another");
  command->add_option("FROM", options->from, "A name, or target:GLOB, path:GLOB, module:NAME, core, type:TYPE")
      ->required();
  command->add_option("TO", options->to, "Likewise; may also be a file, as path:GLOB")->required();
  command->add_flag("--includes", options->includes,
                    "Show every #include by which FROM, a target or a file, comes to TO, a module");
  add_tree_options(*command, options->tree);
  command->footer(
      "Exit status: 0 there is a way, 1 there is none, 2 could not look.\n\n"
      "Examples: bulkhead why -B build app module:cuda\n"
      "          bulkhead why -B build --includes src/app.cpp cuda");
  command->callback([options, &common, &run] { run = [options, &common] { return run_why(*options, common); }; });
}

}  // namespace bulkhead
