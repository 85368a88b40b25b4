// bulkhead inventory: remembers what the modules own while they are on.

#include "auditor/inventory.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "auditor/commands/command.h"

namespace bulkhead {
namespace {

struct InventoryOptions {
  TreeOptions tree;
  std::string output;
};

Result<ExitStatus> run_inventory(const InventoryOptions& options, const CommonOptions& common) {
  const auto tree = read_build_tree(choose_build(options.tree), {.configurations = options.tree.configurations});
  if (!tree) return tl::unexpected(tree.error());
  const auto policy = read_policy_for(options.tree, *tree);
  if (!policy) return tl::unexpected(policy.error());
  const auto inventory = take_inventory(*tree, *policy);
  if (!inventory) return tl::unexpected(inventory.error());
  if (inventory->modules.empty()) {
    return fail({}, "every module is off in this build tree, so there is nothing to remember",
                "configure a tree with the modules on, and name that one");
  }
  const std::string text = write_inventory(*inventory);
  const auto written = options.output.empty() ? print(text) : write_file(options.output, text);
  if (!written) return tl::unexpected(written.error());
  if (!options.output.empty() && !common.quiet) {
    std::vector<std::string_view> names;
    for (const InventoryModule& module : inventory->modules) names.push_back(module.name);
    fmt::print(stderr, "inventory: {} of {} modules, written to {}\nnext: bulkhead check --inventory {}\n",
               names.size(), policy->modules.size(), options.output, options.output);
  }
  return ExitStatus::clean;
}

}  // namespace

void add_inventory(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<InventoryOptions>();
  CLI::App* const command =
      app.add_subcommand("inventory", "Remember what the modules own while they are on, for checks while they are off");
  add_tree_options(*command, options->tree);
  command->add_option("-o,--output", options->output, "The file to write [default: standard output]")
      ->type_name("FILE");
  command->footer(
      "A module that is off has no targets: what links libfoo.a by its file name cannot be told from any other "
      "library,\n"
      "unless the policy names it, or an inventory does.\n\n"
      "Example: bulkhead inventory -B build-with-cuda -o inventory.json && bulkhead check -B build --inventory "
      "inventory.json");
  command->callback([options, &common, &run] { run = [options, &common] { return run_inventory(*options, common); }; });
}

}  // namespace bulkhead
