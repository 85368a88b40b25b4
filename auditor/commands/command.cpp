#include "auditor/commands/command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "auditor/audit.h"
#include "auditor/date.h"
#include "auditor/declared_modules.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

// Read before there is any thread.
std::string_view environment(const char* variable) {
  const char* const value = std::getenv(variable);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool has_reply(const fs::path& directory) {
  std::error_code ignored;
  return fs::is_directory(directory / ".cmake" / "api" / "v1", ignored) ||
         fs::exists(directory / "CMakeCache.txt", ignored);
}

// By which waivers expire: as asked for, else the day of a reproducible build, else today, in UTC.
Result<Date> choose_today(const std::string& wanted) {
  if (!wanted.empty()) {
    const auto date = parse_date(wanted);
    if (!date) return fail({}, fmt::format("--today: '{}' is no day", wanted), "write it as YYYY-MM-DD");
    return *date;
  }
  constexpr std::int64_t seconds_of_day = 86400;
  std::int64_t seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  if (const std::string_view epoch = environment("SOURCE_DATE_EPOCH"); !epoch.empty()) {
    const auto [end, error] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), seconds);
    constexpr std::int64_t most_days = 2932896;  // 9999-12-31
    if (error != std::errc() || end != epoch.data() + epoch.size() || seconds < 0 ||
        seconds / seconds_of_day > most_days) {
      return fail({}, fmt::format("SOURCE_DATE_EPOCH is '{}', and has to be a number of seconds since 1970", epoch));
    }
  }
  return Date{static_cast<std::int32_t>(seconds / seconds_of_day)};
}

// The file that the options name, else the one beside the policy, else in the project.
fs::path choose_baseline(const CheckOptions& options, const Policy& policy, const BuildTree& tree) {
  if (!options.baseline.empty()) return options.baseline;
  if (!policy.file.empty()) return fs::path(policy.file).parent_path() / baseline_file_name;
  return fs::path(tree.graphs.front().info().source_root) / baseline_file_name;
}

}  // namespace

bool wants_colour(const CommonOptions& options, int descriptor) {
  if (options.colour != "auto") return options.colour == "always";
  if (!environment("NO_COLOR").empty()) return false;  // https://no-color.org: whatever its value
  if (const std::string_view force = environment("CLICOLOR_FORCE"); !force.empty() && force != "0") return true;
  return ::isatty(descriptor) == 1;
}

void add_tree_options(CLI::App& command, TreeOptions& options) {
  command.add_option("-B,--build", options.build, "The configured build tree [default: ., else ./build]")
      ->type_name("BUILD");
  add_policy_options(command, options);
}

void add_policy_options(CLI::App& command, TreeOptions& options) {
  command.add_option("--policy", options.policy, "The policy [default: bulkhead.toml in the source tree or above]")
      ->type_name("FILE");
  command.add_option("--configuration", options.configurations, "Only this configuration; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME");
}

void add_audit_options(CLI::App& command, CheckOptions& options) {
  command
      .add_option("--inventory", options.inventory,
                  "What the modules own while they are on, as 'bulkhead inventory' wrote it")
      ->type_name("FILE");
  command.add_option("--cache", options.cache, "Keep the lexed sources in this directory, for the next check")
      ->type_name("DIR");
  command
      .add_option("--baseline", options.baseline,
                  "Findings that are known, or 'none' [default: bulkhead.baseline beside the policy]")
      ->type_name("FILE");
  command
      .add_option("--today", options.today,
                  "The day by which waivers expire [default: that of SOURCE_DATE_EPOCH, else today]")
      ->type_name("YYYY-MM-DD");
}

fs::path choose_build(const TreeOptions& options) {
  if (!options.build.empty()) return options.build;
  if (!has_reply(".") && has_reply("build")) return "build";
  return ".";
}

std::vector<std::string> tree_words(const TreeOptions& options) {
  std::vector<std::string> words;
  if (!options.build.empty()) words.insert(words.end(), {"-B", options.build.string()});
  if (!options.policy.empty()) words.insert(words.end(), {"--policy", options.policy.string()});
  for (const std::string& name : options.configurations) words.insert(words.end(), {"--configuration", name});
  return words;
}

Result<std::optional<Policy>> find_policy_for(const TreeOptions& options, const BuildTree& tree) {
  auto declared = read_declared_modules(choose_build(options), tree);
  if (!declared) return tl::unexpected(declared.error());
  const auto found = options.policy.empty() ? find_policy(tree.graphs.front().info().source_root) : options.policy;
  if (!found && declared->modules.empty()) return std::nullopt;
  auto policy = found ? read_policy(*found, std::move(*declared)) : parse_policy({}, {}, std::move(*declared));
  if (!policy) return tl::unexpected(policy.error());
  return std::move(*policy);
}

Result<Policy> read_policy_for(const TreeOptions& options, const BuildTree& tree) {
  auto policy = find_policy_for(options, tree);
  if (!policy) return tl::unexpected(policy.error());
  if (!*policy) {
    return fail(
        {}, fmt::format("there is no {} in {} or above it", policy_file_name, tree.graphs.front().info().source_root),
        "let 'bulkhead init' propose one, write one (docs/policy.md begins with three lines that do), name one with "
        "--policy, or declare modules in CMake with bulkhead_module()");
  }
  return std::move(**policy);
}

Result<AuditedTree> audit_tree(const CheckOptions& options, BaselineNeed need, const CommonOptions& common) {
  const auto today = choose_today(options.today);
  if (!today) return tl::unexpected(today.error());
  const auto tree = read_build_tree(choose_build(options.tree), {.configurations = options.tree.configurations});
  if (!tree) return tl::unexpected(tree.error());
  const auto policy = read_policy_for(options.tree, *tree);
  if (!policy) return tl::unexpected(policy.error());
  AuditOptions auditing{.strict = options.strict,
                        .cache = options.cache,
                        .progress = common.quiet ? Progress::Show() : terminal_line(),
                        .today = *today,
                        .keep_graphs = options.keep_graphs};
  if (!options.inventory.empty()) {
    auto inventory = read_inventory(options.inventory);
    if (!inventory) return tl::unexpected(inventory.error());
    auditing.inventory = std::move(*inventory);
  }
  AuditedTree audited{.report = {}, .baseline_file = choose_baseline(options, *policy, *tree), .baseline = {}};
  std::error_code ignored;
  const bool must_be_there = need == BaselineNeed::as_named && !options.baseline.empty();
  if (options.baseline != "none" && (must_be_there || fs::exists(audited.baseline_file, ignored))) {
    auto baseline = read_baseline(audited.baseline_file);
    if (!baseline) return tl::unexpected(baseline.error());
    audited.baseline = std::move(*baseline);
    auditing.baseline = audited.baseline;
  }
  auto report = audit(*tree, *policy, auditing);
  if (!report) return tl::unexpected(report.error());
  audited.report = std::move(*report);
  return audited;
}

Result<AuditOptions> choose_audit_options(const CheckOptions& options, const Policy& policy, const BuildTree& tree) {
  const auto today = choose_today(options.today);
  if (!today) return tl::unexpected(today.error());
  AuditOptions auditing{.strict = options.strict, .cache = options.cache, .today = *today};
  std::error_code ignored;
  const fs::path file = choose_baseline(options, policy, tree);
  if (options.baseline == "none" || !fs::exists(file, ignored)) return auditing;
  auto baseline = read_baseline(file);
  if (!baseline) return tl::unexpected(baseline.error());
  auditing.baseline = std::move(*baseline);
  return auditing;
}

Result<void> print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) return fail({}, "cannot write to the standard output");
  return {};
}

Result<void> replace_file(const fs::path& path, std::string_view text) {
  std::error_code error;
  // A link stays one.
  const fs::path place = fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : path;
  fs::path draft = place;
  draft += ".new";
  if (auto written = write_file(draft, text); !written) {
    fs::remove(draft, error);
    return fail({path.string()}, "cannot write this file");
  }
  fs::rename(draft, place, error);
  if (error) return fail({path.string()}, "cannot write this file: " + error.message());
  return {};
}

Result<void> write_file(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return fail({path.string()}, "cannot write this file");
  return {};
}

void add_link_option(CLI::App& command, std::string& link) {
  command
      .add_option("--link", link,
                  "Make pictures link to the sources, as 'https://example.org/blob/main/{file}#L{line}'")
      ->type_name("URL");
}

Result<std::optional<LinkTemplate>> parse_link(const std::string& link) {
  if (link.empty()) return std::nullopt;
  auto parsed = LinkTemplate::parse(link);
  if (!parsed) return tl::unexpected(parsed.error());
  return std::move(*parsed);
}

}  // namespace bulkhead
