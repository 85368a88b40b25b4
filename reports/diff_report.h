// The result of `bulkhead diff`, ready to be written in any format.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph_diff.h"
#include "reports/finding.h"

namespace bulkhead {

/// Where one of the two graphs comes from.
struct DiffSide {
  std::string cmake_version;  ///< "3.25.1"
  std::string generator;      ///< "Ninja"
  std::string codemodel;      ///< "2.4"
  bool captured = false;
  bool saved = false;  ///< Read from a saved graph, and not from a build tree.

  bool operator==(const DiffSide&) const = default;
};

/// What came and went in one part of the project.
struct DiffGroup {
  std::string name;  ///< Of a module; "core", "set aside"; without a policy a folder.
  std::vector<TargetChange> targets{};
  std::vector<EdgeChange> edges{};  ///< Those whose depender belongs to it.
};

/// Findings that came and went. None of them is waived or in the baseline, but a fixed one may have been.
struct FindingsDiff {
  std::vector<Finding> fresh{};       ///< In the order of shown_before().
  std::vector<Finding> fixed{};       ///< Likewise.
  std::vector<std::string> unseen{};  ///< Findings of OLD that NEW cannot show, each with the reason.
};

/// How many changes there are, each of them once, in whatever configuration.
struct DiffSummary {
  std::uint64_t targets_added = 0;
  std::uint64_t targets_removed = 0;
  std::uint64_t targets_changed = 0;
  std::uint64_t edges_added = 0;
  std::uint64_t edges_removed = 0;
  std::uint64_t uncertain = 0;  ///< Of all of these, the targets and edges that may be none.
};

/// Everything that a writer may say.
struct DiffReport {
  std::string tool_version;
  DiffSide before;
  DiffSide after;
  std::vector<std::string> configurations;  ///< As in GraphDiff.
  std::vector<std::string> remarks;         ///< What cannot be compared, and why; sentences without full stop.
  std::vector<EdgeKind> not_compared{};     ///< Kinds of edge that neither side shows.
  bool by_module = false;                   ///< The groups are modules of a policy, and not folders.
  std::vector<DiffGroup> groups;  ///< Modules by name, then the core, then what is set aside; folders by name.
  std::map<std::string, std::string, std::less<>> modules{};  ///< Labels of dependees that a module owns → its name.
  std::uint64_t inherited_added = 0;
  std::uint64_t inherited_removed = 0;
  std::optional<FindingsDiff>
      findings{};  ///< None when they were not compared; a remark says why, if it was asked for.

  /// True when there is nothing to tell but remarks.
  [[nodiscard]] bool is_empty() const;
};

[[nodiscard]] DiffSummary summarise(const DiffReport& report);

/// "2 targets and 14 edges added, 3 edges removed"; "no target and no edge came or went".
[[nodiscard]] std::string say_summary(const DiffReport& report);
/// "12 inherited entries came and 3 went with them"; empty when there are none.
[[nodiscard]] std::string say_inherited(const DiffReport& report);
/// "not compared: include edges", for kinds that neither side shows; empty when there are none.
[[nodiscard]] std::string say_not_compared(const DiffReport& report);
/// "link", "sources": the heading of edges of that kind.
[[nodiscard]] std::string_view say_kind(EdgeKind kind);
/// A label without its prefix: "core", "src/a.cpp", "-lz", "USE_X=1".
[[nodiscard]] std::string short_label(std::string_view label);
/// "app/CMakeLists.txt:2", "app/CMakeLists.txt", or empty.
[[nodiscard]] std::string say_place(std::string_view file, std::uint32_t line);
/// What else is to be said of a target or an edge: its configurations, and that it is uncertain. "in Debug; uncertain".
[[nodiscard]] std::string say_notes(const std::vector<std::string>& configurations, bool uncertain);
/// The name of the module that owns a dependee; empty when no module does, or when it is that of the group.
[[nodiscard]] std::string_view module_of(const DiffReport& report, const DiffGroup& group, const EdgeChange& edge);
/// "STATIC_LIBRARY in core, was OBJECT_LIBRARY in lib".
[[nodiscard]] std::string say_target(const TargetChange& target);
/// "+", "-" or "~".
[[nodiscard]] std::string_view sign_of(Change change);

}  // namespace bulkhead
