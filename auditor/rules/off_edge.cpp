// off-edge: the core has an edge to a module that is off.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "auditor/cause_advice.h"
#include "auditor/causes.h"
#include "auditor/edge_words.h"
#include "auditor/evidence.h"
#include "auditor/rule.h"

namespace bulkhead {
namespace {

std::string repair(EdgeKind kind, const Module& module, const std::string& to) {
  const std::string& toggle = module.toggle.text();
  switch (kind) {
    case EdgeKind::link:
    case EdgeKind::compile:
    case EdgeKind::object:
    case EdgeKind::file_link:
      return fmt::format(
          "take '{}' out of the call, or put the call under if({}); if the core needs it, it is no part "
          "of the module",
          to, toggle);
    case EdgeKind::order: return fmt::format("put the call under if({})", toggle);
    case EdgeKind::source: return fmt::format("list the file in a target of the module, or under if({})", toggle);
    case EdgeKind::include_dir:
      return fmt::format(
          "put the directory on the include path under if({}) only, or let a target of the module carry it", toggle);
    case EdgeKind::define: return fmt::format("define it under if({}) only", toggle);
    case EdgeKind::configure: return fmt::format("enter or include it under if({}) only", toggle);
    case EdgeKind::install: return fmt::format("install it from the module's own CMake files, or under if({})", toggle);
    case EdgeKind::command:
      return fmt::format("take it out of the command or property that names it, or put that under if({})", toggle);
    case EdgeKind::include: break;
  }
  return fmt::format("guard it with {}", toggle);
}

// Where a CMake file is brought in, and what to add to the message.
struct ReaderEvidence {
  Evidence evidence;
  std::string note;
};

// "lines 8 and 13", "lines 8, 9 and 13".
std::string say_lines(const std::vector<const CMakeCall*>& calls) {
  std::string text = "lines ";
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (i != 0) text += i + 1 == calls.size() ? " and " : ", ";
    text += std::to_string(calls[i]->line);
  }
  return text;
}

// Backtraces tell where a CMake file is brought in only for files in which a target was made. Else the text of the
// reader does, if one call alone can have done it; calls that the toggle holds back did not. When the text does not
// speak of the file, another one may have done it: the one that says so, if only one does.
ReaderEvidence show_reader(const RuleInput& input, const Edge& edge, const Module& module) {
  const std::string_view file = input.graph.text(edge.to.string_id());
  const std::string& toggle = module.toggle.text();
  std::string reader(input.graph.text(edge.from.string_id()));
  std::vector<const CMakeCall*> calls = find_reading_calls(input.sources, reader, file, toggle);
  if (calls.size() > 1) {
    return {{.file = reader}, fmt::format("; which of the calls on {} did it, CMake does not tell", say_lines(calls))};
  }
  if (calls.empty()) {
    for (const std::string_view other : project_files(input.graph)) {
      const auto found = find_reading_calls(input.sources, other, file, toggle);
      if (!found.empty()) reader = other;
      calls.insert(calls.end(), found.begin(), found.end());
    }
    if (calls.size() != 1) return {{.file = std::string(input.graph.text(edge.from.string_id()))}, {}};
  }
  const CMakeCall& call = *calls.front();
  return {{.file = reader,
           .line = call.line,
           .command = call.command,
           .stack = {fmt::format("{}:{}", reader, call.line)},
           .mark = call.arguments.front().text},
          {}};
}

// "core links cuda_rt of module cuda, but USE_CUDA is off".
std::string say(const RuleInput& input, const Edge& edge, const Module& module) {
  const std::string dependee = fmt::format("{} of module {}", short_name(input.graph, edge.to), module.name);
  const std::string what = say_edge(edge, short_name(input.graph, edge.from), dependee);
  return fmt::format("{}, but {}", what, say_off(module));
}

Finding make_finding(const RuleInput& input, const Cause& cause, const Module& module) {
  const Edge& edge = input.graph[cause.edge];
  Finding finding{.rule = {}, .module = module.name, .message = say(input, edge, module)};
  finding.edge = FindingEdge{edge.kind, describe(input, edge.from), describe(input, edge.to), edge.known};
  finding.path = {finding.edge->from.label, finding.edge->to.label};
  for (const TargetId target : cause.inherited_by)
    finding.inherited_by.push_back(describe(input, Endpoint::target(target)));
  const bool by_reader = edge.kind == EdgeKind::configure && !edge.frame;
  if (by_reader) {
    ReaderEvidence reader = show_reader(input, edge, module);
    finding.evidence.push_back(std::move(reader.evidence));
    finding.message += reader.note;
  } else {
    CallEvidence call = show_call(input.sources, input.graph, edge, cause.frame);
    finding.evidence.push_back(std::move(call.evidence));
    if (call.uncertain) {
      finding.message += "; the line is uncertain, for the call that CMake names does not say so itself";
    }
  }
  finding.help = repair(edge.kind, module, short_name(input.graph, edge.to));
  return finding;
}

// The names that a condition mentions, and the module's toggle or definitions know.
bool is_toggled_by(const Module& module, const std::string& name) {
  const auto& variables = module.toggle.variables();
  return std::find(variables.begin(), variables.end(), name) != variables.end() ||
         std::any_of(module.defines.begin(), module.defines.end(),
                     [&name](const PolicyGlob& define) { return define.glob.matches(name); });
}

// "core.cpp includes cuda/rt.h of module cuda", and what to say of the conditions around that: nothing, unless they
// cannot be told, or speak of the module.
std::string say(const IncludeEdge& edge, const Module& module) {
  if (!edge.is_found) {
    return fmt::format("{} includes {}, which is nowhere on its include path; {} of module {} may be meant, but {}",
                       edge.place.file, edge.name, edge.file, module.name, say_off(module));
  }
  const std::string what = fmt::format("{} includes {} of module {}", edge.place.file, edge.file, module.name);
  const auto unknown = std::find_if(edge.conditions.rbegin(), edge.conditions.rend(),
                                    [](const IncludeCondition& one) { return !one.is_known; });
  if (!edge.is_certain && unknown != edge.conditions.rend()) {
    return fmt::format("{}, if '{}' holds, which cannot be told; but {}", what, unknown->text, say_off(module));
  }
  if (!edge.is_certain) return fmt::format("{}, if a condition on the way holds; but {}", what, say_off(module));
  for (const IncludeCondition& condition : edge.conditions) {
    const auto guard = std::find_if(condition.names.begin(), condition.names.end(),
                                    [&module](const std::string& name) { return is_toggled_by(module, name); });
    if (guard == condition.names.end()) continue;
    return fmt::format("{}, guarded by {}: '{}' holds here, although {}", what, *guard, condition.text,
                       say_off(module));
  }
  return fmt::format("{}, but {}", what, say_off(module));
}

Finding make_finding(const RuleInput& input, const IncludeEdge& edge, const Module& module) {
  Finding finding{.rule = {}, .module = module.name, .message = say(edge, module)};
  finding.edge = FindingEdge{EdgeKind::include,
                             {.label = "file:" + edge.place.file, .type = {}},
                             {.label = "file:" + edge.file, .type = {}, .module = module.name},
                             Known::declared};
  finding.path = {finding.edge->from.label, finding.edge->to.label};
  for (const TargetId target : edge.targets) finding.inherited_by.push_back(describe(input, Endpoint::target(target)));
  std::sort(finding.inherited_by.begin(), finding.inherited_by.end(),
            [](const FindingEnd& a, const FindingEnd& b) { return a.label < b.label; });
  Evidence evidence{.file = edge.place.file, .line = edge.place.line, .mark = edge.name};
  for (const IncludeStep& step : edge.chain) evidence.stack.push_back(fmt::format("{}:{}", step.file, step.line));
  for (const IncludeCondition& condition : edge.conditions) {
    evidence.conditions.push_back(fmt::format("{}:{}: {}", condition.place.file, condition.place.line, condition.text));
  }
  finding.evidence.push_back(std::move(evidence));
  finding.conditional = !edge.is_certain;
  const std::string move = "move what the core needs out of the module";
  finding.help = module.toggle.variables().empty()
                     ? move
                     : fmt::format("include it under a definition that {} makes, or {}", module.toggle.text(), move);
  return finding;
}

}  // namespace

std::vector<Finding> run_off_edge(const RuleInput& input) {
  std::vector<Finding> findings;
  const Inheritance inheritance(input.graph, input.sources);
  CauseAdvice advisor(input, inheritance);
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    if (input.on[i]) continue;
    const CauseQuery query = query_of_core(input, i);
    const std::vector<Cause> causes = find_causes(input, inheritance, query);
    const std::vector<std::string> advice = advisor.advise(causes, query, [](Endpoint) { return true; });
    for (std::size_t at = 0; at < causes.size(); ++at) {
      findings.push_back(make_finding(input, causes[at], input.policy.modules[i]));
      add_advice(advice[at], findings.back().help);
    }
    for (const IncludeEdge& edge : input.includes.edges) {
      if (edge.part == i) findings.push_back(make_finding(input, edge, input.policy.modules[i]));
    }
  }
  return findings;
}

RuleCount count_off_edge(const RuleInput& input) {
  RuleCount count{.modules = static_cast<std::uint32_t>(std::count(input.on.begin(), input.on.end(), false))};
  if (count.modules == 0) return count;
  for (std::size_t i = 0; i < input.graph.targets().size(); ++i) {
    count.targets += input.modules.owner(TargetId(i)).is_core() ? 1 : 0;
  }
  count.edges = input.modules.core_edge_count();
  count.sources = input.includes.source_count;
  std::set<EdgeKind> kinds;
  for (const ModuleBlindSpot& entry : input.blind_spots) kinds.insert(entry.spot.kind);
  count.blind_spots.assign(kinds.begin(), kinds.end());
  return count;
}

}  // namespace bulkhead
