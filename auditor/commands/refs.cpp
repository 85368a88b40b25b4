// bulkhead refs: what depends on a thing.

#include "auditor/commands/neighbour_command.h"

namespace bulkhead {

void add_refs(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<NeighbourOptions>();
  options->side = Side::dependers;
  CLI::App* const command = app.add_subcommand("refs", "List what depends on a target, file, folder or module");
  add_neighbour_options(*command, options, common, run);
  command->footer(
      "Exit status: 0 something does, 1 nothing does, 2 could not look.\n\n"
      "Examples: bulkhead refs -B build core\n"
      "          bulkhead refs -B build module:cuda --transitive --kinds link,order");
}

}  // namespace bulkhead
