#include "auditor/policy.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <span>
#include <system_error>

#include "auditor/declaration.h"
#include "auditor/nearest.h"
#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> top_keys = {"project", "module"};
constexpr std::array<std::string_view, 1> project_keys = {"set_aside"};
constexpr std::array<std::string_view, 11> module_keys = {"name",  "stage",   "toggle",   "unset",  "paths",  "targets",
                                                          "entry", "depends", "replaces", "owners", "defines"};
constexpr std::array<std::string_view, 2> declared_top_keys = {"script", "module"};
// Where the call stands: its file, and the source directory that its globs are relative to; and what the toggle's
// variables are there.
constexpr std::array<std::string_view, 3> declared_keys = {"declared_in", "directory", "values"};
constexpr std::array<std::string_view, 3> stages = {"S0", "S1", "S2"};
constexpr std::array<std::string_view, 3> unset_values = {"error", "off", "on"};

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  if (const auto meant = nearest(word, known)) return fmt::format("did you mean '{}'?", *meant);
  return fmt::format("known here: {}", fmt::join(known, ", "));
}

// Reads a document; the first thing that is wrong ends it.
class PolicyReader {
 public:
  explicit PolicyReader(std::string file) : file_(std::move(file)) {}

  Result<Policy> read(const toml::table& document, DeclaredModules declared) {
    Policy policy{.file = file_, .modules = std::move(declared.modules)};
    if (auto known = check_keys(document, top_keys, "at the top level"); !known) return tl::unexpected(known.error());
    if (const toml::node* const project = document.get("project")) {
      if (auto read = read_project(*project, policy); !read) return tl::unexpected(read.error());
    }
    if (const toml::node* const modules = document.get("module")) {
      if (auto read = read_modules(*modules, policy.modules); !read) return tl::unexpected(read.error());
    }
    if (auto checked = check_module_names(policy); !checked) return tl::unexpected(checked.error());
    for (const Selector& selector : policy.set_aside) {
      if (selector.kind == SelectorKind::core || selector.kind == SelectorKind::module) {
        return fail(selector.where, fmt::format("'{}' cannot be set aside", selector.text),
                    "what a module owns is no core anyway; name targets, paths or types");
      }
    }
    return policy;
  }

  Result<DeclaredModules> read_declared(const toml::table& document, const std::string& source_root) {
    if (auto known = check_keys(document, declared_top_keys, "at the top level"); !known)
      return tl::unexpected(known.error());
    const auto script = read_required(document, "script");
    if (!script) return tl::unexpected(script.error());
    DeclaredModules declared{.script = *script};
    source_root_ = source_root;
    if (const toml::node* const modules = document.get("module")) {
      if (auto read = read_modules(*modules, declared.modules); !read) return tl::unexpected(read.error());
    }
    return declared;
  }

 private:
  [[nodiscard]] Location at(const toml::source_region& region) const {
    return {file_, region.begin.line, region.begin.column};
  }
  // What is wrong with a declared module is wrong with its call.
  [[nodiscard]] Location at(const toml::node& node) const {
    if (!declaration_) return at(node.source());
    const auto* const text = node.as_string();
    return text == nullptr ? declaration_->where() : declaration_->find(text->get());
  }
  // Where the text of a string begins: behind its quote.
  [[nodiscard]] Location inside(const toml::node& node) const {
    Location where = at(node);
    if (!declaration_) ++where.column;
    return where;
  }

  Result<std::string> read_required(const toml::table& table, std::string_view key) const {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return fail(at(table), fmt::format("there is no '{}'", key));
    return read_string(*node, key);
  }

  Result<void> read_modules(const toml::node& node, std::vector<Module>& modules) {
    const toml::array* const list = node.as_array();
    if (list == nullptr) return fail(at(node), "'module' is no list of tables", "write [[module]], with two brackets");
    for (const toml::node& entry : *list) {
      if (auto read = read_module(entry, modules); !read) return read;
    }
    return {};
  }

  // Reads the two keys that only a declared module has.
  Result<void> read_declaration(const toml::table& table) {
    declaration_.reset();
    const auto name = read_required(table, "name");
    if (!name) return tl::unexpected(name.error());
    const auto file = read_required(table, "declared_in");
    if (!file) return tl::unexpected(file.error());
    const auto directory = read_required(table, "directory");
    if (!directory) return tl::unexpected(directory.error());
    declaration_.emplace(*file, *name, *directory, source_root_);
    return {};
  }

  Result<void> check_keys(const toml::table& table, std::span<const std::string_view> known,
                          std::string_view place) const {
    for (const auto& [key, value] : table) {
      if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
        return fail(at(key.source()), fmt::format("unknown key '{}' {}", key.str(), place),
                    did_you_mean(key.str(), known));
      }
    }
    return {};
  }

  Result<std::string> read_string(const toml::node& node, std::string_view key) const {
    const auto* const text = node.as_string();
    if (text == nullptr) return fail(at(node), fmt::format("{} must be a string", key));
    if (text->get().empty()) return fail(at(node), fmt::format("{} is empty", key));
    return text->get();
  }

  // Calls `add(text, node)` for each string of a list.
  template <class Add>
  Result<void> read_list(const toml::node& node, std::string_view key, Add&& add) const {
    const toml::array* const list = node.as_array();
    if (list == nullptr) {
      return fail(at(node), fmt::format("'{}' must be a list of strings", key), fmt::format("write {} = [\"…\"]", key));
    }
    for (const toml::node& entry : *list) {
      const auto text = read_string(entry, fmt::format("an entry of '{}'", key));
      if (!text) return tl::unexpected(text.error());
      if (Result<void> added = add(*text, entry); !added) return added;
    }
    return {};
  }

  Result<void> read_globs(const toml::table& table, std::string_view key, std::vector<PolicyGlob>& globs) const {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return {};
    return read_list(*node, key, [&](const std::string& text, const toml::node& entry) -> Result<void> {
      auto glob = Glob::parse(text, inside(entry));
      if (glob && declaration_ && key == "paths") glob = Glob::parse(declaration_->from_root(text), inside(entry));
      if (!glob) return tl::unexpected(glob.error());
      globs.push_back({std::move(*glob), at(entry)});
      return {};
    });
  }

  Result<void> read_selectors(const toml::table& table, std::string_view key, std::vector<Selector>& selectors) const {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return {};
    return read_list(*node, key, [&](const std::string& text, const toml::node& entry) -> Result<void> {
      auto selector = Selector::parse(text, inside(entry));
      if (selector && declaration_ && selector->kind == SelectorKind::path) {
        selector = Selector::parse("path:" + declaration_->from_root(selector->glob->text()), inside(entry));
      }
      if (!selector) return tl::unexpected(selector.error());
      selectors.push_back(std::move(*selector));
      return {};
    });
  }

  Result<std::string> read_word(const toml::table& table, std::string_view key,
                                std::span<const std::string_view> known) const {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return std::string();
    auto text = read_string(*node, fmt::format("'{}'", key));
    if (text && std::find(known.begin(), known.end(), *text) == known.end()) {
      return fail(at(*node), fmt::format("'{}' is no value of '{}'", *text, key), did_you_mean(*text, known));
    }
    return text;
  }

  Result<void> read_project(const toml::node& node, Policy& policy) const {
    const toml::table* const table = node.as_table();
    if (table == nullptr) return fail(at(node), "'project' is no table", "write [project]");
    if (auto known = check_keys(*table, project_keys, "in [project]"); !known) return known;
    return read_selectors(*table, "set_aside", policy.set_aside);
  }

  Result<void> read_strings(const toml::table& table, std::string_view key, std::vector<std::string>& texts) const {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return {};
    return read_list(*node, key, [&texts](const std::string& text, const toml::node&) -> Result<void> {
      texts.push_back(text);
      return {};
    });
  }

  Result<void> read_depends(const toml::table& table, std::vector<ModuleName>& depends) const {
    const toml::node* const node = table.get("depends");
    if (node == nullptr) return {};
    return read_list(*node, "depends", [&](const std::string& text, const toml::node& entry) -> Result<void> {
      depends.push_back({text, at(entry)});
      return {};
    });
  }

  // "NAME=VALUE"
  Result<void> read_values(const toml::table& table, std::vector<CacheEntry>& values) const {
    std::vector<std::string> texts;
    if (auto read = read_strings(table, "values", texts); !read) return read;
    for (const std::string& text : texts) {
      const std::size_t equals = text.find('=');
      const std::string value = equals == std::string::npos ? std::string() : text.substr(equals + 1);
      values.push_back({.name = text.substr(0, equals), .value = value, .type = {}});
    }
    return {};
  }

  Result<void> read_module(const toml::node& node, std::vector<Module>& modules) {
    const toml::table* const table = node.as_table();
    if (table == nullptr) return fail(at(node), "a 'module' is no table", "write [[module]]");
    std::vector<std::string_view> keys(module_keys.begin(), module_keys.end());
    if (!source_root_.empty()) {
      if (auto read = read_declaration(*table); !read) return read;
      keys.insert(keys.end(), declared_keys.begin(), declared_keys.end());
    }
    if (auto known = check_keys(*table, keys, "in [[module]]"); !known) return known;

    const toml::node* const name_node = table->get("name");
    if (name_node == nullptr) return fail(at(node), "this module has no name", "add name = \"…\"");
    const auto name = read_string(*name_node, "'name'");
    if (!name) return tl::unexpected(name.error());
    for (const Module& other : modules) {
      if (other.name != *name) continue;
      const std::string place =
          other.where.line == 0 ? other.where.file : fmt::format("{}:{}", other.where.file, other.where.line);
      return fail(at(*name_node), fmt::format("there are two modules '{}'", *name),
                  fmt::format("the first is at {}", place));
    }

    const toml::node* const toggle_node = table->get("toggle");
    if (toggle_node == nullptr) {
      return fail(at(node), fmt::format("module '{}' has no toggle", *name),
                  "add toggle = \"USE_X\": the condition under which it is on");
    }
    const auto toggle_text = read_string(*toggle_node, "'toggle'");
    if (!toggle_text) return tl::unexpected(toggle_text.error());
    auto toggle = Toggle::parse(*toggle_text, inside(*toggle_node));
    if (!toggle) return tl::unexpected(toggle.error());

    Module module{.name = *name, .toggle = std::move(*toggle), .where = at(node), .toggle_where = inside(*toggle_node)};
    auto stage = read_word(*table, "stage", stages);
    if (!stage) return tl::unexpected(stage.error());
    module.stage = std::move(*stage);
    const auto unset = read_word(*table, "unset", unset_values);
    if (!unset) return tl::unexpected(unset.error());
    module.unset = *unset == "off" ? Unset::off : *unset == "on" ? Unset::on : Unset::error;

    if (auto read = read_globs(*table, "paths", module.paths); !read) return read;
    if (auto read = read_globs(*table, "targets", module.targets); !read) return read;
    if (auto read = read_globs(*table, "defines", module.defines); !read) return read;
    if (auto read = read_selectors(*table, "entry", module.entry); !read) return read;
    if (auto read = read_selectors(*table, "replaces", module.replaces); !read) return read;
    if (auto read = read_strings(*table, "owners", module.owners); !read) return read;
    if (auto read = read_depends(*table, module.depends); !read) return read;
    if (auto read = read_values(*table, module.values); !read) return read;
    module.is_declared = declaration_.has_value();
    if (module.paths.empty() && module.targets.empty() && module.defines.empty()) {
      return fail(at(node), fmt::format("module '{}' owns nothing", module.name),
                  "add paths = [\"…/**\"], targets = [\"…\"] or both");
    }
    modules.push_back(std::move(module));
    return {};
  }

  static Result<void> check_module_name(std::string_view name, const Location& where, const Policy& policy) {
    std::vector<std::string_view> names;
    for (const Module& module : policy.modules) {
      if (module.name == name) return {};
      names.push_back(module.name);
    }
    return fail(where, fmt::format("there is no module '{}'", name), did_you_mean(name, names));
  }

  static Result<void> check_module_names(const Policy& policy) {
    for (const Module& module : policy.modules) {
      for (const auto* const selectors : {&module.entry, &module.replaces}) {
        for (const Selector& selector : *selectors) {
          if (selector.kind != SelectorKind::module) continue;
          if (auto found = check_module_name(selector.name, selector.where, policy); !found) return found;
        }
      }
      for (const ModuleName& depends : module.depends) {
        if (auto found = check_module_name(depends.name, depends.where, policy); !found) return found;
      }
    }
    return {};
  }

  std::string file_;
  std::string source_root_;                 // empty but for declared modules
  std::optional<Declaration> declaration_;  // of the module that is being read
};

Result<toml::table> parse_toml(std::string_view text, const std::string& file) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    const toml::source_region& where = error.source();
    return fail({file, where.begin.line, where.begin.column}, std::string(error.description()));
  }
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
  const auto document = parse_toml(text, file);
  if (!document) return tl::unexpected(document.error());
  return PolicyReader(file).read(*document, std::move(declared));
}

Result<DeclaredModules> parse_declared_modules(std::string_view text, const std::string& file,
                                               const std::string& source_root) {
  const auto document = parse_toml(text, file);
  if (!document) return tl::unexpected(document.error());
  return PolicyReader(file).read_declared(*document, source_root);
}

}  // namespace bulkhead
