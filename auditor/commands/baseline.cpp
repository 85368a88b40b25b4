// bulkhead baseline: writes the baseline; no other command does.

#include "auditor/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <set>
#include <string_view>
#include <system_error>

#include "auditor/commands/command.h"
#include "auditor/rule.h"
#include "graph/file_io.h"

namespace bulkhead {
namespace {

struct BaselineOptions {
  CheckOptions check;
  bool accept_new = false;
  bool gone = false;
};

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// A finding that is neither known nor waived, and the entries that would make it known.
struct NewFinding {
  const Finding* finding;
  std::vector<BaselineEntry> entries;
};

std::vector<NewFinding> find_new(const Report& report, const std::set<std::string>& known) {
  std::vector<NewFinding> found;
  for (const Finding& finding : report.findings) {
    const Rule* const rule = find_rule(finding.rule);
    if (finding.status != Status::fresh || rule == nullptr || rule->about != About::project) continue;
    NewFinding one{&finding, entries_of(finding)};
    std::erase_if(one.entries, [&known](const BaselineEntry& entry) { return known.contains(entry.fingerprint); });
    found.push_back(std::move(one));
  }
  return found;
}

// What no baseline holds, and fails the check all the same.
std::string say_what_stays(const Report& report) {
  const auto stays = std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
    const Rule* const rule = find_rule(finding.rule);
    return finding.status == Status::fresh && finding.severity == Severity::error && rule != nullptr &&
           rule->about != About::project;
  });
  if (stays == 0) return {};
  return fmt::format("{} about the policy, which no baseline holds: 'bulkhead check' tells\n",
                     plural(static_cast<std::size_t>(stays), "error", "errors"));
}

std::string say_new(const std::vector<NewFinding>& fresh) {
  std::string text;
  for (const NewFinding& one : fresh) {
    for (const BaselineEntry& entry : one.entries) text += fmt::format("new: {}\n", describe(entry));
    if (one.finding->evidence.empty() || one.finding->evidence.front().file.empty()) continue;
    const Evidence& place = one.finding->evidence.front();
    text +=
        place.line == 0 ? fmt::format("  --> {}\n", place.file) : fmt::format("  --> {}:{}\n", place.file, place.line);
  }
  return text;
}

// Leaves what is fixed out, and keeps what could not be seen.
std::vector<BaselineEntry> keep_unfixed(const AuditedTree& audited) {
  std::set<std::string> fixed;
  for (const MissingEntry& entry : audited.report.baseline->fixed) fixed.insert(entry.fingerprint);
  std::vector<BaselineEntry> kept = audited.baseline->entries;
  std::erase_if(kept, [&fixed](const BaselineEntry& entry) { return fixed.contains(entry.fingerprint); });
  return kept;
}

// Calls fixed what only lacks its depender.
void give_up_gone(BaselineReport& baseline) {
  const auto gone = std::stable_partition(baseline.unseen.begin(), baseline.unseen.end(),
                                          [](const MissingEntry& entry) { return !entry.gone; });
  std::move(gone, baseline.unseen.end(), std::back_inserter(baseline.fixed));
  baseline.unseen.erase(gone, baseline.unseen.end());
}

Result<AuditedTree> audit_for(const BaselineOptions& options, const CommonOptions& common) {
  if (options.check.baseline == "none") {
    return fail({}, "'none' is no baseline that can be written", "name a file: --baseline ./none");
  }
  auto audited = audit_tree(options.check, BaselineNeed::may_be_missing, common);
  if (audited && audited->baseline && options.gone) give_up_gone(*audited->report.baseline);
  return audited;
}

// As short as it can be typed from here.
std::string show_path(const std::filesystem::path& file) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  const std::filesystem::path near = file.lexically_proximate(here);
  return error || !file.is_absolute() || near.string().starts_with("..") ? file.string() : near.string();
}

// Writes the entries, unless the file has them already, and says what has become of it.
Result<void> write_entries(const AuditedTree& audited, const std::vector<BaselineEntry>& entries, std::size_t added,
                           const CommonOptions& common) {
  const std::string text = write_baseline(entries);
  FileBuffer buffer;
  const auto current = buffer.read(audited.baseline_file);
  const bool is_current = current && *current == text;
  if (!is_current) {
    if (auto written = replace_file(audited.baseline_file, text); !written) return written;
  }
  if (common.quiet) return {};
  const std::size_t removed = audited.baseline ? audited.report.baseline->fixed.size() : 0;
  std::string said =
      fmt::format("{}: {}", show_path(audited.baseline_file), plural(entries.size(), "entry", "entries"));
  if (removed != 0) said += fmt::format(", {} fixed and removed", removed);
  if (added != 0 && audited.baseline) said += fmt::format(", {} added", added);
  if (is_current) said += ", unchanged";
  if (audited.baseline && !audited.report.baseline->unseen.empty()) {
    said += fmt::format("; {} could not be seen in this build tree and {} kept", audited.report.baseline->unseen.size(),
                        audited.report.baseline->unseen.size() == 1 ? "is" : "are");
  }
  said += '\n';
  if (common.verbose && audited.baseline) {
    for (const MissingEntry& entry : audited.report.baseline->fixed) said += fmt::format("fixed: {}\n", entry.text);
    for (const MissingEntry& entry : audited.report.baseline->unseen) {
      said += fmt::format("not seen: {}: {}\n", entry.text, entry.reason);
    }
  }
  return print(said);
}

Result<ExitStatus> run_update(const BaselineOptions& options, const CommonOptions& common) {
  const auto audited = audit_for(options, common);
  if (!audited) return tl::unexpected(audited.error());
  std::vector<BaselineEntry> entries = audited->baseline ? keep_unfixed(*audited) : std::vector<BaselineEntry>();
  std::set<std::string> known;
  for (const BaselineEntry& entry : entries) known.insert(entry.fingerprint);
  const std::vector<NewFinding> fresh = find_new(audited->report, known);
  // The first one takes all that there is.
  const bool accepts = options.accept_new || !audited->baseline;
  for (const NewFinding& one : fresh) {
    for (const BaselineEntry& entry : one.entries) {
      if (accepts && known.insert(entry.fingerprint).second) entries.push_back(entry);
    }
  }
  const std::size_t added = known.size() + (audited->baseline ? audited->report.baseline->fixed.size() : 0) -
                            (audited->baseline ? audited->baseline->entries.size() : 0);
  if (auto written = write_entries(*audited, entries, added, common); !written) return tl::unexpected(written.error());
  if (!common.quiet) {
    if (auto said = print(say_what_stays(audited->report)); !said) return tl::unexpected(said.error());
  }
  if (accepts || fresh.empty()) return ExitStatus::clean;
  const auto said =
      print(say_new(fresh) + fmt::format("{} not added: mend {}, or add {} with --accept-new\n",
                                         plural(fresh.size(), "new finding was", "new findings were"),
                                         fresh.size() == 1 ? "it" : "them", fresh.size() == 1 ? "it" : "them"));
  if (!said) return tl::unexpected(said.error());
  return ExitStatus::findings;
}

Result<ExitStatus> run_prune(const BaselineOptions& options, const CommonOptions& common) {
  const auto audited = audit_for(options, common);
  if (!audited) return tl::unexpected(audited.error());
  if (!audited->baseline) {
    return fail({audited->baseline_file.string()}, "there is no baseline",
                "'bulkhead baseline update' writes the first one");
  }
  if (auto written = write_entries(*audited, keep_unfixed(*audited), 0, common); !written) {
    return tl::unexpected(written.error());
  }
  return ExitStatus::clean;
}

}  // namespace

void add_baseline(CLI::App& app, const CommonOptions& common, RunCommand& run) {
  auto options = std::make_shared<BaselineOptions>();
  CLI::App* const command = app.add_subcommand("baseline", "Write the findings that are known, which fail no check");
  CLI::App* const update = command->add_subcommand(
      "update", "Take out what is fixed, and say what is new; the first time, write down all findings");
  CLI::App* const prune = command->add_subcommand("prune", "Take out what is fixed, and nothing else");
  for (CLI::App* const one : {update, prune}) {
    add_tree_options(*one, options->check.tree);
    add_audit_options(*one, options->check);
    one->fallthrough();
  }
  prune->add_flag("--gone", options->gone, "Take out also what has its depender in no part of this build tree");
  update->add_flag("--accept-new", options->accept_new, "Add the findings that are new");
  update->footer(
      "Exit status: 0 the baseline has all findings, 1 there are new ones that were not added, 2 could not audit.\n\n"
      "Example: bulkhead baseline update -B build");
  prune->footer("Entries that this build tree cannot show, as of modules that are on, stay; -v lists them.");
  command->callback([command, &run] {
    if (!command->get_subcommands().empty()) return;
    run = []() -> Result<ExitStatus> {
      return fail({}, "this command needs another word", "say bulkhead baseline update, or bulkhead baseline prune");
    };
  });
  update->callback([options, &common, &run] { run = [options, &common] { return run_update(*options, common); }; });
  prune->callback([options, &common, &run] { run = [options, &common] { return run_prune(*options, common); }; });
}

}  // namespace bulkhead
