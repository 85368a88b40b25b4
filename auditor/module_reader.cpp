#include "auditor/module_reader.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "auditor/declaration.h"

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 12> module_keys = {"name",     "stage",   "toggle",  "unset",
                                                          "paths",    "targets", "entry",   "depends",
                                                          "replaces", "owners",  "defines", "disrupts"};
// Where the call stands: its file, and the source directory that its globs are relative to; and what the toggle's
// variables are there.
constexpr std::array<std::string_view, 3> declared_keys = {"declared_in", "directory", "values"};
constexpr std::array<std::string_view, 3> stages = {"S0", "S1", "S2"};
constexpr std::array<std::string_view, 3> unset_values = {"error", "off", "on"};

// "NAME=VALUE"
Result<void> read_values(const PolicyTable& table, std::vector<CacheEntry>& values) {
  return table.for_each_string("values", [&values](const std::string& text, const PolicyValue&) -> Result<void> {
    const std::size_t equals = text.find('=');
    const std::string value = equals == std::string::npos ? std::string() : text.substr(equals + 1);
    values.push_back({.name = text.substr(0, equals), .value = value, .type = {}});
    return {};
  });
}

// "target:GLOB", "define:GLOB" or "path:GLOB"
Result<void> read_disrupts(const PolicyTable& table, std::vector<DeclaredChange>& changes) {
  return table.for_each_string("disrupts", [&](const std::string& text, const PolicyValue& value) -> Result<void> {
    constexpr std::array kinds = {std::pair(ChangeKind::target, std::string_view("target:")),
                                  std::pair(ChangeKind::define, std::string_view("define:")),
                                  std::pair(ChangeKind::path, std::string_view("path:"))};
    for (const auto& [kind, prefix] : kinds) {
      if (!text.starts_with(prefix)) continue;
      Location where = table.inside(value);
      if (where.column != 0) where.column += static_cast<std::uint32_t>(prefix.size());
      auto glob = Glob::parse(text.substr(prefix.size()), where);
      if (!glob) return tl::unexpected(glob.error());
      changes.push_back({kind, std::move(*glob)});
      return {};
    }
    return fail(table.inside(value), fmt::format("'{}' does not say what changes", text),
                "write target:GLOB, define:GLOB or path:GLOB");
  });
}

Result<void> check_name(const PolicyTable& table, const std::string& name, const std::vector<Module>& modules) {
  for (const Module& other : modules) {
    if (other.name != name) continue;
    const std::string place =
        other.where.line == 0 ? other.where.file : fmt::format("{}:{}", other.where.file, other.where.line);
    return fail(table.at(*table.find("name")), fmt::format("there are two modules '{}'", name),
                fmt::format("the first is at {}", place));
  }
  return {};
}

// The two keys without which there is no module.
Result<Module> read_identity(const PolicyTable& table, const std::vector<Module>& modules) {
  const PolicyValue* const name_value = table.find("name");
  if (name_value == nullptr) return fail(table.where(), "this module has no name", "add name = \"…\"");
  const auto name = table.to_string(*name_value, "'name'");
  if (!name) return tl::unexpected(name.error());
  if (auto checked = check_name(table, *name, modules); !checked) return tl::unexpected(checked.error());
  const PolicyValue* const toggle_value = table.find("toggle");
  if (toggle_value == nullptr) {
    return fail(table.where(), fmt::format("module '{}' has no toggle", *name),
                "add toggle = \"USE_X\": the condition under which it is on");
  }
  const auto text = table.to_string(*toggle_value, "'toggle'");
  if (!text) return tl::unexpected(text.error());
  auto toggle = Toggle::parse(*text, table.inside(*toggle_value));
  if (!toggle) return tl::unexpected(toggle.error());
  return Module{
      .name = *name, .toggle = std::move(*toggle), .where = table.where(), .toggle_where = table.inside(*toggle_value)};
}

Result<void> read_module(const PolicyTable& table, bool is_declared, std::vector<Module>& modules) {
  std::vector<std::string_view> keys(module_keys.begin(), module_keys.end());
  if (is_declared) keys.insert(keys.end(), declared_keys.begin(), declared_keys.end());
  if (auto known = table.check_keys(keys); !known) return known;
  auto module = read_identity(table, modules);
  if (!module) return tl::unexpected(module.error());
  if (auto read = table.read_word("stage", stages, module->stage); !read) return read;
  std::string unset;
  if (auto read = table.read_word("unset", unset_values, unset); !read) return read;
  module->unset = unset == "off" ? Unset::off : unset == "on" ? Unset::on : Unset::error;
  if (auto read = table.read_paths("paths", module->paths); !read) return read;
  if (auto read = table.read_globs("targets", module->targets); !read) return read;
  if (auto read = table.read_globs("defines", module->defines); !read) return read;
  if (auto read = table.read_selectors("entry", module->entry); !read) return read;
  if (auto read = table.read_selectors("replaces", module->replaces); !read) return read;
  if (auto read = table.read_strings("owners", module->owners); !read) return read;
  if (auto read = read_disrupts(table, module->disrupts); !read) return read;
  if (auto read = table.read_names("depends", module->depends); !read) return read;
  if (auto read = read_values(table, module->values); !read) return read;
  module->is_declared = is_declared;
  if (module->paths.empty() && module->targets.empty() && module->defines.empty()) {
    return fail(table.where(), fmt::format("module '{}' owns nothing", module->name),
                "add paths = [\"…/**\"], targets = [\"…\"] or both");
  }
  modules.push_back(std::move(*module));
  return {};
}

// The keys that only a declared module has.
Result<Declaration> read_declaration(const PolicyTable& table, const std::string& source_root) {
  std::array<std::string, 3> texts;
  constexpr std::array<std::string_view, 3> keys = {"name", "declared_in", "directory"};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const PolicyValue* const value = table.find(keys[i]);
    if (value == nullptr) return fail(table.where(), fmt::format("there is no '{}'", keys[i]));
    auto text = table.to_string(*value, keys[i]);
    if (!text) return tl::unexpected(text.error());
    texts[i] = std::move(*text);
  }
  return Declaration(texts[1], texts[0], texts[2], source_root);
}

}  // namespace

Result<void> read_modules(const PolicyTable& document, std::vector<Module>& modules) {
  return for_each_table(document, "module", [&modules](const PolicyValue& value) {
    return read_module(PolicyTable(value, "in [[module]]"), false, modules);
  });
}

Result<void> read_declarations(const PolicyTable& document, const std::string& source_root,
                               std::vector<Module>& modules) {
  return for_each_table(document, "module", [&](const PolicyValue& value) -> Result<void> {
    const auto declaration = read_declaration(PolicyTable(value, "in [[module]]"), source_root);
    if (!declaration) return tl::unexpected(declaration.error());
    return read_module(PolicyTable(value, "in [[module]]", &*declaration), true, modules);
  });
}

Result<void> check_module_name(const Policy& policy, std::string_view name, const Location& where) {
  std::vector<std::string_view> names;
  for (const Module& module : policy.modules) {
    if (module.name == name) return {};
    names.push_back(module.name);
  }
  return fail(where, fmt::format("there is no module '{}'", name),
              names.empty() ? "the policy has no [[module]]" : did_you_mean(name, names));
}

Result<void> check_module_names(const Policy& policy, const std::vector<Selector>& selectors) {
  for (const Selector& selector : selectors) {
    if (selector.kind != SelectorKind::module) continue;
    if (auto found = check_module_name(policy, selector.name, selector.where); !found) return found;
  }
  return {};
}

Result<void> check_module_names(const Policy& policy) {
  for (const Module& module : policy.modules) {
    if (auto found = check_module_names(policy, module.entry); !found) return found;
    if (auto found = check_module_names(policy, module.replaces); !found) return found;
    for (const PolicyName& depends : module.depends) {
      if (auto found = check_module_name(policy, depends.name, depends.where); !found) return found;
    }
  }
  return {};
}

}  // namespace bulkhead
