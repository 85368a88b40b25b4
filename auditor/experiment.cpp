#include "auditor/experiment.h"

#include <fmt/format.h>

#include <system_error>

#include "auditor/commands/command.h"
#include "auditor/injection.h"
#include "auditor/process.h"
#include "auditor/source_snapshot.h"
#include "graph/file_io.h"
#include "reports/finding.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& tree, std::string_view suffix) {
  return tree.parent_path() / (tree.filename().string() + std::string(suffix));
}

std::optional<std::string> read_text(const fs::path& file) {
  FileBuffer buffer;
  const auto text = buffer.read(file);
  if (!text) return std::nullopt;
  return std::string(*text);
}

// What a finished experiment is known by: all that it depends on, and how it ended.
std::string mark_of(const ExperimentSetting& setting, const Experiment& experiment, bool configured) {
  std::string mark = fmt::format("{}\n{}\n{}\n{}\n", setting.inputs, setting.cmake, experiment.source.string(),
                                 setting.seed == Seed::values ? "fresh" : "seeded");
  for (const auto& [name, value] : experiment.assignments) mark += fmt::format("{}={}\n", name, value);
  return mark + (configured ? "configured\n" : "failed\n");
}

std::optional<ExperimentEnd> find_finished(const ExperimentSetting& setting, const Experiment& experiment) {
  const auto mark = read_text(beside(experiment.tree, ".done"));
  if (!mark) return std::nullopt;
  const bool configured = *mark == mark_of(setting, experiment, true);
  if (!configured && *mark != mark_of(setting, experiment, false)) return std::nullopt;
  ExperimentEnd end{.configured = configured, .reused = true};
  end.errors = read_text(beside(experiment.tree, ".errors")).value_or("");
  return end;
}

// The directories of CMakeFiles that say what the compilers are, "3.25.1": CMake reads them if the cache says so.
Result<void> copy_compilers(const fs::path& from, const fs::path& to) {
  std::error_code error;
  for (fs::directory_iterator entry(from / "CMakeFiles", error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    const fs::path name = entry->path().filename();
    if (!entry->is_directory() || name.string().find_first_not_of("0123456789.-rc") != std::string::npos) continue;
    std::error_code failed;
    fs::create_directories(to / "CMakeFiles" / name, failed);
    for (fs::directory_iterator file(entry->path(), failed); !failed && file != fs::directory_iterator();
         file.increment(failed)) {
      if (file->path().extension() != ".cmake") continue;
      fs::copy_file(file->path(), to / "CMakeFiles" / name / file->path().filename(), failed);
    }
    if (failed)
      return fail({(to / "CMakeFiles").string()}, "cannot copy what CMake knows of compilers: " + failed.message());
  }
  return {};
}

Result<void> plant(const ExperimentSetting& setting, const Experiment& experiment) {
  const auto cache = read_text(setting.build / "CMakeCache.txt");
  if (!cache) {
    return fail({(setting.build / "CMakeCache.txt").string()}, "cannot read this file",
                "an experiment begins with what a configured build tree knows");
  }
  std::vector<std::pair<std::string, std::string>> roots = {
      {setting.build.generic_string(), experiment.tree.generic_string()},
      {setting.source.generic_string(), experiment.source.generic_string()}};
  if (auto written = write_file(experiment.tree / "CMakeCache.txt", seed_cache(*cache, setting.seed, roots)); !written)
    return written;
  if (setting.seed == Seed::values) return {};
  return copy_compilers(setting.build, experiment.tree);
}

Result<void> clear(const fs::path& tree) {
  std::error_code error;
  for (const std::string_view suffix : {".done", ".errors", ".inject"}) fs::remove_all(beside(tree, suffix), error);
  fs::remove_all(tree, error);
  if (!error) fs::create_directories(tree, error);
  if (!error) fs::create_directories(beside(tree, ".inject"), error);
  if (error) return fail({tree.string()}, "cannot make this directory anew: " + error.message());
  return {};
}

}  // namespace

Result<ExperimentEnd> make_experiment(const ExperimentSetting& setting, const Experiment& experiment) {
  if (auto finished = find_finished(setting, experiment)) return std::move(*finished);
  if (auto cleared = clear(experiment.tree); !cleared) return tl::unexpected(cleared.error());
  if (auto planted = plant(setting, experiment); !planted) return tl::unexpected(planted.error());
  const auto script = write_injection(beside(experiment.tree, ".inject"));
  if (!script) return tl::unexpected(script.error());

  GroupRun run{.command = {setting.cmake, "-S", experiment.source.string(), "-B", experiment.tree.string()},
               .errors = beside(experiment.tree, ".errors"),
               .limit = setting.limit};
  for (const auto& [name, value] : experiment.assignments) run.command.push_back(fmt::format("-D{}={}", name, value));
  run.command.insert(run.command.end(), {"-C", script->string()});
  const SourceSnapshot before = take_snapshot(setting.source, setting.build);
  const auto group = run_group(run);
  if (!group) {
    Error error = group.error();
    error.hint = "name the program with --cmake";
    return tl::unexpected(std::move(error));
  }
  ExperimentEnd end{.configured = group->end.status == 0 && !group->end.signal && !group->timed_out,
                    .timed_out = group->timed_out,
                    .interruption = group->end.interruption};
  end.errors = read_text(run.errors).value_or("");
  end.written = find_changes(before, take_snapshot(setting.source, setting.build));
  if (end.interruption || end.timed_out) return end;
  // After this point a later run need not repeat it.
  if (auto marked = write_file(beside(experiment.tree, ".done"), mark_of(setting, experiment, end.configured)); !marked)
    return tl::unexpected(marked.error());
  return end;
}

}  // namespace bulkhead
