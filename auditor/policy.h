// The policy: what bulkhead.toml says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "auditor/glob.h"
#include "auditor/selector.h"
#include "auditor/toggle.h"
#include "graph/result.h"

namespace bulkhead {

/// What it means that nobody has set a toggle's variable.
enum class Unset : std::uint8_t { error, off, on };

/// A glob and where the policy writes it.
struct PolicyGlob {
  Glob glob;
  Location where;
};

/// A `[[module]]`: a named optional part of the project.
struct Module {
  std::string name;
  std::string stage{};  ///< "S0", "S1" or "S2"; empty when the policy does not say.
  Toggle toggle;
  Unset unset = Unset::error;
  std::vector<PolicyGlob> paths{};    ///< Files and directories that the module owns.
  std::vector<PolicyGlob> targets{};  ///< Names of targets, and of libraries that only exist while it is on.
  std::vector<PolicyGlob> defines{};  ///< Names of definitions that only its own code may be compiled with.
  std::vector<Selector> entry{};      ///< Core targets that may depend on it while it is on.
  std::vector<std::string> owners{};
  Location where{};
  Location toggle_where{};  ///< Of the toggle's text.
};

/// A policy file, parsed and checked in itself; whether it fits a build tree is seen by resolve_modules().
struct Policy {
  std::string file;
  std::vector<Selector> set_aside{};  ///< Neither core nor module.
  std::vector<Module> modules{};
};

/// The name of the policy file, looked for by find_policy().
inline constexpr std::string_view policy_file_name = "bulkhead.toml";

/// The policy file of a source directory: in it, or in the nearest directory above. None when there is none.
[[nodiscard]] std::optional<std::filesystem::path> find_policy(const std::filesystem::path& source_directory);

/// Reads a policy file. Unknown keys, wrong types, globs, selectors and toggles that do not parse are located errors.
[[nodiscard]] Result<Policy> read_policy(const std::filesystem::path& file);

/// The same for a text; `file` is for messages.
[[nodiscard]] Result<Policy> parse_policy(std::string_view text, const std::string& file);

}  // namespace bulkhead
