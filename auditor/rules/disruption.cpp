// disruption: turning a module on changes what is not its own.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "auditor/evidence.h"
#include "auditor/rule.h"
#include "auditor/selector_match.h"
#include "graph/paths.h"

namespace bulkhead {
namespace {

constexpr std::string_view target_prefix = "target:";
constexpr std::string_view file_prefix = "file:";
constexpr std::string_view library_prefix = "library:";
constexpr std::string_view definition_prefix = "definition:";
constexpr std::size_t most_lines = 3;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// "target:core" → "core".
std::string_view bare(std::string_view label) {
  return label.substr(label.find(':') + 1);
}

// A line that is told in a message: no more than fits, and no half of a UTF-8 sequence.
std::string shorten(const std::string& line) {
  constexpr std::size_t most_bytes = 80;
  if (line.size() <= most_bytes) return line;
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  return line.substr(0, end) + "…";
}

std::string_view verb_of(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::link:
    case EdgeKind::file_link: return "links";
    case EdgeKind::compile: return "takes usage requirements of";
    case EdgeKind::object: return "takes objects of";
    case EdgeKind::order: return "waits for";
    case EdgeKind::source: return "compiles";
    case EdgeKind::include_dir: return "has on its include path";
    case EdgeKind::define: return "is compiled with";
    case EdgeKind::include: return "includes";
    case EdgeKind::command: return "runs or reads";
    case EdgeKind::configure: return "reads";
    case EdgeKind::install: return "installs";
  }
  return "";
}

/// What one module disrupts.
class Disruptions {
 public:
  Disruptions(const RuleInput& input, const Module& module, const ModuleExperiments& experiments)
      : input_(input), module_(module), experiments_(experiments), matcher_(input.graph, input.policy, input.modules) {}

  std::vector<Finding> find() {
    for (const TargetChange& change : experiments_.flip.targets) add_target(change);
    add_edges();
    for (const GeneratedChange& change : experiments_.generated) add_file(change);
    return std::move(findings_);
  }

 private:
  [[nodiscard]] Owner owner_of_target(std::string_view name, std::string_view directory) const {
    if (const auto target = input_.graph.find_target(name)) return input_.modules.owner(*target);
    const Owner named = input_.modules.library_owner(name);
    return named.is_module() ? named : input_.modules.path_owner(directory);
  }

  // Definitions belong to whoever names them; -l of nobody's library to nobody.
  [[nodiscard]] bool is_of_module(std::string_view label) const {
    if (label.starts_with(target_prefix)) return owner_of_target(bare(label), "").is_module();
    if (label.starts_with(library_prefix)) return input_.modules.library_owner(bare(label)).is_module();
    if (label.starts_with(file_prefix)) return input_.modules.path_owner(bare(label)).is_module();
    const std::string_view name = bare(label).substr(0, bare(label).find('='));
    return std::any_of(input_.policy.modules.begin(), input_.policy.modules.end(), [name](const Module& one) {
      return std::any_of(one.defines.begin(), one.defines.end(),
                         [name](const PolicyGlob& glob) { return glob.glob.matches(name); });
    });
  }

  [[nodiscard]] bool is_declared(ChangeKind kind, std::string_view text) const {
    return std::any_of(module_.disrupts.begin(), module_.disrupts.end(),
                       [&](const DeclaredChange& one) { return one.kind == kind && one.glob.matches(text); });
  }

  [[nodiscard]] bool is_declared(std::string_view label) const {
    if (label.starts_with(target_prefix)) return is_declared(ChangeKind::target, bare(label));
    if (label.starts_with(file_prefix)) return is_declared(ChangeKind::path, bare(label));
    if (!label.starts_with(definition_prefix)) return false;
    return is_declared(ChangeKind::define, bare(label).substr(0, bare(label).find('=')));
  }

  [[nodiscard]] bool is_entry(std::string_view label) const {
    if (!label.starts_with(target_prefix)) return false;
    const auto target = input_.graph.find_target(bare(label));
    return target && std::any_of(module_.entry.begin(), module_.entry.end(), [&](const Selector& entry) {
             return matcher_.matches(entry, Endpoint::target(*target));
           });
  }

  // What gathers everything, as a target of all checks does, changes with everything.
  [[nodiscard]] bool is_gathering(std::string_view name) const {
    const auto target = input_.graph.find_target(name);
    return target && input_.graph[*target].type == TargetType::utility;
  }

  [[nodiscard]] bool is_core(const EdgeChange& edge) const {
    if (edge.from.starts_with(target_prefix)) return owner_of_target(bare(edge.from), edge.directory).is_core();
    return input_.modules.path_owner(bare(edge.from)).is_core();
  }

  [[nodiscard]] std::string_view say_state(Change change) const { return change == Change::added ? "on" : "off"; }

  void add_target(const TargetChange& change) {
    const auto target = input_.graph.find_target(change.name);
    const bool is_foreign = (target && input_.graph[*target].imported) || change.name.find("::") != std::string::npos;
    if (change.change != Change::changed) came_or_went_.insert(change.name);
    if (is_foreign || change.type == "UTILITY") return;
    if (!owner_of_target(change.name, change.directory).is_core()) return;
    const std::string label = std::string(target_prefix) + change.name;
    if (is_declared(label)) return;
    Finding finding{.rule = {}, .module = module_.name, .message = {}};
    if (change.change == Change::changed) {
      finding.message =
          fmt::format("{} is another target when module {} is turned on: {} in {}, before {} in {}", change.name,
                      module_.name, change.type, change.directory, change.old_type, change.old_directory);
    } else {
      finding.message = fmt::format("{} is in the build only while module {} is {}, and is not its own", change.name,
                                    module_.name, say_state(change.change));
    }
    finding.help = fmt::format(
        "give it to the module (targets = [\"{0}\"]), or declare it: disrupts = [\"target:{0}\"]", change.name);
    finding.subjects.push_back(label);
    if (!change.file.empty()) finding.evidence.push_back({.file = change.file, .line = change.line});
    findings_.push_back(std::move(finding));
  }

  // One cause has one call; those that inherit have the same.
  void add_edges() {
    using Key = std::tuple<Change, EdgeKind, std::string_view, std::string_view, std::uint32_t>;
    std::map<Key, std::vector<const EdgeChange*>> causes;
    for (const EdgeChange& edge : experiments_.flip.edges) {
      if (edge.kind == EdgeKind::configure || edge.uncertain || is_of_module(edge.to)) continue;
      const bool is_target = edge.from.starts_with(target_prefix);
      if (is_target && came_or_went_.contains(std::string(bare(edge.from)))) continue;
      if (is_target && edge.kind == EdgeKind::order && is_gathering(bare(edge.from))) continue;
      causes[Key(edge.change, edge.kind, edge.to, edge.file, edge.line)].push_back(&edge);
    }
    for (const auto& [key, edges] : causes) add_cause(edges);
  }

  // A target that links the module or an entry point of it gets what these hand on: definitions, include directories,
  // libraries that a target_…() call gave them. That it links the module itself is for core-edge to say.
  [[nodiscard]] bool is_handed_on(const EdgeChange& change) const {
    const auto target = input_.graph.find_target(bare(change.from));
    if (!target || !change.from.starts_with(target_prefix)) return false;
    const auto edges = input_.graph.edges_from(*target);
    const auto edge = std::find_if(edges.begin(), edges.end(), [&](const Edge& one) {
      return one.kind == change.kind && to_label(input_.graph, one.to) == change.to;
    });
    if (edge == edges.end() || !edge->frame) return false;
    const auto calls = input_.graph.call_stack(*edge->frame);
    if (calls.empty() || !calls.back().command.starts_with("target_")) return false;
    const auto brings_in = [this](Endpoint end) {
      return end.is_target() && (is_entry(to_label(input_.graph, end)) || input_.modules.owner(end).is_module());
    };
    return !find_path(input_.graph, {*target}, brings_in, [](const Edge& one) {
              return one.kind == EdgeKind::link || one.kind == EdgeKind::compile || one.kind == EdgeKind::object;
            }).empty();
  }

  void add_cause(const std::vector<const EdgeChange*>& edges) {
    std::vector<const EdgeChange*> core;
    for (const EdgeChange* const edge : edges) {
      const bool is_wanted =
          is_declared(edge->from) || is_declared(edge->to) || is_entry(edge->from) || is_handed_on(*edge);
      if (is_core(*edge) && !is_wanted) core.push_back(edge);
    }
    if (core.empty()) return;
    const EdgeChange& first = *core.front();
    Finding finding{.rule = {},
                    .module = module_.name,
                    .message = fmt::format("{} {} {} only while module {} is {}", bare(first.from), verb_of(first.kind),
                                           bare(first.to), module_.name, say_state(first.change))};
    finding.edge =
        FindingEdge{first.kind, {.label = first.from, .type = {}}, {.label = first.to, .type = {}}, first.known};
    if (const auto target = input_.graph.find_target(bare(first.from));
        first.from.starts_with(target_prefix) && target) {
      finding.edge->from = describe(input_, Endpoint::target(*target));
    }
    finding.path = {first.from, first.to};
    for (std::size_t i = 1; i < core.size(); ++i) {
      finding.inherited_by.push_back({.label = core[i]->from, .type = {}, .directory = core[i]->directory});
    }
    finding.evidence.push_back({.file = first.file, .line = first.line, .mark = std::string(bare(first.to))});
    const bool is_definition = first.to.starts_with(definition_prefix);
    const bool is_target = first.from.starts_with(target_prefix);
    finding.help =
        fmt::format("let it be the same whether or not the module is on, or declare it: disrupts = [\"{}{}\"]",
                    is_definition ? "define:"
                    : is_target   ? "target:"
                                  : "path:",
                    is_definition ? bare(first.to).substr(0, bare(first.to).find('=')) : bare(first.from));
    findings_.push_back(std::move(finding));
  }

  // A line that speaks of a definition which the policy gives to the module, or declares.
  [[nodiscard]] bool is_expected_line(std::string_view line) const {
    for (std::size_t begin = 0; begin < line.size();) {
      if (!is_word(line[begin])) {
        ++begin;
        continue;
      }
      std::size_t end = begin;
      while (end < line.size() && is_word(line[end])) ++end;
      const std::string_view word = line.substr(begin, end - begin);
      const bool is_own = std::any_of(module_.defines.begin(), module_.defines.end(),
                                      [word](const PolicyGlob& one) { return one.glob.matches(word); });
      if (is_own || is_declared(ChangeKind::define, word)) return true;
      begin = end;
    }
    return false;
  }

  void add_file(const GeneratedChange& change) {
    const std::string_view below = std::string_view(change.path).substr(std::string_view("<build>/").size());
    if (is_declared(ChangeKind::path, change.path) || is_declared(ChangeKind::path, below)) return;
    const bool is_cores =
        input_.modules.path_owner(change.path).is_core() && input_.modules.path_owner(below).is_core();
    if (!is_cores) return;
    std::vector<const LineChange*> lines;
    for (const LineChange& line : change.lines) {
      if (!is_expected_line(line.text)) lines.push_back(&line);
    }
    const bool is_partial = change.only_before || change.only_after;
    if (!is_partial && !change.is_binary && lines.empty()) return;
    Finding finding{.rule = {}, .module = module_.name, .message = {}};
    if (is_partial) {
      finding.message = fmt::format("the configure writes {} only while module {} is {}", change.path, module_.name,
                                    change.only_after ? "on" : "off");
    } else {
      finding.message =
          fmt::format("the configure writes another {} when module {} is turned on", change.path, module_.name);
      if (change.is_binary) finding.message += ": its bytes differ";
      for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) {
        finding.message +=
            fmt::format("{} {} {}", i == 0 ? ":" : ",", lines[i]->added ? "with" : "without", shorten(lines[i]->text));
      }
      if (lines.size() > most_lines) {
        finding.message += fmt::format(", and {} more", lines.size() - most_lines);
      }
    }
    finding.help = fmt::format(
        "keep it to the module, or declare it: disrupts = [\"define:NAME\"] for lines that name a definition, "
        "[\"path:{}\"] for all of the file",
        below);
    finding.subjects.push_back(std::string(file_prefix) + change.path);
    finding.evidence.push_back({.file = change.path, .line = lines.empty() ? 0 : lines.front()->line});
    findings_.push_back(std::move(finding));
  }

  const RuleInput& input_;
  const Module& module_;
  const ModuleExperiments& experiments_;
  SelectorMatcher matcher_;
  std::set<std::string> came_or_went_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> run_disruption(const RuleInput& input) {
  std::vector<Finding> findings;
  for (const ModuleExperiments& experiments : input.experiments) {
    for (const Module& module : input.policy.modules) {
      if (module.name != experiments.module || module.stage != "S0") continue;
      for (Finding& finding : Disruptions(input, module, experiments).find()) findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace bulkhead
