// bulkhead deps: what a thing depends on.

#include "auditor/commands/neighbour_command.h"

namespace bulkhead {

void add_deps(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<NeighbourOptions>();
  options->side = Side::dependees;
  CLI::App* const command = app.add_subcommand("deps", "List what a target, folder or module depends on");
  add_neighbour_options(*command, options, common, run);
  command->footer(
      "Exit status: 0 something was found, 1 nothing was, 2 could not look.\n\n"
      "Examples: bulkhead deps -B build app --kinds link\n"
      "          bulkhead deps -B build app --transitive --format json");
}

}  // namespace bulkhead
