// owners: fewer people look after an S0 module than the policy asks for.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "auditor/code_owners.h"
#include "auditor/evidence.h"
#include "auditor/rule.h"
#include "auditor/source_tree.h"

namespace bulkhead {
namespace {

// The files of a module that too few own, by CODEOWNERS and the policy together.
struct Shortage {
  std::size_t files = 0;
  std::string example{};
  std::set<std::string> owners{};  // of the example
  std::uint32_t line = 0;          // of CODEOWNERS, for the example
};

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::optional<Shortage> find_shortage(const RuleInput& input, std::size_t index, const FoundCodeOwners& found) {
  const Module& module = input.policy.modules[index];
  const std::filesystem::path root(input.graph.info().source_root);
  Shortage shortage;
  std::size_t files = 0;
  for (const PolicyGlob& path : module.paths) {
    for (const std::string& file : input.disk.files(path.glob)) {
      if (input.modules.path_owner(file) != Owner::module(index)) continue;
      ++files;
      const std::string in_repository = (root / file).lexically_normal().lexically_relative(found.top).generic_string();
      const FileOwners owners = found.owners.owners_of(in_repository);
      std::set<std::string> all(module.owners.begin(), module.owners.end());
      all.insert(owners.names.begin(), owners.names.end());
      if (all.size() >= input.policy.min_owners) continue;
      if (shortage.files++ == 0 || file < shortage.example) {
        shortage.example = file;
        shortage.owners = std::move(all);
        shortage.line = owners.line;
      }
    }
  }
  if (files == 0 || shortage.files == 0) return std::nullopt;
  return shortage;
}

Finding make_finding(const RuleInput& input, const Module& module, const std::set<std::string>& owners,
                     const std::string& of_what) {
  const std::string who =
      owners.empty() ? "no owner" : plural(owners.size(), "owner") + fmt::format(" ({})", fmt::join(owners, ", "));
  Finding finding{
      .rule = {},
      .module = module.name,
      .message = fmt::format("{} has {}, and {} asked for", of_what, who,
                             input.policy.min_owners == 1 ? "one is" : fmt::format("{} are", input.policy.min_owners)),
      .help = "add people or teams to 'owners' of the module, or to CODEOWNERS",
      .subjects = {"owners"}};
  finding.evidence.push_back(
      {.file = shown_path(input.sources.paths(), module.where.file), .line = module.where.line, .mark = {}});
  return finding;
}

}  // namespace

std::vector<Finding> run_owners(const RuleInput& input) {
  std::vector<Finding> findings;
  std::optional<FoundCodeOwners> code_owners;
  bool is_read = false;
  for (std::size_t i = 0; i < input.policy.modules.size(); ++i) {
    const Module& module = input.policy.modules[i];
    const std::set<std::string> owners(module.owners.begin(), module.owners.end());
    if (module.stage != "S0" || owners.size() >= input.policy.min_owners) continue;
    if (!std::exchange(is_read, true)) code_owners = find_code_owners(input.graph.info().source_root);
    if (!code_owners || module.paths.empty()) {
      findings.push_back(make_finding(input, module, owners, "module " + module.name));
      continue;
    }
    const auto shortage = find_shortage(input, i, *code_owners);
    if (!shortage) continue;
    const std::string others =
        shortage->files == 1 ? "" : fmt::format(" and {}", plural(shortage->files - 1, "more file"));
    Finding finding = make_finding(input, module, shortage->owners,
                                   fmt::format("{}{} of module {}", shortage->example, others, module.name));
    if (shortage->line != 0) {
      std::string buffer;
      const std::string file = code_owners->top + "/" + code_owners->owners.file();
      finding.evidence.push_back(
          {.file = std::string(input.sources.paths().normalise(file, buffer)), .line = shortage->line, .mark = {}});
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace bulkhead
