#include "auditor/commands/command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <system_error>

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
      ->type_name("NAME");
}

fs::path choose_build(const TreeOptions& options) {
  if (!options.build.empty()) return options.build;
  if (!has_reply(".") && has_reply("build")) return "build";
  return ".";
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

Result<void> print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) return fail({}, "cannot write to the standard output");
  return {};
}

Result<void> write_file(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return fail({path.string()}, "cannot write this file");
  return {};
}

}  // namespace bulkhead
