// What a rule is: a code, a default severity, and a function that returns findings.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/experiments.h"
#include "auditor/modules.h"
#include "auditor/policy.h"
#include "graph/blind_spots.h"
#include "graph/cmake_sources.h"
#include "graph/include_scan.h"
#include "graph/target_graph.h"
#include "reports/finding.h"
#include "reports/rule_description.h"

namespace bulkhead {

class RuleScopes;
class SourceTree;

/// A blind spot, and the modules that it leaves unproven.
struct ModuleBlindSpot {
  BlindSpot spot;
  std::vector<std::size_t> modules;  ///< Positions in Policy::modules.
  std::string detail{};              ///< How many, and where; may be empty.
};

/// A blind spot, and the general rules that it leaves unproven.
struct RuleBlindSpot {
  BlindSpot spot;
  std::vector<std::size_t> rules;  ///< Positions in Policy::rules, ascending.
  std::string detail{};            ///< How many, and where; may be empty.
};

/// The includes that cross a boundary of a general rule, see RuleScope::boundaries.
struct RuleIncludes {
  std::size_t rule;      ///< Position in Policy::rules.
  std::size_t boundary;  ///< Position among the boundaries of its scope.
  IncludeScan scan;      ///< Of the sources of all targets, onto the files inside.
};

/// The includes that the rules about modules look at, whether those are on or off. Of edges, the part is a position in
/// Policy::modules.
struct ModuleIncludes {
  IncludeScan core_edges{};      ///< From the core onto the files of modules of stage S0 that are on.
  IncludeScan module_edges{};    ///< From the core and other modules onto those of modules that not all others name.
  IncludeScan replaced_edges{};  ///< Likewise, onto what modules of stage S2 replace; the part is that module.
};

/// All that a rule may look at: one configuration, and the policy applied to it.
struct RuleInput {
  const TargetGraph& graph;
  const Policy& policy;
  const ModuleMap& modules;
  const std::vector<bool>& on;                      ///< By position in Policy::modules.
  const std::vector<ModuleBlindSpot>& blind_spots;  ///< Of modules that are off.
  CMakeSources& sources;
  SourceTree& disk;
  const IncludeScan& includes;  ///< Onto the files of modules that are off; empty where nothing was scanned.
  const ModuleIncludes& module_includes;
  const RuleScopes& scopes;                        ///< The general rules.
  const std::vector<RuleIncludes>& rule_includes;  ///< By rule and boundary.
  const std::vector<RuleBlindSpot>& rule_blind_spots;
  const std::vector<BlindSpot>& spots;  ///< All that the inputs cannot show, whether or not a module is off.
  const std::vector<ModuleExperiments>& experiments;  ///< Those that were made; none when `check` audits.
};

/// How much a rule about modules looked at in one configuration.
struct RuleCount {
  std::uint32_t modules = 0;            ///< Modules of which it asks something.
  std::uint32_t targets = 0;            ///< Targets that may have what it looks for.
  std::uint64_t edges = 0;              ///< Their edges, of the kinds that count.
  std::uint64_t sources = 0;            ///< Sources whose includes were looked at for it.
  std::vector<EdgeKind> blind_spots{};  ///< Kinds of edge that could not all be seen. Sorted.
};

/// Returns a rule's findings, in any order. The audit adds rule, severity, configuration and fingerprint.
using RunRule = std::vector<Finding> (*)(const RuleInput& input);

using CountRule = RuleCount (*)(const RuleInput& input);

/// While a module is in which state a rule can find something about it.
enum class SeenWhile : std::uint8_t {
  always,
  off,
  on,
  proven,  ///< In experiments alone, see ModuleExperiments.
};

/// What the findings of a rule are about.
enum class About : std::uint8_t {
  project,  ///< The project: debt that a baseline may hold.
  policy,   ///< The policy, which is to be mended at once; no baseline holds them.
  tree,     ///< This build tree, and what it cannot show; likewise, and another tree may have others.
};

/// A rule of the catalogue. One rule is auditor/rules/<code>.cpp, tests/cases/<code>/ and docs/rules/<code>.md.
struct Rule {
  std::string_view code;
  Severity severity;
  std::string_view summary;      ///< One line for `bulkhead rules`.
  const std::string_view* page;  ///< docs/rules/<code>.md, in full.
  RunRule run;
  CountRule count = nullptr;            ///< Null for rules by policy, each of which has a RuleScope.
  bool by_policy = false;               ///< Made by tables of the policy, which say how severe each is.
  bool in_every_configuration = false;  ///< A finding counts only when each configuration has it; then it names none.
  SeenWhile seen_while = SeenWhile::always;
  About about = About::project;
  std::string_view stages = {};  ///< Of the modules that it judges, "S0"; empty for all.
};

/// All rules, sorted by code.
[[nodiscard]] std::span<const Rule> catalogue();
/// The rule of that code, or null.
[[nodiscard]] const Rule* find_rule(std::string_view code);
/// The same rules, as reports tell of them.
[[nodiscard]] std::vector<RuleDescription> describe_catalogue();

RuleCount count_blind_spot(const RuleInput& input);
RuleCount count_core_edge(const RuleInput& input);
RuleCount count_module_edge(const RuleInput& input);
RuleCount count_namespace(const RuleInput& input);
RuleCount count_off_edge(const RuleInput& input);
RuleCount count_off_target(const RuleInput& input);
RuleCount count_owners(const RuleInput& input);
RuleCount count_replaced_edge(const RuleInput& input);
RuleCount count_unused_policy(const RuleInput& input);

std::vector<Finding> run_acyclic(const RuleInput& input);
std::vector<Finding> run_allowed(const RuleInput& input);
std::vector<Finding> run_blind_spot(const RuleInput& input);
std::vector<Finding> run_core_edge(const RuleInput& input);
std::vector<Finding> run_disruption(const RuleInput& input);
std::vector<Finding> run_forbidden(const RuleInput& input);
std::vector<Finding> run_independent(const RuleInput& input);
std::vector<Finding> run_layers(const RuleInput& input);
std::vector<Finding> run_module_edge(const RuleInput& input);
std::vector<Finding> run_namespace(const RuleInput& input);
std::vector<Finding> run_off_edge(const RuleInput& input);
std::vector<Finding> run_off_target(const RuleInput& input);
std::vector<Finding> run_owners(const RuleInput& input);
std::vector<Finding> run_removal(const RuleInput& input);
std::vector<Finding> run_replaced_edge(const RuleInput& input);
std::vector<Finding> run_required(const RuleInput& input);
std::vector<Finding> run_unused_policy(const RuleInput& input);
std::vector<Finding> run_visibility(const RuleInput& input);
std::vector<Finding> run_within_view(const RuleInput& input);

}  // namespace bulkhead
