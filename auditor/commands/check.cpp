// bulkhead check: audits a build tree.

#include <fmt/format.h>

#include <memory>

#include "auditor/commands/command.h"
#include "auditor/nearest.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

std::string list_formats() {
  std::string names;
  for (const Format& format : formats()) names += (names.empty() ? "" : ", ") + std::string(format.name);
  return names;
}

}  // namespace

Result<std::vector<Output>> parse_outputs(const std::vector<std::string>& arguments) {
  std::vector<Output> outputs;
  bool uses_stdout = false;
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    const Format* const format = find_format(name);
    if (format == nullptr) {
      std::vector<std::string_view> names;
      for (const Format& known : formats()) names.push_back(known.name);
      const auto meant = nearest(name, names);
      return fail({}, fmt::format("there is no format '{}'", name),
                  meant ? fmt::format("did you mean {}?", *meant) : "formats: " + list_formats());
    }
    Output output{format, equals == std::string::npos ? std::string() : argument.substr(equals + 1)};
    if (equals != std::string::npos && output.file.empty())
      return fail({}, fmt::format("'{}' names no file", argument));
    if (output.file.empty() && std::exchange(uses_stdout, true)) {
      return fail({}, "two formats would go to the standard output",
                  "give one of them a file: --format json=report.json");
    }
    outputs.push_back(std::move(output));
  }
  if (outputs.empty()) outputs.push_back({find_format("text"), {}});
  return outputs;
}

Result<ExitStatus> check_tree(const CheckOptions& options, const std::vector<Output>& outputs,
                              const CommonOptions& common) {
  const auto link = parse_link(options.link);
  if (!link) return tl::unexpected(link.error());
  const auto audited = audit_tree(options, BaselineNeed::as_named, common);
  if (!audited) return tl::unexpected(audited.error());
  const Report& report = audited->report;
  // After this point the result is known; what follows only says it.

  for (const Output& output : outputs) {
    const bool to_stdout = output.file.empty();
    const auto text = output.format->write(
        report, {.colour = to_stdout && wants_colour(common, 1), .verbose = common.verbose, .link = *link});
    if (!text) return tl::unexpected(text.error());
    const auto written = to_stdout ? print(*text) : write_file(output.file, *text);
    if (!written) return tl::unexpected(written.error());
    if (!to_stdout && !common.quiet) fmt::print(stderr, "{}: written to {}\n", output.format->name, output.file);
  }
  const Summary summary = summarise(report);
  const bool failed = summary.errors != 0 || (options.fail_on == "warning" && summary.warnings != 0);
  return failed ? ExitStatus::findings : ExitStatus::clean;
}

void add_report_options(CLI::App& command, CheckOptions& options) {
  command
      .add_option("--format", options.formats,
                  fmt::format("What to write, and where to; may be repeated. Formats: {}", list_formats()))
      ->type_name("FMT[=FILE]");
  add_link_option(command, options.link);
  add_audit_options(command, options);
  command.add_flag("--strict", options.strict, "Make what cannot be checked an error");
  command.add_option("--fail-on", options.fail_on, "The least severity that makes the exit status 1")
      ->check(CLI::IsMember({"error", "warning"}))
      ->capture_default_str();
}

void add_check(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* const command = app.add_subcommand("check", "Audit a configured build tree against the policy");
  add_tree_options(*command, options->tree);
  add_report_options(*command, *options);
  command->footer(
      "Every command takes -q, -v and --color, too: see bulkhead --help.\n"
      "Exit status: 0 no error found, 1 errors found, 2 could not audit.\n\n"
      "Example: bulkhead check -B build --format text --format svg=findings.svg");
  command->callback([options, &common, &run] {
    run = [options, &common]() -> Result<ExitStatus> {
      const auto outputs = parse_outputs(options->formats);
      if (!outputs) return tl::unexpected(outputs.error());
      return check_tree(*options, *outputs, common);
    };
  });
}

}  // namespace bulkhead
