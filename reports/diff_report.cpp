#include "reports/diff_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace bulkhead {
namespace {

std::string say_count(std::uint64_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string join(const std::vector<std::string>& parts, std::string_view glue) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? "" : glue).append(part);
  return text;
}

}  // namespace

bool DiffReport::is_empty() const {
  const bool same_findings = !findings || (findings->fresh.empty() && findings->fixed.empty());
  return groups.empty() && inherited_added == 0 && inherited_removed == 0 && same_findings;
}

DiffSummary summarise(const DiffReport& report) {
  DiffSummary summary;
  for (const DiffGroup& group : report.groups) {
    for (const TargetChange& target : group.targets) {
      switch (target.change) {
        case Change::added: ++summary.targets_added; break;
        case Change::removed: ++summary.targets_removed; break;
        case Change::changed: ++summary.targets_changed; break;
      }
      if (target.uncertain) ++summary.uncertain;
    }
    for (const EdgeChange& edge : group.edges) {
      ++(edge.change == Change::added ? summary.edges_added : summary.edges_removed);
      if (edge.uncertain) ++summary.uncertain;
    }
  }
  return summary;
}

std::string say_summary(const DiffReport& report) {
  const DiffSummary summary = summarise(report);
  const auto say = [](std::uint64_t targets, std::uint64_t edges, const char* verb) {
    std::vector<std::string> parts;
    if (targets != 0) parts.push_back(say_count(targets, "target"));
    if (edges != 0) parts.push_back(say_count(edges, "edge"));
    return parts.empty() ? std::string() : fmt::format("{} {}", join(parts, " and "), verb);
  };
  std::vector<std::string> parts;
  for (std::string& part : std::vector{say(summary.targets_added, summary.edges_added, "added"),
                                       say(summary.targets_removed, summary.edges_removed, "removed"),
                                       say(summary.targets_changed, 0, "changed")}) {
    if (!part.empty()) parts.push_back(std::move(part));
  }
  if (parts.empty()) parts.emplace_back("no target and no edge came or went");
  if (summary.uncertain != 0) parts.push_back(fmt::format("{} of them uncertain", summary.uncertain));
  if (report.findings) {
    if (!report.findings->fresh.empty()) parts.push_back(say_count(report.findings->fresh.size(), "new finding"));
    if (!report.findings->fixed.empty()) parts.push_back(say_count(report.findings->fixed.size(), "fixed finding"));
    if (report.findings->fresh.empty()) parts.emplace_back("no new finding");
  }
  return join(parts, ", ");
}

std::string say_inherited(const DiffReport& report) {
  const std::uint64_t added = report.inherited_added;
  const std::uint64_t removed = report.inherited_removed;
  const auto entries = [](std::uint64_t count) {
    return fmt::format("{} inherited {}", count, count == 1 ? "entry" : "entries");
  };
  if (added != 0 && removed != 0)
    return fmt::format("{} came, and {} went, with edges of others", entries(added), removed);
  if (added != 0) return fmt::format("{} came with edges of others", entries(added));
  if (removed != 0) return fmt::format("{} went with edges of others", entries(removed));
  return {};
}

std::string say_not_compared(const DiffReport& report) {
  std::vector<std::string> kinds;
  for (const EdgeKind kind : report.not_compared) kinds.emplace_back(to_string(kind));
  return kinds.empty() ? std::string() : fmt::format("not compared: {} edges", join(kinds, " and "));
}

std::string_view say_kind(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::source: return "sources";
    case EdgeKind::include_dir: return "include directories";
    case EdgeKind::define: return "definitions";
    case EdgeKind::file_link: return "files and names that are linked";
    case EdgeKind::link: return "links";
    case EdgeKind::compile: return "usage requirements";
    case EdgeKind::object: return "objects";
    case EdgeKind::order: return "order";
    case EdgeKind::include: return "includes";
    case EdgeKind::command: return "commands";
    case EdgeKind::configure: return "files read at configure time";
    case EdgeKind::install: return "installed files";
  }
  return "";
}

std::string short_label(std::string_view label) {
  const std::size_t colon = label.find(':');
  if (colon == std::string_view::npos) return std::string(label);
  const std::string name(label.substr(colon + 1));
  return label.starts_with("library:") ? "-l" + name : name;
}

std::string say_place(std::string_view file, std::uint32_t line) {
  return line == 0 ? std::string(file) : fmt::format("{}:{}", file, line);
}

std::string say_notes(const std::vector<std::string>& configurations, bool uncertain) {
  std::string notes;
  if (!configurations.empty()) notes = "in " + join(configurations, ", ");
  if (uncertain) notes += notes.empty() ? "uncertain" : "; uncertain";
  return notes;
}

std::string_view module_of(const DiffReport& report, const DiffGroup& group, const EdgeChange& edge) {
  const auto found = report.modules.find(edge.to);
  return found == report.modules.end() || found->second == group.name ? std::string_view() : found->second;
}

std::string say_target(const TargetChange& target) {
  const auto where = [](const std::string& directory) {
    return directory == "." ? std::string("the top directory") : directory;
  };
  std::string text = fmt::format("{} in {}", target.type, where(target.directory));
  if (target.change == Change::changed)
    text += fmt::format(", was {} in {}", target.old_type, where(target.old_directory));
  return text;
}

std::string_view sign_of(Change change) {
  switch (change) {
    case Change::added: return "+";
    case Change::removed: return "-";
    case Change::changed: return "~";
  }
  return "";
}

}  // namespace bulkhead
