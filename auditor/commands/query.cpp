// bulkhead query: asks CMake for a reply.

#include <fmt/format.h>

#include <memory>

#include "auditor/commands/command.h"
#include "graph/reply.h"

namespace bulkhead {
namespace {

Result<ExitStatus> run_query(const std::filesystem::path& build, const CommonOptions& common) {
  const auto path = write_query(build);
  if (!path) return tl::unexpected(path.error());
  if (!common.quiet) {
    fmt::print(stderr, "query: written to {}\nnext: cmake {}, then bulkhead check -B {}\n", path->string(),
               build.string(), build.string());
  }
  return ExitStatus::clean;
}

}  // namespace

void add_query(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto build = std::make_shared<std::filesystem::path>();
  CLI::App* const command = app.add_subcommand("query", "Make the next configure write what Bulkhead reads");
  command->add_option("-B,--build", *build, "The build tree; it need not exist yet")->type_name("BUILD")->required();
  command->footer(
      "Writes one small file below BUILD/.cmake; CMake answers it at every configure from then on.\n\n"
      "Example: bulkhead query -B build && cmake -B build && bulkhead check -B build");
  command->callback([build, &common, &run] { run = [build, &common] { return run_query(*build, common); }; });
}

}  // namespace bulkhead
