// bulkhead graph: saves the graph of a build tree.

#include <fmt/format.h>

#include <memory>

#include "auditor/commands/command.h"
#include "auditor/version.h"
#include "graph/saved_graph.h"

namespace bulkhead {
namespace {

struct GraphOptions {
  TreeOptions tree;
  std::string format = "json";
};

Result<ExitStatus> run_graph(const GraphOptions& options, const CommonOptions& common) {
  const std::size_t equals = options.format.find('=');
  const std::string name = options.format.substr(0, equals);
  const std::string file = equals == std::string::npos ? std::string() : options.format.substr(equals + 1);
  if (name != "json") {
    return fail({}, fmt::format("graph has no format '{}'", name), "formats: json");
  }
  if (equals != std::string::npos && file.empty()) return fail({}, fmt::format("'{}' names no file", options.format));
  const auto tree = read_build_tree(choose_build(options.tree), {.configurations = options.tree.configurations});
  if (!tree) return tl::unexpected(tree.error());
  const std::string text = write_saved_graph(save_graph(*tree), version);
  const auto written = file.empty() ? print(text) : replace_file(file, text);
  if (!written) return tl::unexpected(written.error());
  if (!file.empty() && !common.quiet) fmt::print(stderr, "json: written to {}\n", file);
  return ExitStatus::clean;
}

}  // namespace

void add_graph(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<GraphOptions>();
  CLI::App* const command = app.add_subcommand("graph", "Save the graph of a configured build tree, for bulkhead diff");
  command->add_option("-B,--build", options->tree.build, "The configured build tree [default: ., else ./build]")
      ->type_name("BUILD");
  command->add_option("--configuration", options->tree.configurations, "Only this configuration; may be repeated")
      ->type_name("NAME");
  command->add_option("--format", options->format, "What to write, and where to. Formats: json")
      ->type_name("FMT[=FILE]");
  command->footer(
      "Exit status: 0 written, 2 could not read the build tree, or not write.\n\n"
      "Example: bulkhead graph -B build --format json=main.json");
  command->callback([options, &common, &run] { run = [options, &common] { return run_graph(*options, common); }; });
}

}  // namespace bulkhead
