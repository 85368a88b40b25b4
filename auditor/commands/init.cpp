// bulkhead init: proposes a policy from a build tree.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include "auditor/commands/command.h"
#include "auditor/proposal/proposal.h"
#include "auditor/proposal/proposal_text.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

struct InitOptions {
  TreeOptions tree;
  bool to_stdout = false;
  bool force = false;
};

// Where the policy goes; an error when one is there that nobody said to overwrite. Any policy that `check` would find
// counts: one further down would hide it.
Result<fs::path> choose_file(const InitOptions& options, const fs::path& source_root) {
  const fs::path file = options.tree.policy.empty() ? source_root / policy_file_name : options.tree.policy;
  if (options.force) return file;
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(file, ignored))) {
    return fail({file.string()}, "there is a policy already, and it is left as it is",
                "--force overwrites it; --stdout prints the proposal, to be compared with it");
  }
  return file;
}

// The command that comes next, as the user would type it.
std::string next_command(const InitOptions& options) {
  const std::string build = choose_build(options.tree).string();
  std::string command = fmt::format("bulkhead check -B {}", build);
  if (!options.tree.policy.empty()) command += fmt::format(" --policy {}", options.tree.policy.string());
  return command;
}

std::size_t count_of(const Proposal& proposal, Confidence confidence) {
  return static_cast<std::size_t>(
      std::count_if(proposal.modules.begin(), proposal.modules.end(),
                    [confidence](const ProposedModule& module) { return module.confidence == confidence; }));
}

std::string summarise(const Proposal& proposal, const std::string& file, const InitOptions& options) {
  const std::size_t sure = count_of(proposal, Confidence::sure);
  const std::size_t likely = count_of(proposal, Confidence::likely);
  const std::size_t guesses = count_of(proposal, Confidence::guess);
  std::string text = fmt::format("init: {} CMake files, {} options: {} modules are sure, {} likely, {} guesses",
                                 proposal.file_count, proposal.option_count, sure, likely, guesses);
  if (!proposal.left_out.empty()) text += fmt::format("; {} more left out", proposal.left_out.size());
  text += '\n';
  if (!file.empty()) text += fmt::format("init: written to {}\n", file);
  if (proposal.likely_active && likely != 0) {
    text += "init: none is sure, so the likely ones are active: look at the lines with ?\n";
  }
  if (proposal.layers.is_active()) {
    text += fmt::format("init: {} layers of folders are sure\n", proposal.layers.layers.size());
  }
  if (!file.empty()) text += fmt::format("next: read it, then {}\n", next_command(options));
  return text;
}

std::string say_nothing_found(const Proposal& proposal) {
  return fmt::format(
      "init: {} CMake files, {} options: no option was found that guards a part of the project ({} guesses)\n"
      "next: write a module yourself, docs/policy.md begins with three lines that do; --stdout shows the guesses\n",
      proposal.file_count, proposal.option_count, count_of(proposal, Confidence::guess));
}

Result<ExitStatus> run_init(const InitOptions& options, const CommonOptions& common) {
  const auto tree = read_build_tree(choose_build(options.tree), {.configurations = options.tree.configurations});
  if (!tree) return tl::unexpected(tree.error());
  const bool to_stdout = options.to_stdout || options.tree.policy == "-";
  fs::path file;
  if (!to_stdout) {
    auto chosen = choose_file(options, tree->graphs.front().info().source_root);
    if (!chosen) return tl::unexpected(chosen.error());
    file = std::move(*chosen);
  }
  const auto proposal = propose_policy(*tree);
  if (!proposal) return tl::unexpected(proposal.error());
  const bool any = has_active(*proposal);
  if (!any && !to_stdout) {
    fmt::print(stderr, "{}", say_nothing_found(*proposal));
    return ExitStatus::findings;
  }
  const std::string text = write_proposal(*proposal);
  const auto written = to_stdout ? print(text) : write_file(file, text);
  if (!written) return tl::unexpected(written.error());
  if (!common.quiet && any) fmt::print(stderr, "{}", summarise(*proposal, file.string(), options));
  if (!any) fmt::print(stderr, "{}", say_nothing_found(*proposal));
  return any ? ExitStatus::clean : ExitStatus::findings;
}

}  // namespace

void add_init(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<InitOptions>();
  CLI::App* const command = app.add_subcommand("init", "Propose a policy from a configured build tree");
  command->add_option("-B,--build", options->tree.build, "The configured build tree [default: ., else ./build]")
      ->type_name("BUILD");
  command
      ->add_option("--policy", options->tree.policy,
                   "The file to write, - for standard output [default: "
                   "bulkhead.toml in the source tree]")
      ->type_name("FILE");
  command->add_flag("--stdout", options->to_stdout, "Print the policy instead of writing it");
  command->add_flag("--force", options->force, "Overwrite a policy that is there");
  command->footer(
      "Modules are proposed from the options of the CMake files, and from what these guard. Only what is sure is\n"
      "active; everything else is commented out, with its reasons.\n\n"
      "Example: bulkhead configure --no-check -S . -B build && bulkhead init -B build && bulkhead check -B build");
  command->callback([options, &common, &run] { run = [options, &common] { return run_init(*options, common); }; });
}

}  // namespace bulkhead
