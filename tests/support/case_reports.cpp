#include "tests/support/case_reports.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "auditor/audit.h"
#include "auditor/policy.h"
#include "graph/saved_graph.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {

namespace fs = std::filesystem;

namespace {

// What experiments with the first module of the policy gave: off.txt is the graph without it, generated/off and
// generated/on are what the configures wrote, removal.txt is what CMake said without its files.
std::optional<ModuleExperiments> read_experiments(const fs::path& directory, const BuildTree& on) {
  ModuleExperiments experiments{.module = {}};
  bool is_any = false;
  if (fs::exists(directory / "off.txt")) {
    const TextAudit off = parse_text_graph(read_file(directory / "off.txt"), "/no/sources");
    experiments.flip = diff_graphs(save_graph(off.tree), save_graph(on)).value();
    is_any = true;
  }
  if (fs::exists(directory / "generated")) {
    experiments.generated = compare_generated_files(directory / "generated" / "off", directory / "generated" / "on");
    is_any = true;
  }
  if (fs::exists(directory / "removal.txt")) {
    experiments.removal = parse_cmake_errors(read_file(directory / "removal.txt"), "/shadow");
    is_any = true;
  }
  if (!is_any) return std::nullopt;
  return experiments;
}

}  // namespace

Result<CaseReport> audit_case(const fs::path& directory) {
  const fs::path project = directory / "project";
  TextAudit text =
      parse_text_graph(read_file(directory / "graph.txt"), fs::exists(project) ? project.string() : "/no/sources");
  const auto policy = parse_policy(read_file(directory / "bulkhead.toml"), "bulkhead.toml");
  if (!policy) return tl::unexpected(policy.error());
  if (fs::exists(directory / "bulkhead.baseline")) {
    auto baseline = parse_baseline(read_file(directory / "bulkhead.baseline"), "bulkhead.baseline");
    if (!baseline) return tl::unexpected(baseline.error());
    text.options.baseline = std::move(*baseline);
  }
  text.options.keep_graphs = true;
  if (auto experiments = read_experiments(directory, text.tree)) {
    experiments->module = policy->modules.front().name;
    text.options.experiments.push_back(std::move(*experiments));
  }
  auto report = audit(text.tree, *policy, text.options);
  if (!report) return tl::unexpected(report.error());
  return CaseReport{std::move(*report), text.verbose};
}

std::vector<fs::path> all_cases() {
  std::vector<fs::path> cases;
  for (const fs::directory_entry& rule : fs::directory_iterator(test_directory() / "cases")) {
    for (const fs::directory_entry& entry : fs::directory_iterator(rule.path())) cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

bool updates_golden() {
  const char* const value = std::getenv("UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) == "1";
}

}  // namespace bulkhead::test
