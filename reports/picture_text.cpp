#include "reports/picture_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "graph/target_type.h"
#include "reports/label.h"

namespace bulkhead {
namespace {

constexpr std::size_t name_width = 28;   // characters a line
constexpr std::size_t prose_width = 36;  // prose wants longer lines than names
constexpr std::size_t name_lines = 5;
constexpr std::size_t prose_lines = 8;
constexpr std::size_t messages_in_tooltip = 8;

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  return fmt::format("{}", fmt::join(words, separator));
}

void append_new(std::vector<std::string>& words, std::string word) {
  if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
}

/// "violated"; or "violated in Debug, isolated in Release" when the configurations do not agree.
std::string by_configuration(const std::vector<std::pair<std::string, std::string>>& values) {
  std::vector<std::string> distinct;
  for (const auto& [configuration, value] : values) append_new(distinct, value);
  if (distinct.size() < 2) return joined(distinct, "");
  std::vector<std::string> said;
  for (const std::string& value : distinct) {
    std::vector<std::string> configurations;
    for (const auto& [configuration, one] : values) {
      if (one == value) append_new(configurations, configuration);
    }
    said.push_back(fmt::format("{} in {}", value, joined(configurations, " and ")));
  }
  return joined(said, ", ");
}

/// "USE_CUDA=OFF", "off: NOT MINIMAL", "off".
std::string state_of(const ModuleReport& module) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (module.toggle.empty()) return module.on ? "on" : "off";
  if (!std::all_of(module.toggle.begin(), module.toggle.end(), is_word)) {
    return fmt::format("{}: {}", module.on ? "on" : "off", module.toggle);
  }
  return fmt::format("{}={}", module.toggle, module.on ? "ON" : "OFF");
}

Stroke stroke_of_finding(const Finding& finding) {
  if (finding.status != Status::fresh) return Stroke::accepted;
  return finding.severity == Severity::error ? Stroke::error : Stroke::warning;
}

/// On one line.
std::string place_of(const Evidence& evidence) {
  return evidence.line == 0 ? displayable(evidence.file)
                            : fmt::format("{}:{}", displayable(evidence.file), evidence.line);
}

/// The evidence for the offending edge: that of its hop, else the first that names a file.
const Evidence* evidence_of(const Finding& finding) {
  for (std::size_t i = 0; finding.edge && i + 1 < finding.path.size() && i < finding.evidence.size(); ++i) {
    const bool hop = finding.path[i] == finding.edge->from.label && finding.path[i + 1] == finding.edge->to.label;
    if (hop && !finding.evidence[i].file.empty()) return &finding.evidence[i];
  }
  const auto named = std::find_if(finding.evidence.begin(), finding.evidence.end(),
                                  [](const Evidence& evidence) { return !evidence.file.empty(); });
  return named == finding.evidence.end() ? nullptr : &*named;
}

}  // namespace

std::string_view to_string(Shape shape) {
  constexpr std::array<std::string_view, 18> names = {
      "executable",      "static library", "shared library", "module library", "object library", "interface library",
      "unknown library", "utility",        "target",         "file",           "directory",      "library by name",
      "definition",      "project",        "module",         "remark",         "folder",         "several targets",
  };
  return names[static_cast<std::size_t>(shape)];
}

std::string_view to_string(Stroke stroke) {
  switch (stroke) {
    case Stroke::error: return "edge: error";
    case Stroke::warning: return "edge: warning";
    case Stroke::accepted: return "edge: known or waived";
    case Stroke::hop: return "on the way to it";
    case Stroke::inherits: return "inherits the edge";
    case Stroke::added: return "+ added";
    case Stroke::removed: return "- removed";
    case Stroke::link: return "links";
    case Stroke::link_public: return "links PUBLIC";
    case Stroke::link_private: return "links PRIVATE";
    case Stroke::link_interface: return "links INTERFACE";
    case Stroke::order: return "is built after";
    case Stroke::other: return "another kind of edge";
    case Stroke::backward: return "against the others";
    case Stroke::circle: return "circle of targets";
  }
  return "";
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::vector<FindingGroup> group_findings(const Report& report) {
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  std::vector<FindingGroup> groups;
  std::map<Key, std::size_t> places;
  for (const Finding& finding : report.findings) {
    if (finding.rule == "blind-spot" || finding.rule == "unused-policy") continue;
    const Key key = finding.edge ? Key(to_string(finding.edge->kind), finding.edge->from.label, finding.edge->to.label)
                                 : Key(finding.rule, finding.module, finding.message);
    const auto [place, fresh] = places.try_emplace(key, groups.size());
    if (fresh) groups.emplace_back();
    groups[place->second].push_back(&finding);
  }
  return groups;
}

Stroke stroke_of(const FindingGroup& group) {
  Stroke strongest = Stroke::accepted;
  for (const Finding* finding : group) strongest = std::min(strongest, stroke_of_finding(*finding));
  return strongest;
}

Shape shape_of(std::string_view label, std::string_view type) {
  if (label == "project") return Shape::project;
  if (label.starts_with("file:")) return Shape::file;
  if (label.starts_with("library:")) return Shape::library;
  if (label.starts_with("definition:")) return Shape::definition;
  switch (parse_target_type(type)) {
    case TargetType::executable: return Shape::executable;
    case TargetType::static_library: return Shape::static_library;
    case TargetType::shared_library: return Shape::shared_library;
    case TargetType::module_library: return Shape::module_library;
    case TargetType::object_library: return Shape::object_library;
    case TargetType::interface_library: return Shape::interface_library;
    case TargetType::unknown_library: return Shape::unknown_library;
    case TargetType::utility: return Shape::utility;
    case TargetType::other: break;
  }
  return Shape::target;
}

std::string say_node(std::string_view label) {
  if (label == "project") return "the project";
  const std::size_t colon = label.find(':');
  std::string name = displayable(colon == std::string_view::npos ? label : label.substr(colon + 1));
  if (label.starts_with("library:")) name.insert(0, "-l");
  if (label.starts_with("definition:")) name.insert(0, "-D");
  return wrap(name, name_width, name_lines);
}

PicturePlace find_place(const Evidence& evidence) {
  return {evidence.file, evidence.line};
}

PicturePlace find_place(const FindingGroup& group) {
  const Evidence* const evidence = evidence_of(*group.front());
  return evidence == nullptr ? PicturePlace{} : find_place(*evidence);
}

std::string say_place(const Evidence& evidence) {
  return evidence.file.empty() ? std::string() : wrap(place_of(evidence), name_width, name_lines);
}

std::string say_prose(std::string_view text) {
  return wrap(displayable(text), prose_width, prose_lines);
}

std::string say_edge(const Report& report, const FindingGroup& group) {
  const Finding& first = *group.front();
  std::vector<std::string> words{std::string(to_string(first.edge->kind))};
  std::vector<std::string> configurations;
  bool declared = false;
  for (const Finding* finding : group) {
    declared = declared || finding->edge->known == Known::declared;
    append_new(configurations, displayable(finding->configuration));
  }
  // Lists of files and definitions are what they are; the doubt is only about edges between targets.
  const bool between_targets = !first.edge->from.type.empty() && !first.edge->to.type.empty();
  if (!declared && between_targets) words.emplace_back("derived");
  if (stroke_of(group) == Stroke::warning) words.emplace_back("warning");
  if (stroke_of(group) == Stroke::accepted) words.emplace_back(to_string(first.status));
  std::vector<std::string> lines{joined(words, ", ")};
  if (const Evidence* evidence = evidence_of(first)) lines.push_back(say_place(*evidence));
  if (report.configurations.size() > 1 && !configurations.empty()) {
    lines.push_back(wrap(joined(configurations, ", "), name_width, name_lines));
  }
  return joined(lines, "\n");
}

std::string say_messages(const FindingGroup& group) {
  std::vector<std::string> said;
  for (const Finding* finding : group) {
    const Evidence* evidence = evidence_of(*finding);
    const std::string place = evidence == nullptr ? "" : "\n" + place_of(*evidence);
    append_new(said, fmt::format("{}[{}]: {}{}", to_string(finding->severity), displayable(finding->rule),
                                 displayable(finding->message), place));
  }
  if (said.size() > messages_in_tooltip) {
    const std::size_t more = said.size() - messages_in_tooltip;
    said.resize(messages_in_tooltip);
    said.push_back(fmt::format("\u2026 and {} more", more));
  }
  if (const std::string& help = group.front()->help; !help.empty()) said.push_back("help: " + displayable(help));
  return joined(said, "\n");
}

PictureCluster describe_module(const Report& report, std::string_view name) {
  std::vector<std::pair<std::string, std::string>> states;
  std::vector<std::pair<std::string, std::string>> verdicts;
  std::vector<std::string> words;
  std::vector<std::string> notes;
  PictureCluster cluster;
  cluster.on = true;
  for (const ModuleReport& module : report.modules) {
    if (module.name != name) continue;
    states.emplace_back(module.configuration, state_of(module));
    verdicts.emplace_back(module.configuration, say_verdict(module));
    append_new(words, module.stage);
    cluster.on = cluster.on && module.on;
    const std::string& title = module.configuration.empty() ? module.name : module.configuration;
    append_new(notes,
               displayable(fmt::format("{}: {}, {}{}{}", title, counted(module.targets, "target"),
                                       counted(module.files, "file"), module.note.empty() ? "" : "; ", module.note)));
  }
  cluster.on = cluster.on && !states.empty();
  append_new(words, by_configuration(verdicts));
  cluster.label =
      say_prose(states.empty() ? std::string(name) : fmt::format("{} ({})", name, by_configuration(states)));
  if (!words.empty()) cluster.label += '\n' + say_prose(joined(words, ", "));
  cluster.tooltip = joined(notes, "\n");
  return cluster;
}

std::string say_caption(const Report& report, std::string_view not_drawn) {
  const Summary summary = summarise(report);
  std::string text =
      fmt::format("bulkhead: {}, {}", counted(summary.errors, "error"), counted(summary.warnings, "warning"));
  if (summary.known > 0) text += fmt::format(", {} known", summary.known);
  if (summary.waived > 0) text += fmt::format(", {} waived", summary.waived);
  text += fmt::format(" - CMake {}, {}", displayable(report.cmake_version), displayable(report.generator));
  if (!not_drawn.empty()) text += fmt::format("\nnot drawn: {}", not_drawn);
  const auto count = [&report](std::string_view rule) {
    return static_cast<std::size_t>(std::count_if(report.findings.begin(), report.findings.end(),
                                                  [rule](const Finding& finding) { return finding.rule == rule; }));
  };
  if (const std::size_t blind = count("blind-spot"); blind > 0) {
    text += fmt::format("\n{}: not every kind of edge could be checked", counted(blind, "blind spot"));
  }
  if (const std::size_t unused = count("unused-policy"); unused > 0) {
    text += fmt::format("\n{} about the policy itself", counted(unused, "finding"));
  }
  return text;
}

}  // namespace bulkhead
