// The result of an audit, ready to be written in any format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/finding.h"
#include "reports/rule_description.h"

namespace bulkhead {

enum class Verdict : std::uint8_t {
  isolated,  ///< Off, and every kind of edge was checked: no edge from the core.
  violated,  ///< Off, and an edge from the core was found.
  unproven,  ///< No edge was found, but not everything could be checked; `blind_spots` or `note` says what.
};
/// "isolated", "violated" or "unproven".
[[nodiscard]] std::string_view to_string(Verdict verdict);

/// The verdict on one module in one configuration.
struct ModuleReport {
  std::string name;
  std::string stage{};  ///< "S0"; may be empty.
  std::string configuration{};
  std::string toggle{};  ///< As the policy writes it.
  bool on = false;
  Verdict verdict = Verdict::unproven;
  /// Of a violated module: fresh when one of its off-edge findings is, else known when one of them is, else waived.
  Status status = Status::fresh;
  std::uint32_t targets = 0;           ///< Targets of the module in the build.
  std::uint32_t files = 0;             ///< Distinct files of the module that the reply names.
  std::uint64_t edges_checked = 0;     ///< Edges of the core that were compared with the module.
  std::uint64_t sources_scanned = 0;   ///< Sources of the core whose includes were compared with the module.
  std::uint64_t sources_recorded = 0;  ///< Of these, by what the last build wrote down.
  std::vector<EdgeKind> blind_spots{};
  std::string note{};  ///< Why nothing was checked, for a module that is on; else empty.
};

/// "isolated", "violated, known": the verdict, and the status of a violation that is not new.
[[nodiscard]] std::string say_verdict(const ModuleReport& module);

enum class RuleVerdict : std::uint8_t {
  holds,     ///< Every kind of edge that counts was checked, and none breaks the rule.
  broken,    ///< There is a finding.
  unproven,  ///< Nothing was found, but not everything could be checked.
};
/// "holds", "broken" or "unproven".
[[nodiscard]] std::string_view to_string(RuleVerdict verdict);

/// The verdict on one general rule of the policy in one configuration.
struct RuleReport {
  std::string rule;  ///< Its code: "forbidden".
  std::string name;  ///< As the policy has it, or what the rule says.
  std::string configuration{};
  RuleVerdict verdict = RuleVerdict::unproven;
  std::vector<EdgeKind> kinds{};      ///< The kinds of edge that count.
  std::uint32_t dependers = 0;        ///< Targets whose edges may break it.
  std::uint32_t dependees = 0;        ///< Targets, files and libraries that the selectors of the other end matched.
  std::uint64_t edges_checked = 0;    ///< Edges of such dependers, of the kinds that count.
  std::uint64_t sources_scanned = 0;  ///< Sources whose includes were looked at for it.
  std::uint64_t findings = 0;
  std::vector<EdgeKind> blind_spots{};
};
/// How often an edge kind was seen; for `-v` and for those who wonder whether anything was checked.
struct ConfigurationReport {
  std::string name;
  std::uint64_t targets = 0;
  std::uint64_t dependencies = 0;  ///< Entries of `dependencies`.
  std::uint64_t edges = 0;         ///< Of every kind.
  std::uint64_t sources = 0;       ///< Entries of `sources`.
};

/// An entry of the baseline whose finding is not there.
struct MissingEntry {
  std::string text;         ///< "off-edge: core -> cuda_rt [link] of module cuda".
  std::string fingerprint;  ///< As of the finding.
  std::string reason{};     ///< Why it could not have been seen, "module cuda is on"; empty when it is fixed.
  bool gone = false;        ///< That reason is that the depender is not in this build tree.

  bool operator==(const MissingEntry&) const = default;
};

/// The baseline, and what has become of it.
struct BaselineReport {
  std::string file;                    ///< As in Evidence.
  std::uint64_t entries = 0;           ///< Its size.
  std::vector<MissingEntry> fixed{};   ///< In the order of the baseline.
  std::vector<MissingEntry> unseen{};  ///< Likewise.
};

/// How many findings there are; fresh + known + waived is their number.
struct Summary {
  std::uint64_t errors = 0;    ///< Fresh ones only.
  std::uint64_t warnings = 0;  ///< Fresh ones only.
  std::uint64_t fresh = 0;
  std::uint64_t known = 0;
  std::uint64_t waived = 0;
};

/// Where the policy is; empty when CMake files declare it all.
struct PolicyPlace {
  std::string file{};  ///< As in Evidence: as it was named, where it is not in the source tree.
  std::string path{};  ///< The same as a canonical path, see SourcePaths.
};

/// Everything that a writer may say.
struct Report {
  std::string tool_version;
  std::string cmake_version;
  std::string generator;
  std::string codemodel;     ///< "2.4"
  std::string source_root;   ///< Absolute; to read excerpts from, never written.
  std::string repository{};  ///< The top of the repository that holds it: absolute, never written; may be empty.
  PolicyPlace policy{};
  std::vector<ConfigurationReport> configurations;
  std::vector<ModuleReport> modules;         ///< By configuration, then by name.
  std::vector<RuleReport> rules{};           ///< By configuration, then by code and name.
  std::vector<Finding> findings;             ///< In the order of shown_before().
  std::vector<RuleDescription> catalogue{};  ///< All rules, by code.
  std::optional<BaselineReport> baseline{};  ///< None when there is no baseline.
};

[[nodiscard]] Summary summarise(const Report& report);

/// True for what makes the check fail: a new finding that is at least so severe.
[[nodiscard]] bool fails_check(const Finding& finding, Severity threshold);
/// True when one does; then the exit status is 1.
[[nodiscard]] bool fails_check(const Report& report, Severity threshold);

/// The findings with the same fingerprint and status, one for each configuration, as one; in the order of the report.
/// Borrowed from the report.
[[nodiscard]] std::vector<std::vector<const Finding*>> merge_configurations(const Report& report);

}  // namespace bulkhead
