// bulkhead scorecard: the promises of modules, each with its evidence.

#include "auditor/scorecard.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auditor/commands/command.h"
#include "auditor/commands/outputs.h"
#include "auditor/inventory.h"
#include "auditor/proof_state.h"
#include "reports/scorecard_writer.h"

namespace bulkhead {
namespace {

struct ScorecardOptions {
  CheckOptions check;
  std::vector<std::string> modules;
  std::string fail_on = "broken";  // or "unproven"
};

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const ScorecardFormat& format : scorecard_formats()) names.push_back(format.name);
  return names;
}

// What `check` would audit with, given the same options.
Result<AuditOptions> choose_options(const CheckOptions& options, const Policy& policy, const BuildTree& tree,
                                    const CommonOptions& common) {
  auto auditing = choose_audit_options(options, policy, tree);
  if (!auditing) return auditing;
  // One that is named has to be there.
  if (!options.baseline.empty() && options.baseline != "none" && !auditing->baseline) {
    auto baseline = read_baseline(options.baseline);
    if (!baseline) return tl::unexpected(baseline.error());
    auditing->baseline = std::move(*baseline);
  }
  if (!options.inventory.empty()) {
    auto inventory = read_inventory(options.inventory);
    if (!inventory) return tl::unexpected(inventory.error());
    auditing->inventory = std::move(*inventory);
  }
  if (!common.quiet) auditing->progress = terminal_line();
  return auditing;
}

Result<void> write_outputs(const Scorecard& scorecard, const std::vector<ChosenFormat>& outputs,
                           const CommonOptions& common) {
  for (const ChosenFormat& output : outputs) {
    const ScorecardFormat& format = scorecard_formats()[output.index];
    const bool colour = output.file.empty() && wants_colour(common, 1);
    const auto text = format.write(scorecard, {.colour = colour, .verbose = common.verbose});
    if (!text) return tl::unexpected(text.error());
    if (auto written = deliver(format.name, output.file, *text, common); !written) return written;
  }
  return {};
}

Result<ExitStatus> run_scorecard(const ScorecardOptions& options, const CommonOptions& common) {
  auto outputs = choose_formats(options.check.formats, format_names(), "scorecard");
  if (!outputs) return tl::unexpected(outputs.error());
  if (outputs->empty()) outputs->push_back({});
  const TreeOptions& reading = options.check.tree;
  const auto tree = read_build_tree(choose_build(reading), {.configurations = reading.configurations});
  if (!tree) return tl::unexpected(tree.error());
  const auto policy = read_policy_for(reading, *tree);
  if (!policy) return tl::unexpected(policy.error());
  const auto auditing = choose_options(options.check, *policy, *tree, common);
  if (!auditing) return tl::unexpected(auditing.error());
  const std::vector<ModuleProof> experiments = read_valid_proofs(choose_build(reading), *tree, *policy);
  const auto scorecard = make_scorecard({*tree, *policy, *auditing, experiments, tree_words(reading)}, options.modules);
  if (!scorecard) return tl::unexpected(scorecard.error());
  if (auto written = write_outputs(*scorecard, *outputs, common); !written) return tl::unexpected(written.error());
  const ScorecardSummary summary = summarise(*scorecard);
  const bool failed = summary.broken != 0 || (options.fail_on == "unproven" && summary.unproven != 0);
  return failed ? ExitStatus::findings : ExitStatus::clean;
}

}  // namespace

void add_scorecard(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<ScorecardOptions>();
  CLI::App* const command = app.add_subcommand("scorecard", "Tell which promises of the modules are kept");
  command->add_option("MODULE", options->modules, "Modules of the policy [default: all]");
  add_tree_options(*command, options->check.tree);
  add_audit_options(*command, options->check);
  command
      ->add_option("--format", options->check.formats,
                   fmt::format("What to write, and where to; may be repeated. Formats: {}", list_names(format_names())))
      ->type_name("FMT[=FILE]");
  command->add_option("--fail-on", options->fail_on, "The state of a promise that makes the exit status 1")
      ->check(CLI::IsMember({"broken", "unproven"}))
      ->capture_default_str();
  command->footer(
      "Exit status: 0 no promise is broken, 1 one is (with --fail-on unproven: or is not proven), 2 could not "
      "audit.\n\n"
      "Examples: bulkhead scorecard cuda -B build\n"
      "          bulkhead scorecard -B build --format text --format markdown=scorecard.md");
  command->callback([options, &common, &run] { run = [options, &common] { return run_scorecard(*options, common); }; });
}

}  // namespace bulkhead
