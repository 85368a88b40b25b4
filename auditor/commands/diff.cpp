// bulkhead diff: what came and went between two build trees, or their saved graphs.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "auditor/commands/command.h"
#include "auditor/commands/outputs.h"
#include "auditor/diff_findings.h"
#include "auditor/diff_groups.h"
#include "auditor/version.h"
#include "graph/graph_diff.h"
#include "graph/saved_graph.h"
#include "reports/diff_writer.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

struct DiffOptions {
  fs::path before;
  fs::path after;
  TreeOptions tree;
  std::vector<std::string> formats;
  std::string today;
  bool fail_on_new = false;
};

/// One of the two sides, as it was read.
struct ReadSide {
  std::optional<BuildTree> tree;  ///< None for a saved graph.
  SavedGraph graph;
};

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const DiffFormat& format : diff_formats()) names.push_back(format.name);
  return names;
}

// Drops the configurations of a saved graph that nobody asked for; of a build tree they are not read at all.
Result<void> keep_configurations(SavedGraph& graph, const std::vector<std::string>& wanted, const fs::path& file) {
  if (wanted.empty()) return {};
  for (const std::string& name : wanted) {
    const auto& all = graph.configurations;
    const bool is_there =
        std::any_of(all.begin(), all.end(), [&name](const SavedConfiguration& one) { return one.name == name; });
    if (!is_there) return fail({file.string()}, fmt::format("there is no configuration '{}' in it", name));
  }
  std::erase_if(graph.configurations, [&wanted](const SavedConfiguration& one) {
    return std::find(wanted.begin(), wanted.end(), one.name) == wanted.end();
  });
  return {};
}

Result<ReadSide> read_side(const fs::path& path, const TreeOptions& options) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return fail({}, fmt::format("there is no {}", path.string()),
                "name a build tree, a directory with a reply, or what 'bulkhead graph' wrote");
  }
  if (!fs::is_directory(path, ignored)) {
    auto graph = read_saved_graph(path);
    if (!graph) return tl::unexpected(graph.error());
    if (const auto kept = keep_configurations(*graph, options.configurations, path); !kept)
      return tl::unexpected(kept.error());
    return ReadSide{std::nullopt, std::move(*graph)};
  }
  auto tree = read_build_tree(path, {.configurations = options.configurations});
  if (!tree) return tl::unexpected(tree.error());
  SavedGraph graph = save_graph(*tree);
  return ReadSide{std::move(*tree), std::move(graph)};
}

DiffSide describe(const ReadSide& side) {
  const SavedGraph& graph = side.graph;
  return {.cmake_version = graph.cmake_version,
          .generator = graph.generator,
          .codemodel = fmt::format("{}.{}", graph.codemodel_major, graph.codemodel_minor),
          .captured = graph.captured,
          .saved = !side.tree};
}

// The policy by which the diff is told: --policy, else that of NEW's source tree. A saved graph has no source tree.
Result<std::optional<Policy>> choose_policy(const DiffOptions& options, const ReadSide& after) {
  if (after.tree) {
    TreeOptions tree = options.tree;
    tree.build = options.after;
    return find_policy_for(tree, *after.tree);
  }
  if (options.tree.policy.empty()) return std::nullopt;
  auto policy = read_policy(options.tree.policy);
  if (!policy) return tl::unexpected(policy.error());
  return std::move(*policy);
}

// Why findings cannot be compared; empty when they can.
std::string say_obstacle(const ReadSide& before, const ReadSide& after, const std::optional<Policy>& policy) {
  if (!before.tree || !after.tree)
    return fmt::format("{} is a saved graph, which cannot be audited", before.tree ? "NEW" : "OLD");
  return policy ? "" : "there is no policy";
}

Result<void> compare_findings(const DiffOptions& options, const ReadSide& before, const ReadSide& after,
                              const std::optional<Policy>& policy, DiffReport& report) {
  if (const std::string obstacle = say_obstacle(before, after, policy); !obstacle.empty()) {
    if (!options.fail_on_new) return {};
    return fail({}, "findings cannot be compared: " + obstacle, "--fail-on new needs two build trees and a policy");
  }
  CheckOptions checking{.tree = options.tree, .today = options.today};
  checking.tree.build = options.after;
  const auto auditing = choose_audit_options(checking, *policy, *after.tree);
  if (!auditing) return tl::unexpected(auditing.error());
  auto findings = diff_findings(*before.tree, *after.tree, *policy, *auditing);
  if (!findings && options.fail_on_new) return tl::unexpected(findings.error());
  if (!findings) {
    report.remarks.push_back("findings are not compared: " + findings.error().message);
    return {};
  }
  report.findings = std::move(*findings);
  for (std::string& remark : compare_states(*before.tree, *after.tree, *policy))
    report.remarks.push_back(std::move(remark));
  return {};
}

Result<void> write_outputs(const DiffReport& report, std::vector<ChosenFormat> outputs, const CommonOptions& common) {
  if (outputs.empty()) outputs.emplace_back();  // text comes first
  for (const ChosenFormat& output : outputs) {
    const DiffFormat& format = diff_formats()[output.index];
    const bool colour = output.file.empty() && wants_colour(common, 1);
    const auto text = format.write(report, {.colour = colour, .verbose = common.verbose});
    if (!text) return tl::unexpected(text.error());
    if (const auto written = deliver(format.name, output.file, *text, common); !written)
      return tl::unexpected(written.error());
  }
  return {};
}

Result<ExitStatus> run_diff(const DiffOptions& options, const CommonOptions& common) {
  const auto outputs = choose_formats(options.formats, format_names(), "diff");
  if (!outputs) return tl::unexpected(outputs.error());
  const auto before = read_side(options.before, options.tree);
  if (!before) return tl::unexpected(before.error());
  const auto after = read_side(options.after, options.tree);
  if (!after) return tl::unexpected(after.error());
  const auto policy = choose_policy(options, *after);
  if (!policy) return tl::unexpected(policy.error());
  auto diff = diff_graphs(before->graph, after->graph);
  if (!diff) return tl::unexpected(diff.error());
  // After this point the two can be compared.

  DiffReport report{.tool_version = std::string(version),
                    .before = describe(*before),
                    .after = describe(*after),
                    .configurations = diff->configurations,
                    .remarks = diff->remarks,
                    .by_module = false,
                    .groups = {},
                    .inherited_added = diff->inherited_added,
                    .inherited_removed = diff->inherited_removed};
  report.not_compared = {EdgeKind::include};  // only the scan of an audit shows them
  if (!before->graph.commands && !after->graph.commands) report.not_compared.push_back(EdgeKind::command);
  group_changes(before->graph, after->graph, policy->value_or(Policy{}), std::move(*diff), report);
  if (const auto compared = compare_findings(options, *before, *after, *policy, report); !compared)
    return tl::unexpected(compared.error());
  if (const auto written = write_outputs(report, *outputs, common); !written) return tl::unexpected(written.error());
  const bool failed = options.fail_on_new && report.findings && !report.findings->fresh.empty();
  return failed ? ExitStatus::findings : ExitStatus::clean;
}

}  // namespace

void add_diff(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* const command = app.add_subcommand("diff", "Show what came and went between two build trees");
  command->add_option("OLD", options->before, "A build tree, a directory with a reply, or a saved graph")->required();
  command->add_option("NEW", options->after, "Likewise")->required();
  add_policy_options(*command, options->tree);
  command
      ->add_option("--format", options->formats,
                   fmt::format("What to write, and where to; may be repeated. Formats: {}", list_names(format_names())))
      ->type_name("FMT[=FILE]");
  command
      ->add_option("--today", options->today,
                   "The day by which waivers expire [default: that of SOURCE_DATE_EPOCH, else today]")
      ->type_name("YYYY-MM-DD");
  command
      ->add_option_function<std::string>(
          "--fail-on", [options](const std::string&) { options->fail_on_new = true; },
          "new: status 1 when NEW has findings that OLD has not")
      ->check(CLI::IsMember({"new"}))
      ->type_name("WHAT");
  command->footer(
      "Exit status: 0 compared, 1 new findings and --fail-on new, 2 could not compare.\n\n"
      "Examples: bulkhead diff main.json build\n"
      "          bulkhead diff build-main build --fail-on new --format markdown=comment.md");
  command->callback([options, &common, &run] { run = [options, &common] { return run_diff(*options, common); }; });
}

}  // namespace bulkhead
