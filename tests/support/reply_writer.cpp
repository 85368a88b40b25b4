#include "tests/support/reply_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "graph/build_tree.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;
// Objects sorted by key, as CMake writes them.
using Json = nlohmann::json;

void add_frame(Json& json, std::optional<std::uint32_t> frame) {
  if (frame) json["backtrace"] = *frame;
}

std::size_t position_of(Json& list, const std::string& text) {
  const auto found = std::find(list.begin(), list.end(), Json(text));
  if (found != list.end()) return static_cast<std::size_t>(found - list.begin());
  list.push_back(text);
  return list.size() - 1;
}

Json backtrace_graph(const std::vector<FrameSpec>& frames) {
  Json graph{{"commands", Json::array()}, {"files", Json::array()}, {"nodes", Json::array()}};
  for (const FrameSpec& frame : frames) {
    Json node{{"file", position_of(graph["files"], frame.file)}};
    if (frame.line != 0) node["line"] = frame.line;
    if (!frame.command.empty()) node["command"] = position_of(graph["commands"], frame.command);
    if (frame.parent) node["parent"] = *frame.parent;
    graph["nodes"].push_back(node);
  }
  return graph;
}

Json traced_list(const std::vector<TracedSpec>& list, const char* key) {
  Json json = Json::array();
  for (const TracedSpec& one : list) {
    Json entry{{key, one.text}};
    add_frame(entry, one.frame);
    json.push_back(entry);
  }
  return json;
}

bool is_target(const ConfigurationSpec& configuration, const std::string& name) {
  return std::any_of(configuration.targets.begin(), configuration.targets.end(),
                     [&name](const TargetSpec& target) { return target.name == name; });
}

void add_references(Json& json, const char* key, const std::vector<TracedSpec>& list,
                    const ConfigurationSpec& configuration) {
  if (list.empty()) return;
  for (const TracedSpec& one : list) {
    // `dependencies` holds targets only, be it one that does not exist.
    const bool named = std::string_view(key) == "dependencies" || is_target(configuration, one.text);
    Json entry = named ? Json{{"id", target_id(one.text)}} : Json{{"fragment", one.text}};
    add_frame(entry, one.frame);
    json[key].push_back(entry);
  }
}

Json compile_group(const CompileGroupSpec& group) {
  Json json{{"language", "CXX"}, {"sourceIndexes", {0}}};
  if (!group.includes.empty()) json["includes"] = traced_list(group.includes, "path");
  if (!group.defines.empty()) json["defines"] = traced_list(group.defines, "define");
  if (!group.fragments.empty()) json["compileCommandFragments"] = traced_list(group.fragments, "fragment");
  if (!group.precompile_headers.empty()) json["precompileHeaders"] = traced_list(group.precompile_headers, "header");
  return json;
}

Json target_json(const TargetSpec& target, const ReplySpec& reply, const ConfigurationSpec& configuration) {
  const DirectorySpec& directory = configuration.directories.at(target.directory);
  Json json{{"name", target.name},
            {"id", target_id(target.name)},
            {"type", target.type},
            {"paths", {{"source", directory.source}, {"build", directory.build}}},
            {"backtraceGraph", backtrace_graph(target.frames)}};
  add_frame(json, target.frame);
  if (reply.codemodel_minor >= 5) {
    json["codemodelVersion"] = {{"major", 2}, {"minor", reply.codemodel_minor}};
  }
  add_references(json, "dependencies", target.dependencies, configuration);
  add_references(json, "linkLibraries", target.link_libraries, configuration);
  add_references(json, "interfaceLinkLibraries", target.interface_link_libraries, configuration);
  add_references(json, "compileDependencies", target.compile_dependencies, configuration);
  add_references(json, "interfaceCompileDependencies", target.interface_compile_dependencies, configuration);
  add_references(json, "objectDependencies", target.object_dependencies, configuration);
  add_references(json, "orderDependencies", target.order_dependencies, configuration);
  if (!target.sources.empty()) json["sources"] = traced_list(target.sources, "path");
  for (const CompileGroupSpec& group : target.compile_groups) json["compileGroups"].push_back(compile_group(group));
  if (!target.link_fragments.empty()) {
    json["link"] = {{"language", "CXX"}, {"commandFragments", traced_list(target.link_fragments, "fragment")}};
    for (Json& fragment : json["link"]["commandFragments"]) fragment["role"] = "libraries";
  }
  for (const std::string& path : target.artifacts) json["artifacts"].push_back({{"path", path}});
  if (target.imported) json["imported"] = true;
  if (target.abstract) json["abstract"] = true;
  return json;
}

Json installer_json(const InstallerSpec& installer) {
  Json json{{"component", "Unspecified"}, {"type", installer.type}};
  add_frame(json, installer.frame);
  for (const std::string& path : installer.paths) {
    const std::size_t mark = path.find('>');
    Json entry = path;
    if (mark != std::string::npos) entry = {{"from", path.substr(0, mark)}, {"to", path.substr(mark + 1)}};
    json["paths"].push_back(entry);
  }
  if (!installer.target.empty()) json["targetId"] = target_id(installer.target);
  for (const std::string& name : installer.exports) json["exportTargets"].push_back({{"id", target_id(name)}});
  if (!installer.script.empty()) json["scriptFile"] = installer.script;
  return json;
}

std::string directory_file(std::size_t index, const std::string& configuration) {
  return "directory-" + std::to_string(index) + "-" + configuration + ".json";
}

Json configuration_json(const ConfigurationSpec& configuration, const ReplySpec& reply) {
  Json json{{"name", configuration.name}, {"directories", Json::array()}, {"targets", Json::array()}};
  for (std::size_t i = 0; i < configuration.directories.size(); ++i) {
    const DirectorySpec& directory = configuration.directories[i];
    Json entry{{"source", directory.source}, {"build", directory.build}};
    if (directory.parent) entry["parentIndex"] = *directory.parent;
    if (!directory.installers.empty()) entry["hasInstallRule"] = true;
    if (reply.codemodel_minor >= 3) entry["jsonFile"] = directory_file(i, configuration.name);
    json["directories"].push_back(entry);
  }
  for (const TargetSpec& target : configuration.targets) {
    json[target.abstract ? "abstractTargets" : "targets"].push_back(
        {{"name", target.name},
         {"id", target_id(target.name)},
         {"jsonFile", target_file(target.name, configuration.name)},
         {"directoryIndex", target.directory},
         {"projectIndex", 0}});
  }
  return json;
}

// A reader never sees half of a file: CMake writes under another name first, too.
void write_whole(const fs::path& path, const std::string& text) {
  const fs::path draft = path.string() + ".tmp";
  write_file(draft, text);
  fs::rename(draft, path);
}

void write_json(const fs::path& path, const Json& json) {
  write_whole(path, json.dump(1, '\t') + "\n");
}

void write_configuration(const ConfigurationSpec& configuration, const ReplySpec& reply, const fs::path& directory) {
  for (const TargetSpec& target : configuration.targets) {
    write_whole(directory / target_file(target.name, configuration.name), target_text(target, reply, configuration));
  }
  if (reply.codemodel_minor < 3) return;
  for (std::size_t i = 0; i < configuration.directories.size(); ++i) {
    const DirectorySpec& one = configuration.directories[i];
    Json json{{"paths", {{"source", one.source}, {"build", one.build}}},
              {"backtraceGraph", backtrace_graph(one.frames)},
              {"installers", Json::array()}};
    for (const InstallerSpec& installer : one.installers) json["installers"].push_back(installer_json(installer));
    write_json(directory / directory_file(i, configuration.name), json);
  }
}

}  // namespace

std::string target_file(const std::string& target, const std::string& configuration) {
  return "target-" + target + "-" + configuration + ".json";
}

std::string target_id(const std::string& target) {
  return target + "::@6890427a1f51a3e7e1df";
}

std::string target_text(const TargetSpec& target, const ReplySpec& reply, const ConfigurationSpec& configuration) {
  return target_json(target, reply, configuration).dump(1, '\t') + "\n";
}

void write_reply(const ReplySpec& reply, const fs::path& build) {
  const fs::path directory = reply_directory(build);
  Json codemodel{{"kind", "codemodel"},
                 {"version", {{"major", 2}, {"minor", reply.codemodel_minor}}},
                 {"paths", {{"source", reply.source_root}, {"build", reply.build_root}}},
                 {"configurations", Json::array()}};
  for (const ConfigurationSpec& configuration : reply.configurations) {
    codemodel["configurations"].push_back(configuration_json(configuration, reply));
    write_configuration(configuration, reply, directory);
  }
  Json cache{{"kind", "cache"}, {"version", {{"major", 2}, {"minor", 0}}}, {"entries", Json::array()}};
  for (const CacheSpec& entry : reply.cache) {
    cache["entries"].push_back(
        {{"name", entry.name}, {"value", entry.value}, {"type", entry.type}, {"properties", Json::array()}});
  }
  Json index{{"cmake",
              {{"generator", {{"name", reply.generator}, {"multiConfig", reply.multi_config}}},
               {"version", {{"string", reply.cmake_version}}}}},
             {"objects", Json::array()},
             {"reply", Json::object()}};
  const auto add_object = [&](const char* kind, std::uint32_t major, std::uint32_t minor, const Json& object) {
    const std::string file = std::string(kind) + "-v" + std::to_string(major) + "-" + reply.stamp + ".json";
    write_json(directory / file, object);
    index["objects"].push_back({{"kind", kind}, {"version", {{"major", major}, {"minor", minor}}}, {"jsonFile", file}});
  };
  add_object("codemodel", 2, reply.codemodel_minor, codemodel);
  add_object("cache", 2, 0, cache);
  if (reply.cmake_files) {
    Json files{{"kind", "cmakeFiles"}, {"version", {{"major", 1}, {"minor", 0}}}, {"inputs", Json::array()}};
    for (const InputSpec& input : *reply.cmake_files) {
      Json entry{{"path", input.path}};
      if (input.is_cmake) entry["isCMake"] = true;
      if (input.is_generated) entry["isGenerated"] = true;
      files["inputs"].push_back(entry);
    }
    add_object("cmakeFiles", 1, 0, files);
  }
  // The index comes last, as CMake does it: whoever sees it finds the rest.
  write_json(directory / ("index-" + reply.stamp + ".json"), index);
}

TargetGraph graph_of(const ReplySpec& reply) {
  const TemporaryDirectory build;
  write_reply(reply, build.path());
  Result<BuildTree> tree = read_build_tree(build.path(), {.threads = 1});
  if (!tree) throw std::runtime_error(tree.error().location.file + ": " + tree.error().message);
  return std::move(tree->graphs.front());
}

TargetGraph graph_of(std::vector<TargetSpec> targets, ReplySpec reply) {
  reply.configurations.front().targets = std::move(targets);
  return graph_of(reply);
}

std::string describe(const TargetGraph& graph, const Edge& edge) {
  std::string text = to_label(graph, edge.from) + " -> " + to_label(graph, edge.to) + " [" +
                     std::string(to_string(edge.kind)) + ", " + std::string(to_string(edge.known)) +
                     (edge.traced ? ", traced]" : "]");
  if (edge.frame) {
    const std::vector<CallFrame> stack = graph.call_stack(*edge.frame);
    if (!stack.empty()) text += " " + std::string(stack.back().file) + ":" + std::to_string(stack.back().line);
  }
  return text;
}

std::vector<std::string> describe_edges(const TargetGraph& graph) {
  std::vector<std::string> lines;
  for (const Edge& edge : graph.edges()) lines.push_back(describe(graph, edge));
  return lines;
}

std::vector<std::string> describe_edges(const TargetGraph& graph, const std::string& from) {
  std::vector<std::string> lines;
  for (const Edge& edge : graph.edges_from(graph.find_target(from).value())) lines.push_back(describe(graph, edge));
  return lines;
}

}  // namespace bulkhead::test
