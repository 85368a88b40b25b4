// What the commands of the command line share.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/audit.h"
#include "auditor/baseline.h"
#include "auditor/policy.h"
#include "graph/build_tree.h"
#include "graph/result.h"
#include "reports/report.h"
#include "reports/writer.h"

namespace bulkhead {

/// The exit statuses; the same for every command and format.
enum class ExitStatus : int {
  clean = 0,     ///< Nothing at or above the threshold.
  findings = 1,  ///< Findings; for questions: there is no answer.
  no_audit = 2,  ///< Usage, policy, missing or stale reply: could not audit.
};

/// Options that every command takes.
struct CommonOptions {
  std::string colour = "auto";  ///< "auto", "always" or "never".
  bool quiet = false;
  bool verbose = false;
};

/// Options of the commands that read a build tree.
struct TreeOptions {
  std::filesystem::path build{};
  std::filesystem::path policy{};
  std::vector<std::string> configurations{};
};

/// Options of the commands that audit.
struct CheckOptions {
  TreeOptions tree{};
  std::vector<std::string> formats{};
  std::filesystem::path inventory{};  ///< Empty for none.
  std::filesystem::path cache{};      ///< Empty for none.
  std::string baseline{};             ///< "none" for none; empty for the one beside the policy, if there is one.
  std::string today{};                ///< YYYY-MM-DD; empty for the date of SOURCE_DATE_EPOCH, or of the clock.
  bool strict = false;
  std::string fail_on = "error";      ///< "error" or "warning".
  std::string category = "bulkhead";  ///< See WriteOptions.
  std::string link{};                 ///< A LinkTemplate; empty for none.
  bool keep_graphs = false;           ///< See AuditOptions.
};

/// One `--format FMT[=FILE]`.
struct Output {
  const Format* format;
  std::string file;         ///< Empty for stdout.
  bool is_guarded = false;  ///< Commands to CI systems are broken up in it, see defuse().
};

/// True when text on that stream should be coloured: `--color`, then NO_COLOR, CLICOLOR_FORCE, then whether it is a
/// terminal. `descriptor` is 1 or 2.
[[nodiscard]] bool wants_colour(const CommonOptions& options, int descriptor);

/// Adds -B, --policy and --configuration.
void add_tree_options(CLI::App& command, TreeOptions& options);

/// Adds --policy and --configuration.
void add_policy_options(CLI::App& command, TreeOptions& options);

/// Adds what else changes the findings: --inventory, --cache, --baseline and --today.
void add_audit_options(CLI::App& command, CheckOptions& options);

/// Adds the same, and --format, --link, --strict and --fail-on.
void add_report_options(CLI::App& command, CheckOptions& options);

/// The build tree that the user means: -B, else the working directory if it is one, else `build` below it.
[[nodiscard]] std::filesystem::path choose_build(const TreeOptions& options);
/// The words by which another command gets the same tree and policy: "-B", "build".
[[nodiscard]] std::vector<std::string> tree_words(const TreeOptions& options);

/// Reads the policy: --policy, else found from the tree's source directory upward; with the modules that the configure
/// declared, which alone will do. None when there is neither.
[[nodiscard]] Result<std::optional<Policy>> find_policy_for(const TreeOptions& options, const BuildTree& tree);

/// The same; that there is none is an error.
[[nodiscard]] Result<Policy> read_policy_for(const TreeOptions& options, const BuildTree& tree);

/// Adds --link.
void add_link_option(CLI::App& command, std::string& link);

/// What --link says; none when it is empty.
[[nodiscard]] Result<std::optional<LinkTemplate>> parse_link(const std::string& link);

/// What the values of --format mean; default_outputs() when there are none.
[[nodiscard]] Result<std::vector<Output>> parse_outputs(const std::vector<std::string>& formats);

/// An audit's result, and where its baseline lies.
struct AuditedTree {
  Report report;
  std::filesystem::path baseline_file;  ///< Whether or not there is one.
  std::optional<Baseline> baseline;     ///< None when there is no file, or none is wanted.
};

/// Whether a baseline that the options name has to be there.
enum class BaselineNeed : std::uint8_t { as_named, may_be_missing };

/// Reads the build tree, the policy and what belongs to it, and audits.
[[nodiscard]] Result<AuditedTree> audit_tree(const CheckOptions& options, BaselineNeed need,
                                             const CommonOptions& common);

/// What the options, and the baseline beside the policy, make of an audit of `tree`. Without progress, and without an
/// inventory.
[[nodiscard]] Result<AuditOptions> choose_audit_options(const CheckOptions& options, const Policy& policy,
                                                        const BuildTree& tree);

/// Audits the build tree, and writes the report to all outputs.
[[nodiscard]] Result<ExitStatus> check_tree(const CheckOptions& options, const std::vector<Output>& outputs,
                                            const CommonOptions& common);

/// Prints to stdout. Fails when it cannot be written, on a full disk for instance.
[[nodiscard]] Result<void> print(std::string_view text);

/// Writes a whole file in the place of the one that was there, which stays as it was when that fails.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& path, std::string_view text);

/// Writes a whole file, whatever was there.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view text);

/// A command's work, run after the command line was parsed; an Error is printed by main.
using RunCommand = std::function<Result<ExitStatus>()>;

/// Each adds its command to `app`, and sets `run` when the user chose it.
void add_baseline(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_check(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_configure(CLI::App& app, const CommonOptions& common, const std::vector<std::string>& cmake_arguments,
                   RunCommand& run);
void add_deps(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_diff(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_explain(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_graph(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_init(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_inventory(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_prove(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_query(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_refs(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_rules(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_scorecard(CLI::App& app, const CommonOptions& common, RunCommand& run);
void add_why(CLI::App& app, const CommonOptions& common, RunCommand& run);

/// Takes away from the command line what `configure` hands to CMake, and returns it; nothing for other commands. To be
/// called once all commands are added. CLI11 must not see these words: it would read some of them as ours.
[[nodiscard]] std::vector<std::string> take_cmake_arguments(const CLI::App& app, std::vector<std::string>& words);

}  // namespace bulkhead
