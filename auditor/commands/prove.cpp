// bulkhead prove: configures with modules on, off and taken away, and tells which promises hold.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <system_error>
#include <utility>

#include "auditor/commands/command.h"
#include "auditor/commands/outputs.h"
#include "auditor/inventory.h"
#include "auditor/module_reader.h"
#include "auditor/process.h"
#include "auditor/proof_state.h"
#include "auditor/prover.h"
#include "auditor/version.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

struct ProveOptions {
  CheckOptions check;
  std::vector<std::string> modules;
  fs::path work;      // empty for the build tree
  std::string cmake;  // empty for the one that configured the tree
  std::uint32_t timeout = 1800;
  bool fresh = false;
  bool keep = false;
};

// The positions of the modules that are asked for, in the order of the policy; all of them without a word.
Result<std::vector<std::size_t>> choose_modules(const Policy& policy, const std::vector<std::string>& words) {
  if (policy.modules.empty()) {
    return fail({policy.file}, "the policy has no [[module]], so there is nothing to prove",
                "add one with a name, a toggle and its paths: docs/policy.md begins with three lines that do");
  }
  const auto name_of = [](std::string_view word) {
    return word.starts_with("module:") ? word.substr(std::string_view("module:").size()) : word;
  };
  for (const std::string& word : words) {
    if (auto known = check_module_name(policy, name_of(word), {}); !known) return tl::unexpected(known.error());
  }
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < policy.modules.size(); ++i) {
    const bool is_named = std::any_of(words.begin(), words.end(),
                                      [&](const std::string& word) { return name_of(word) == policy.modules[i].name; });
    if (words.empty() || is_named) chosen.push_back(i);
  }
  return chosen;
}

Result<ExperimentSetting> choose_setting(const ProveOptions& options, const BuildTree& tree, const Policy& policy) {
  const BuildInfo& info = tree.graphs.front().info();
  if (info.build_root == info.source_root) {
    return fail({info.build_root}, "the project is configured in its source tree, where sources and results are one",
                "configure it in a directory of its own: bulkhead configure -S . -B build");
  }
  std::string cmake = options.cmake;
  if (cmake.empty()) cmake = std::string(tree.cache.find("CMAKE_COMMAND").value_or("cmake"));
  return ExperimentSetting{.cmake = std::move(cmake),
                           .build = info.build_root,
                           .source = info.source_root,
                           .inputs = fingerprint_inputs(tree, policy),
                           .seed = options.fresh ? Seed::values : Seed::with_checks,
                           .limit = std::chrono::seconds(options.timeout)};
}

std::string write_promises(const Proven& proven) {
  std::string text;
  for (const ProvenModule& module : proven.modules) {
    text += fmt::format("module {}{}\n", module.proof.module,
                        module.proof.stage.empty() ? "" : " (" + module.proof.stage + ")");
    for (const ToldExperiment& one : module.experiments) text += fmt::format("  {:<8} {}\n", one.name, one.result);
    for (const PromiseProof& proof : module.proof.promises) {
      text += fmt::format("  {:<13}  {:<8}  {}\n", to_string(proof.promise), to_string(proof.state), proof.evidence);
    }
    text += '\n';
  }
  if (!proven.written.empty()) {
    text += "the project's configure writes into its source tree:\n";
    for (const std::string& file : proven.written) text += fmt::format("  {}\n", file);
    text += '\n';
  }
  return text;
}

Result<void> keep_state(const fs::path& file, const Proven& proven, const std::string& inputs) {
  ProofState state;
  if (auto before = read_proof_state(file)) state = std::move(*before);
  for (const ProvenModule& module : proven.modules) {
    std::erase_if(state.proofs, [&](const KeptProof& one) { return one.proof.module == module.proof.module; });
    state.proofs.push_back({module.proof, inputs});
  }
  std::sort(state.proofs.begin(), state.proofs.end(),
            [](const KeptProof& a, const KeptProof& b) { return a.proof.module < b.proof.module; });
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return fail({file.parent_path().string()}, "cannot create this directory: " + error.message());
  return replace_file(file, write_proof_state(state, version));
}

// The promises stand above the text of the report, or on stderr when stdout is for another format.
Result<void> write_outputs(const Proven& proven, const std::vector<Output>& outputs, const ProveOptions& options,
                           const CommonOptions& common) {
  const Severity threshold = options.check.fail_on == "warning" ? Severity::warning : Severity::error;
  WriteOptions writing{.verbose = common.verbose, .threshold = threshold, .category = options.check.category};
  const bool has_text = std::any_of(outputs.begin(), outputs.end(), [](const Output& output) {
    return output.file.empty() && output.format->name == "text";
  });
  if (!has_text && !common.quiet) fmt::print(stderr, "{}", write_promises(proven));
  for (const Output& output : outputs) {
    writing.colour = output.file.empty() && wants_colour(common, 1);
    auto text = output.format->write(proven.report, writing);
    if (!text) return tl::unexpected(text.error());
    if (output.format->name == "text") text->insert(0, write_promises(proven));
    auto written = deliver(output.format->name, output.file, output.is_guarded ? defuse(*text) : *text, common);
    if (!written) return written;
  }
  return {};
}

Result<ExitStatus> run_prove(const ProveOptions& options, const CommonOptions& common) {
  const auto outputs = parse_outputs(options.check.formats);
  if (!outputs) return tl::unexpected(outputs.error());
  const fs::path build = choose_build(options.check.tree);
  const auto tree = read_build_tree(build, {});
  if (!tree) return tl::unexpected(tree.error());
  const auto policy = read_policy_for(options.check.tree, *tree);
  if (!policy) return tl::unexpected(policy.error());
  const auto modules = choose_modules(*policy, options.modules);
  if (!modules) return tl::unexpected(modules.error());
  auto auditing = choose_audit_options(options.check, *policy, *tree);
  if (!auditing) return tl::unexpected(auditing.error());
  if (!options.check.inventory.empty()) {
    auto inventory = read_inventory(options.check.inventory);
    if (!inventory) return tl::unexpected(inventory.error());
    auditing->inventory = std::move(*inventory);
  }
  if (const std::string& named = options.check.baseline; !named.empty() && named != "none" && !auditing->baseline) {
    return fail({named}, "there is no such baseline", "name another with --baseline, or 'none'");
  }
  const auto setting = choose_setting(options, *tree, *policy);
  if (!setting) return tl::unexpected(setting.error());
  // A name of our own even in a directory of the user's, for all of it is removed in the end.
  const fs::path scratch =
      (options.work.empty() ? fs::path(setting->build) : fs::absolute(options.work)) / "bulkhead-prove" / "scratch";
  // After this point experiments are made; each leaves a mark, so that a run that is stopped goes on where it was.

  const std::vector<std::string> words = tree_words(options.check.tree);
  const auto tell = [&common](const std::string& line) {
    if (!common.quiet) fmt::print(stderr, "prove: {}\n", line);
  };
  const auto proven = prove_modules({*tree, *policy, *auditing, *setting, scratch, words, tell}, *modules);
  if (!proven) return tl::unexpected(proven.error());
  if (auto kept = keep_state(proof_state_file(setting->build), *proven, setting->inputs); !kept)
    return tl::unexpected(kept.error());
  if (proven->interruption) die_of(*proven->interruption);
  std::error_code ignored;
  if (!options.keep) fs::remove_all(scratch, ignored);
  if (auto written = write_outputs(*proven, *outputs, options, common); !written)
    return tl::unexpected(written.error());
  const Severity threshold = options.check.fail_on == "warning" ? Severity::warning : Severity::error;
  return fails_check(proven->report, threshold) ? ExitStatus::findings : ExitStatus::clean;
}

}  // namespace

void add_prove(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<ProveOptions>();
  CLI::App* const command =
      app.add_subcommand("prove", "Configure with modules on, off and taken away, in scratch trees, and audit each");
  command->add_option("MODULE", options->modules, "Modules of the policy [default: all]");
  command->add_option("-B,--build", options->check.tree.build, "The configured build tree [default: ., else ./build]")
      ->type_name("BUILD");
  command
      ->add_option("--policy", options->check.tree.policy,
                   "The policy [default: bulkhead.toml in the source tree or above]")
      ->type_name("FILE");
  add_report_options(*command, options->check);
  command
      ->add_option("--work", options->work,
                   "Where the directory bulkhead-prove with the scratch trees goes [default: the build tree]")
      ->type_name("DIR");
  command->add_option("--cmake", options->cmake, "The program to run [default: the one that configured the build tree]")
      ->type_name("PROGRAM");
  command->add_option("--timeout", options->timeout, "How long one configure may take; 0 for ever")
      ->type_name("SECONDS")
      ->capture_default_str();
  command->add_flag("--fresh", options->fresh, "Look at the compilers and repeat all checks in each scratch tree");
  command->add_flag("--keep", options->keep, "Keep the scratch trees, also for the next run to use");
  command->footer(
      "The source tree and the build tree stay as they are, but for bulkhead-prove in the build tree.\n"
      "Exit status: 0 no error found, 1 errors found, 2 could not prove.\n\n"
      "Examples: bulkhead prove -B build\n"
      "          bulkhead prove cuda -B build --format json=proof.json --keep");
  command->callback([options, &common, &run] { run = [options, &common] { return run_prove(*options, common); }; });
}

}  // namespace bulkhead
