#include "auditor/policy.h"

#include <fmt/format.h>

#include <array>
#include <system_error>
#include <utility>

#include "auditor/module_reader.h"
#include "auditor/rule_reader.h"
#include "auditor/waiver_reader.h"
#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> project_keys = {"set_aside", "min_owners", "waivers_expire"};
constexpr std::array<std::string_view, 2> declared_top_keys = {"script", "module"};

std::vector<std::string_view> top_keys() {
  std::vector<std::string_view> keys = {"project", "module", "waiver"};
  for (const RuleKind kind : rule_kinds) keys.push_back(table_of(kind));
  return keys;
}

Result<void> read_project(const PolicyTable& document, Policy& policy) {
  const PolicyValue* const value = document.find("project");
  if (value == nullptr) return {};
  if (value->type != PolicyType::table) {
    return fail(document.at(*value), "'project' is no table", "write [project]");
  }
  const PolicyTable table(*value, "in [project]");
  if (auto known = table.check_keys(project_keys); !known) return known;
  if (auto read = table.read_selectors("set_aside", policy.set_aside); !read) return read;
  std::optional<std::uint32_t> min_owners;
  if (auto read = table.read_count("min_owners", 0, min_owners); !read) return read;
  policy.min_owners = min_owners.value_or(policy.min_owners);
  return table.read_flag("waivers_expire", policy.waivers_expire);
}

Result<void> check_set_aside(const Policy& policy) {
  for (const Selector& selector : policy.set_aside) {
    if (selector.kind == SelectorKind::core || selector.kind == SelectorKind::module) {
      return fail(selector.where, fmt::format("'{}' cannot be set aside", selector.text),
                  "what a module owns is no core anyway; name targets, paths or types");
    }
  }
  return {};
}

}  // namespace

std::optional<fs::path> find_policy(const fs::path& source_directory) {
  std::error_code ignored;
  for (fs::path directory = fs::absolute(source_directory, ignored);; directory = directory.parent_path()) {
    const fs::path file = directory / policy_file_name;
    if (fs::is_regular_file(file, ignored)) return file;
    if (!directory.has_relative_path()) return std::nullopt;
  }
}

Result<Policy> read_policy(const fs::path& file, DeclaredModules declared) {
  FileBuffer buffer;
  const auto text = buffer.read(file);
  if (!text) return tl::unexpected(text.error());
  return parse_policy(*text, file.string(), std::move(declared));
}

Result<Policy> parse_policy(std::string_view text, const std::string& file, DeclaredModules declared) {
  const auto document = parse_policy_value(text, file);
  if (!document) return tl::unexpected(document.error());
  const PolicyTable table(*document, "at the top level");
  if (auto known = table.check_keys(top_keys()); !known) return tl::unexpected(known.error());

  Policy policy{.file = file, .modules = std::move(declared.modules)};
  if (auto read = read_project(table, policy); !read) return tl::unexpected(read.error());
  if (auto read = read_modules(table, policy.modules); !read) return tl::unexpected(read.error());
  // After this point the names of all modules are known.
  if (auto checked = check_module_names(policy); !checked) return tl::unexpected(checked.error());
  if (auto read = read_rules(table, policy); !read) return tl::unexpected(read.error());
  if (auto checked = check_set_aside(policy); !checked) return tl::unexpected(checked.error());
  if (auto read = read_waivers(table, policy); !read) return tl::unexpected(read.error());
  return policy;
}

Result<DeclaredModules> parse_declared_modules(std::string_view text, const std::string& file,
                                               const std::string& source_root) {
  const auto document = parse_policy_value(text, file);
  if (!document) return tl::unexpected(document.error());
  const PolicyTable table(*document, "at the top level");
  if (auto known = table.check_keys(declared_top_keys); !known) return tl::unexpected(known.error());
  const PolicyValue* const script = table.find("script");
  if (script == nullptr) return fail(table.where(), "there is no 'script'");
  const auto path = table.to_string(*script, "script");
  if (!path) return tl::unexpected(path.error());

  DeclaredModules declared{.script = *path};
  if (auto read = read_declarations(table, source_root, declared.modules); !read) return tl::unexpected(read.error());
  return declared;
}

}  // namespace bulkhead
