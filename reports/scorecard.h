// The scorecard: what is known of the promises of each module, and what its next stage would ask for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/edge_kind.h"
#include "reports/finding.h"
#include "reports/proof.h"

namespace bulkhead {

/// What an audit would say if a module were one stage further, compared with what it says now.
struct StagePreview {
  std::string from{};           ///< "S0"; empty for a module without a stage.
  std::string to;               ///< "S1"
  std::vector<Finding> come{};  ///< Findings that are not there now. In the order of shown_before().
  std::vector<Finding> go{};    ///< Findings that would not be there any more; likewise.
  std::uint64_t errors = 0;     ///< New errors about the module at that stage, whether or not they are there now.
  std::vector<std::string> entries{};  ///< Selectors: all that would be its `entry`, "target:codec".
  std::uint64_t fresh_entries = 0;     ///< How many of these are not in the policy; they are the last ones.
  std::vector<std::string> policy{};   ///< Lines to put into the module's table, or into its bulkhead_module().
  std::string file{};                  ///< Where these belong; as in Evidence.
  std::uint32_t line = 0;              ///< Likewise.
  std::vector<std::string> unseen{};   ///< Rules of the stages that this tree cannot show; their codes, sorted.
  std::vector<EdgeKind> blind{};       ///< Kinds of edge that count for its rules, and that could not all be seen.
};

/// What is known of one module.
struct ModuleScore {
  ModuleProof proof;
  std::string toggle{};  ///< As the policy writes it.
  bool on = false;
  std::optional<StagePreview> next{};  ///< None for a module of the last stage.
};

/// Everything that a writer may say.
struct Scorecard {
  std::string tool_version;
  std::string cmake_version;
  std::string generator;
  std::vector<std::string> configurations;  ///< Those that were audited.
  std::vector<ModuleScore> modules;         ///< By name.
};

/// How many promises there are in each state.
struct ScorecardSummary {
  std::uint64_t kept = 0;
  std::uint64_t broken = 0;
  std::uint64_t unproven = 0;
};

[[nodiscard]] ScorecardSummary summarise(const Scorecard& scorecard);

/// "2 modules: 3 promises kept, 1 broken, 6 unproven".
[[nodiscard]] std::string say_summary(const Scorecard& scorecard);

/// "S0 -> S1", "no stage -> S0".
[[nodiscard]] std::string say_stages(const StagePreview& preview);

/// "error[core-edge]: codec links gpu of module gpu, and is no entry point of gpu"; "known[…" and "waived[…" of what is
/// not new.
[[nodiscard]] std::string say_finding(const Finding& finding);

/// "core/CMakeLists.txt:4" of a finding's first place; empty where none is known.
[[nodiscard]] std::string say_place(const Finding& finding);

/// "bulkhead.toml:5", where the preview's lines for the policy belong; empty where that is not known.
[[nodiscard]] std::string say_place(const StagePreview& preview);

/// What the preview could not look at, one sentence each, without full stops.
[[nodiscard]] std::vector<std::string> say_unseen(const StagePreview& preview);

}  // namespace bulkhead
