#include "auditor/inventory.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "auditor/module_states.h"
#include "auditor/modules.h"
#include "graph/file_io.h"
#include "graph/json.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

constexpr std::string_view schema_name = "bulkhead-inventory-1";

struct Collected {
  std::set<std::string> targets;
  std::set<std::string> libraries;
  std::set<std::string> files;
};

void collect(const TargetGraph& graph, const ModuleMap& modules, std::size_t module, Collected& collected) {
  for (const TargetId target : modules.targets_of(module)) {
    collected.targets.emplace(graph.name(target));
    for (const StringId artifact : graph.artifacts(target)) {
      collected.files.emplace(graph.text(artifact));
      if (const auto name = library_name(graph.text(artifact)); !name.empty()) collected.libraries.emplace(name);
    }
    // What it generates: while the module is off, nothing else tells whose these are.
    for (const Edge& edge : graph.edges_from(target)) {
      if (edge.kind != EdgeKind::source) continue;
      const std::string_view path = graph.text(edge.to.string_id());
      if (is_in_build(path)) collected.files.emplace(path);
    }
  }
}

std::vector<std::string> read_list(simdjson::ondemand::value value) {
  std::vector<std::string> texts;
  for (std::string_view text : value.get_array()) texts.emplace_back(text);
  return texts;
}

}  // namespace

std::string_view library_name(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  for (const std::string_view suffix : {".a", ".so", ".dylib", ".lib", ".dll"}) {
    const std::size_t at = name.find(suffix);
    if (at == std::string_view::npos || at == 0) continue;
    const std::size_t behind = at + suffix.size();
    if (behind != name.size() && name[behind] != '.') continue;  // "libfoo.so.1.2"
    name = name.substr(0, at);
    if (name.starts_with("lib") && name.size() > 3) name.remove_prefix(3);
    return name;
  }
  return {};
}

Result<Inventory> take_inventory(const BuildTree& tree, const Policy& policy) {
  const auto on = evaluate_toggles(policy, toggle_values(tree));
  if (!on) return tl::unexpected(on.error());
  std::map<std::string, Collected> all;
  for (const TargetGraph& graph : tree.graphs) {
    const ModuleMap modules(graph, policy, {});
    for (std::size_t i = 0; i < policy.modules.size(); ++i) {
      if ((*on)[i]) collect(graph, modules, i, all[policy.modules[i].name]);
    }
  }
  Inventory inventory;
  for (auto& [name, collected] : all) {
    inventory.modules.push_back({.name = name,
                                 .targets = {collected.targets.begin(), collected.targets.end()},
                                 .libraries = {collected.libraries.begin(), collected.libraries.end()},
                                 .files = {collected.files.begin(), collected.files.end()}});
  }
  return inventory;
}

std::string write_inventory(const Inventory& inventory) {
  nlohmann::ordered_json json{{"inventory", schema_name}, {"modules", nlohmann::ordered_json::array()}};
  for (const InventoryModule& module : inventory.modules) {
    json["modules"].push_back(
        {{"name", module.name}, {"targets", module.targets}, {"libraries", module.libraries}, {"files", module.files}});
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Result<Inventory> read_inventory(const std::filesystem::path& file) {
  FileBuffer buffer;
  const auto text = buffer.read(file);
  if (!text) return tl::unexpected(text.error());
  Inventory inventory;
  simdjson::ondemand::parser parser;
  const std::string shown = file.string();
  bool is_inventory = false;
  const auto decoded =
      decode_json(parser, {.file = shown, .text = *text, .noun = "inventory"}, [&](simdjson::ondemand::object json) {
        for (auto field : json) {
          const std::string_view key = field.unescaped_key();
          if (key == "inventory") {
            is_inventory = std::string_view(field.value()) == schema_name;
          } else if (key == "modules") {
            for (simdjson::ondemand::object entry : field.value().get_array()) {
              InventoryModule module;
              for (auto part : entry) {
                const std::string_view what = part.unescaped_key();
                if (what == "name") module.name = std::string_view(part.value());
                if (what == "targets") module.targets = read_list(part.value());
                if (what == "libraries") module.libraries = read_list(part.value());
                if (what == "files") module.files = read_list(part.value());
              }
              inventory.modules.push_back(std::move(module));
            }
          }
        }
        if (!is_inventory) throw DecodeError("this is no inventory of version 1");
      });
  if (!decoded) {
    Error error = decoded.error();
    error.hint = "write it anew, from a tree with the modules on: bulkhead inventory -B BUILD -o FILE";
    return tl::unexpected(std::move(error));
  }
  return inventory;
}

}  // namespace bulkhead
