#include "auditor/policy.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <span>
#include <system_error>

#include "auditor/nearest.h"
#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> top_keys = {"project", "module"};
constexpr std::array<std::string_view, 1> project_keys = {"set_aside"};
constexpr std::array<std::string_view, 9> module_keys = {"name",    "stage", "toggle", "unset",  "paths",
                                                         "targets", "entry", "owners", "defines"};
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

  Result<Policy> read(const toml::table& document) {
    Policy policy{.file = file_};
    if (auto known = check_keys(document, top_keys, "at the top level"); !known) return tl::unexpected(known.error());
    if (const toml::node* const project = document.get("project")) {
      if (auto read = read_project(*project, policy); !read) return tl::unexpected(read.error());
    }
    if (const toml::node* const modules = document.get("module")) {
      const toml::array* const list = modules->as_array();
      if (list == nullptr)
        return fail(at(*modules), "'module' is no list of tables", "write [[module]], with two brackets");
      for (const toml::node& entry : *list) {
        if (auto read = read_module(entry, policy); !read) return tl::unexpected(read.error());
      }
    }
    for (const Module& module : policy.modules) {
      for (const Selector& selector : module.entry) {
        if (auto found = check_module_name(selector, policy); !found) return tl::unexpected(found.error());
      }
    }
    for (const Selector& selector : policy.set_aside) {
      if (selector.kind == SelectorKind::core || selector.kind == SelectorKind::module) {
        return fail(selector.where, fmt::format("'{}' cannot be set aside", selector.text),
                    "what a module owns is no core anyway; name targets, paths or types");
      }
    }
    return policy;
  }

 private:
  [[nodiscard]] Location at(const toml::source_region& region) const {
    return {file_, region.begin.line, region.begin.column};
  }
  [[nodiscard]] Location at(const toml::node& node) const { return at(node.source()); }
  // Where the text of a string begins: behind its quote.
  [[nodiscard]] Location inside(const toml::node& node) const {
    Location where = at(node);
    ++where.column;
    return where;
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

  Result<void> read_module(const toml::node& node, Policy& policy) const {
    const toml::table* const table = node.as_table();
    if (table == nullptr) return fail(at(node), "a 'module' is no table", "write [[module]]");
    if (auto known = check_keys(*table, module_keys, "in [[module]]"); !known) return known;

    const toml::node* const name_node = table->get("name");
    if (name_node == nullptr) return fail(at(node), "this module has no name", "add name = \"…\"");
    const auto name = read_string(*name_node, "'name'");
    if (!name) return tl::unexpected(name.error());
    for (const Module& other : policy.modules) {
      if (other.name != *name) continue;
      return fail(at(*name_node), fmt::format("there are two modules '{}'", *name),
                  fmt::format("the first is at {}:{}", other.where.file, other.where.line));
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
    if (const toml::node* const owners = table->get("owners")) {
      auto read = read_list(*owners, "owners", [&module](const std::string& text, const toml::node&) -> Result<void> {
        module.owners.push_back(text);
        return {};
      });
      if (!read) return read;
    }
    if (module.paths.empty() && module.targets.empty() && module.defines.empty()) {
      return fail(at(node), fmt::format("module '{}' owns nothing", module.name),
                  "add paths = [\"…/**\"], targets = [\"…\"] or both");
    }
    policy.modules.push_back(std::move(module));
    return {};
  }

  static Result<void> check_module_name(const Selector& selector, const Policy& policy) {
    if (selector.kind != SelectorKind::module) return {};
    std::vector<std::string_view> names;
    for (const Module& module : policy.modules) {
      if (module.name == selector.name) return {};
      names.push_back(module.name);
    }
    return fail(selector.where, fmt::format("there is no module '{}'", selector.name),
                did_you_mean(selector.name, names));
  }

  std::string file_;
};

}  // namespace

std::optional<fs::path> find_policy(const fs::path& source_directory) {
  std::error_code ignored;
  for (fs::path directory = fs::absolute(source_directory, ignored);; directory = directory.parent_path()) {
    const fs::path file = directory / policy_file_name;
    if (fs::is_regular_file(file, ignored)) return file;
    if (!directory.has_relative_path()) return std::nullopt;
  }
}

Result<Policy> read_policy(const fs::path& file) {
  FileBuffer buffer;
  const auto text = buffer.read(file);
  if (!text) return tl::unexpected(text.error());
  return parse_policy(*text, file.string());
}

Result<Policy> parse_policy(std::string_view text, const std::string& file) {
  try {
    return PolicyReader(file).read(toml::parse(text, file));
  } catch (const toml::parse_error& error) {
    const toml::source_region& where = error.source();
    return fail({file, where.begin.line, where.begin.column}, std::string(error.description()));
  }
}

}  // namespace bulkhead
