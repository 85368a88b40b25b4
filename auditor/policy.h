// The policy: what bulkhead.toml says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "auditor/general_rule.h"
#include "auditor/policy_table.h"
#include "auditor/selector.h"
#include "auditor/toggle.h"
#include "auditor/waivers.h"
#include "graph/cache.h"
#include "graph/result.h"

namespace bulkhead {

/// What it means that nobody has set a toggle's variable.
enum class Unset : std::uint8_t { error, off, on };

/// What an entry of `disrupts` speaks of.
enum class ChangeKind : std::uint8_t {
  target,  ///< All changes of targets of that name.
  define,  ///< Definitions of that name, and lines of generated files with it.
  path,    ///< Files and directories, and generated files below `<build>`.
};

/// A change of the core that turning the module on may make.
struct DeclaredChange {
  ChangeKind kind = ChangeKind::target;
  Glob glob;
};

/// A `[[module]]`: a named optional part of the project.
struct Module {
  std::string name;
  std::string stage{};  ///< "S0", "S1" or "S2"; empty when the policy does not say.
  Toggle toggle;
  Unset unset = Unset::error;
  std::vector<PolicyGlob> paths{};         ///< Files and directories that the module owns.
  std::vector<PolicyGlob> targets{};       ///< Names of targets, and of libraries that only exist while it is on.
  std::vector<PolicyGlob> defines{};       ///< Names of definitions that only its own code may be compiled with.
  std::vector<Selector> entry{};           ///< Core targets that may depend on it while it is on.
  std::vector<DeclaredChange> disrupts{};  ///< What it may change elsewhere while it is on.
  std::vector<PolicyName> depends{};       ///< Modules that it may depend on.
  std::vector<Selector> replaces{};        ///< What it is to replace, when it is an S2 module.
  std::vector<std::string> owners{};
  Location where{};
  Location toggle_where{};           ///< Of the toggle's text.
  std::vector<CacheEntry> values{};  ///< Of declared ones: variables of the toggle, where it is declared.
  bool is_declared = false;          ///< By bulkhead_module().
};

/// A policy file, parsed and checked in itself; whether it fits a build tree is seen by resolve_modules().
struct Policy {
  std::string file;
  std::vector<Selector> set_aside{};  ///< Neither core nor module.
  std::vector<Module> modules{};
  std::vector<GeneralRule> rules{};  ///< By kind, then in the order of the file.
  std::vector<Waiver> waivers{};
  std::uint32_t min_owners = 1;  ///< How many people or teams an S0 module has to have.
  bool waivers_expire = false;   ///< Every waiver has to say when it expires.
};

/// What bulkhead_module() declared in CMake files, see cmake/Bulkhead.cmake.
struct DeclaredModules {
  std::string script{};           ///< The path of Bulkhead.cmake in the configure that wrote the declarations.
  std::vector<Module> modules{};  ///< Located at the calls, where those are found in the text of the CMake files.
};

/// The name of the policy file, looked for by find_policy().
inline constexpr std::string_view policy_file_name = "bulkhead.toml";

/// The policy file of a source directory: in it, or in the nearest directory above. None when there is none.
[[nodiscard]] std::optional<std::filesystem::path> find_policy(const std::filesystem::path& source_directory);

/// Reads a policy file. Unknown keys, wrong types, globs, selectors and toggles that do not parse are located errors.
/// The declared modules join those of the file; that both have one of the same name is an error, too.
[[nodiscard]] Result<Policy> read_policy(const std::filesystem::path& file, DeclaredModules declared = {});

/// The same for a text; `file` is for messages.
[[nodiscard]] Result<Policy> parse_policy(std::string_view text, const std::string& file,
                                          DeclaredModules declared = {});

/// Parses what Bulkhead.cmake wrote; `file` is for messages about the file itself. Globs become relative to
/// `source_root`, the absolute top source directory.
[[nodiscard]] Result<DeclaredModules> parse_declared_modules(std::string_view text, const std::string& file,
                                                             const std::string& source_root);

}  // namespace bulkhead
