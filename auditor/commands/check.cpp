// bulkhead check: audits a build tree.

#include <fmt/format.h>

#include <memory>

#include "auditor/commands/command.h"
#include "auditor/commands/outputs.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const Format& format : formats()) names.push_back(format.name);
  return names;
}

}  // namespace

Result<std::vector<Output>> parse_outputs(const std::vector<std::string>& arguments) {
  const auto chosen = choose_formats(arguments, format_names(), "");
  if (!chosen) return tl::unexpected(chosen.error());
  if (chosen->empty()) return default_outputs();
  std::vector<Output> outputs;
  for (const ChosenFormat& one : *chosen) outputs.push_back({&formats()[one.index], one.file});
  return outputs;
}

Result<ExitStatus> check_tree(const CheckOptions& options, const std::vector<Output>& outputs,
                              const CommonOptions& common) {
  const auto audited = audit_tree(options, BaselineNeed::as_named, common);
  if (!audited) return tl::unexpected(audited.error());
  const Report& report = audited->report;
  // After this point the result is known; what follows only says it.

  const Severity threshold = options.fail_on == "warning" ? Severity::warning : Severity::error;
  WriteOptions writing{.verbose = common.verbose, .threshold = threshold, .category = options.category};
  for (const Output& output : outputs) {
    writing.colour = output.file.empty() && wants_colour(common, 1);
    const auto text = output.format->write(report, writing);
    if (!text) return tl::unexpected(text.error());
    const auto written = deliver(output.format->name, output.file, output.is_guarded ? defuse(*text) : *text, common);
    if (!written) return tl::unexpected(written.error());
    if (output.format->name != "github") continue;
    if (const auto appended = append_job_summary(report, writing, common); !appended)
      return tl::unexpected(appended.error());
  }
  return fails_check(report, threshold) ? ExitStatus::findings : ExitStatus::clean;
}

void add_report_options(CLI::App& command, CheckOptions& options) {
  command
      .add_option("--format", options.formats,
                  fmt::format("What to write, and where to; may be repeated. Formats: {}", list_names(format_names())))
      ->type_name("FMT[=FILE]");
  add_audit_options(command, options);
  command.add_flag("--strict", options.strict, "Make what cannot be checked an error");
  command.add_option("--fail-on", options.fail_on, "The least severity that makes the exit status 1")
      ->check(CLI::IsMember({"error", "warning"}))
      ->capture_default_str();
  command.add_option("--category", options.category, "In SARIF: tells this analysis of a commit from others of it")
      ->type_name("NAME")
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
