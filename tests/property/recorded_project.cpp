#include "tests/property/recorded_project.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "tests/support/replies.h"

namespace bulkhead::test {
namespace {

bool is_linked(const std::string& type) {
  return type == "EXECUTABLE" || type == "SHARED_LIBRARY" || type == "MODULE_LIBRARY";
}
bool is_compiled(const std::string& type) {
  return is_linked(type) || type == "STATIC_LIBRARY" || type == "OBJECT_LIBRARY";
}
// Whether those who link it get what it links privately, too.
bool passes_on(const std::string& type) {
  return type == "STATIC_LIBRARY" || type == "OBJECT_LIBRARY" || type == "INTERFACE_LIBRARY";
}

constexpr std::array reference_lists = {"linkLibraries", "interfaceLinkLibraries"};

}  // namespace

RecordedProject::RecordedProject(const std::string& archive, RecordedModule module) : module_(std::move(module)) {
  unpack_reply(archive, build());
  const Json codemodel = Json::parse(read_file(find_reply_file(build(), "codemodel-")));
  source_root_ = codemodel.at("paths").at("source");
  build_root_ = codemodel.at("paths").at("build");
  minor_ = codemodel.at("version").at("minor");
  const Json& configuration = codemodel.at("configurations").at(0);
  for (const char* const list : {"targets", "abstractTargets"}) {
    if (!configuration.contains(list)) continue;
    for (const Json& entry : configuration.at(list)) {
      const std::string file = entry.at("jsonFile");
      names_.emplace(entry.at("id"), entry.at("name"));
      targets_.emplace(entry.at("name"), Object{file, Json::parse(read_file(reply_directory(build()) / file))});
    }
  }
  for (const Json& entry : configuration.at("directories")) {
    const std::string file = entry.at("jsonFile");
    directories_.emplace(file, Json::parse(read_file(reply_directory(build()) / file)));
  }
}

void RecordedProject::set_cache(const std::string& name, const std::string& value) {
  const std::filesystem::path file = find_reply_file(build(), "cache-");
  Json cache = Json::parse(read_file(file));
  for (Json& entry : cache.at("entries")) {
    if (entry.at("name") == name) entry.at("value") = value;
  }
  write_file(file, cache.dump());
}

void RecordedProject::forget_installs(const std::vector<std::string>& targets,
                                      const std::vector<std::string>& folders) {
  const auto is_of_target = [&](const Json& id) {
    const auto name = names_.find(id.get<std::string>());
    return name != names_.end() && std::find(targets.begin(), targets.end(), name->second) != targets.end();
  };
  const auto without = [](const Json& list, auto&& unwanted) {
    Json kept = Json::array();
    for (const Json& one : list) {
      if (!unwanted(one)) kept.push_back(one);
    }
    return kept;
  };
  for (auto& [file, directory] : directories_) {
    if (!directory.contains("installers")) continue;
    for (Json& installer : directory["installers"]) {
      if (!installer.contains("exportTargets")) continue;
      installer["exportTargets"] =
          without(installer["exportTargets"], [&](const Json& one) { return is_of_target(one.at("id")); });
    }
    directory["installers"] = without(directory["installers"], [&](const Json& one) {
      if (one.contains("targetId") && is_of_target(one.at("targetId"))) return true;
      const std::string paths = one.contains("paths") ? one.at("paths").dump() : "";
      return std::any_of(folders.begin(), folders.end(),
                         [&paths](const std::string& folder) { return paths.find('"' + folder) != std::string::npos; });
    });
    write_file(reply_directory(build()) / file, directory.dump());
  }
}

nlohmann::ordered_json& RecordedProject::change(const std::string& file) {
  const auto [found, is_new] = changed_.try_emplace(file);
  if (is_new) {
    const std::string text = read_file(reply_directory(build()) / file);
    before_.emplace(file, text);
    found->second = Json::parse(text);
  }
  return found->second;
}

void RecordedProject::write_changes() {
  for (const auto& [file, json] : changed_) write_file(reply_directory(build()) / file, json.dump());
}

void RecordedProject::restore() {
  for (const auto& [file, text] : before_) write_file(reply_directory(build()) / file, text);
  before_.clear();
  changed_.clear();
}

std::vector<std::string> RecordedProject::dependers() const {
  std::set<std::string> left;
  for (const auto& [name, object] : targets_) {
    if (!object.json.value("imported", false)) left.insert(name);
  }
  std::vector<std::string> queue = module_.targets;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    left.erase(queue[next]);
    const Json& json = targets_.at(queue[next]).json;
    for (const char* const list : {"dependencies", "linkLibraries", "interfaceLinkLibraries"}) {
      if (!json.contains(list)) continue;
      for (const Json& entry : json.at(list)) {
        if (!entry.contains("id")) continue;
        const std::string& name = names_.at(entry.at("id"));
        if (left.erase(name) != 0) queue.push_back(name);
      }
    }
  }
  return {left.begin(), left.end()};
}

// The frame of the call that the mutant is, at the end of the CMakeLists.txt of the directory.
std::size_t RecordedProject::add_frame(Json& object, const char* command) {
  Json& graph = object["backtraceGraph"];
  for (const char* const list : {"commands", "files", "nodes"}) {
    if (!graph.contains(list)) graph[list] = Json::array();
  }
  graph["commands"].push_back(command);
  graph["files"].push_back(mutant_.file);
  const std::size_t file = graph["files"].size() - 1;
  graph["nodes"].push_back({{"file", file}});
  const std::size_t parent = graph["nodes"].size() - 1;
  graph["nodes"].push_back(
      {{"command", graph["commands"].size() - 1}, {"file", file}, {"line", mutant_.line}, {"parent", parent}});
  return parent + 1;
}

void RecordedProject::add_reference(Json& target, const char* list, const std::string& dependee, bool with_frame) {
  Json entry = Json::object();
  if (with_frame) entry["backtrace"] = target["backtraceGraph"]["nodes"].size() - 1;
  entry["id"] = targets_.at(dependee).json.at("id");
  target[list].push_back(entry);
}

// Those whose `dependencies` get what a target links: `dependencies` is closed over link interfaces.
std::vector<std::string> RecordedProject::heirs_of(const std::string& name) const {
  std::set<std::string> heirs;
  std::vector<std::string> queue = {name};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const std::string id = targets_.at(queue[next]).json.at("id");
    for (const auto& [other, object] : targets_) {
      if (object.json.at("type") == "UTILITY" || heirs.contains(other)) continue;
      const auto lists = has_direct_edges() ? std::vector<std::string>(reference_lists.begin(), reference_lists.end())
                                            : std::vector<std::string>{"dependencies"};
      const bool depends = std::any_of(lists.begin(), lists.end(), [&](const std::string& list) {
        if (!object.json.contains(list)) return false;
        const Json& entries = object.json.at(list);
        return std::any_of(entries.begin(), entries.end(), [&](const Json& one) { return one.value("id", "") == id; });
      });
      if (!depends) continue;
      heirs.insert(other);
      if (has_direct_edges() && passes_on(object.json.at("type"))) queue.push_back(other);
    }
  }
  return {heirs.begin(), heirs.end()};
}

void RecordedProject::link(const std::string& depender, const std::string& dependee, bool is_public) {
  const std::string type = targets_.at(depender).json.at("type");
  const Json& library = targets_.at(dependee).json;
  const bool is_built = library.at("type") != "INTERFACE_LIBRARY";
  const auto add_fragment = [&](Json& target, std::size_t frame) {
    if (!is_built || !is_linked(target.at("type"))) return;
    target["link"]["commandFragments"].push_back(
        {{"backtrace", frame}, {"fragment", library.at("artifacts").at(0).at("path")}, {"role", "libraries"}});
  };
  Json& target = change_target(depender);
  const std::size_t frame = add_frame(target, "target_link_libraries");
  if (has_direct_edges()) {
    if (type != "INTERFACE_LIBRARY") {
      add_reference(target, "linkLibraries", dependee);
      add_reference(target, "compileDependencies", dependee);
    }
    if (is_public || passes_on(type)) add_reference(target, "interfaceLinkLibraries", dependee);
  }
  if (is_built && type != "INTERFACE_LIBRARY") add_reference(target, "dependencies", dependee);
  add_fragment(target, frame);
  if (!is_public && !passes_on(type)) return;
  for (const std::string& heir : heirs_of(depender)) {
    Json& other = change_target(heir);
    if (is_built && other.at("type") != "INTERFACE_LIBRARY") {
      // By the call that linked the depender.
      Json entry = {{"id", library.at("id")}};
      for (const Json& one : other["dependencies"]) {
        if (one.at("id") == target.at("id") && one.contains("backtrace")) entry["backtrace"] = one.at("backtrace");
      }
      other["dependencies"].push_back(entry);
    }
    if (is_linked(other.at("type"))) add_fragment(other, add_frame(other, "target_link_libraries"));
  }
}

RecordedMutant RecordedProject::mutate(Chance& chance, const std::vector<std::string>& dependers,
                                       std::uint32_t number) {
  static const std::vector<std::string> kinds = {"link",        "order",  "object",    "file-link", "source",
                                                 "include-dir", "define", "configure", "install"};
  const std::string kind = chance.pick(kinds);
  std::string depender;
  std::string type;
  const auto can = [&] {
    if (kind == "link") return is_compiled(type) || (type == "INTERFACE_LIBRARY" && has_direct_edges());
    if (kind == "include-dir" || kind == "define") return targets_.at(depender).json.contains("compileGroups");
    if (kind == "order") return type != "INTERFACE_LIBRARY" || has_direct_edges();
    return is_compiled(type);
  };
  do {
    depender = chance.pick(dependers);
    type = targets_.at(depender).json.at("type");
  } while (!can());

  const Json& original = targets_.at(depender).json;
  mutant_ = {kind, "target:" + depender, {}, {}, 10000 + number};
  const std::string folder = original.at("paths").at("source");
  mutant_.file = folder == "." ? "CMakeLists.txt" : folder + "/CMakeLists.txt";
  const std::string& dependee = chance.pick(module_.targets);
  mutant_.to = dependee;
  if (kind == "link") {
    link(depender, dependee, chance.below(2) == 0);
  } else if (kind == "order") {
    Json& target = change_target(depender);
    add_frame(target, "add_dependencies");
    if (has_direct_edges()) add_reference(target, "orderDependencies", dependee);
    if (type != "INTERFACE_LIBRARY" && targets_.at(dependee).json.at("type") != "INTERFACE_LIBRARY") {
      add_reference(target, "dependencies", dependee);
    }
  } else if (kind == "object") {
    // Only a library that is compiled has objects.
    std::vector<std::string> compiled;
    for (const std::string& name : module_.targets) {
      if (is_compiled(targets_.at(name).json.at("type"))) compiled.push_back(name);
    }
    mutant_.to = chance.pick(compiled);
    const std::string directory = targets_.at(mutant_.to).json.at("paths").at("build");
    Json& target = change_target(depender);
    const std::size_t frame = add_frame(target, "target_sources");
    target["sources"].push_back(
        {{"backtrace", frame},
         {"isGenerated", true},
         {"path", fmt::format("{}/{}/CMakeFiles/{}.dir/mutant.cpp.o", build_root_, directory, mutant_.to)}});
    add_reference(target, "dependencies", mutant_.to, false);
    if (has_direct_edges()) add_reference(target, "objectDependencies", mutant_.to);
  } else if (kind == "file-link") {
    mutant_.to = chance.pick(module_.libraries);
    if (!is_linked(type) && !has_direct_edges()) {
      // CMake writes nothing: a static library links nothing itself.
    } else {
      Json& target = change_target(depender);
      const std::size_t frame = add_frame(target, "target_link_libraries");
      if (is_linked(type)) {
        target["link"]["commandFragments"].push_back(
            {{"backtrace", frame}, {"fragment", mutant_.to}, {"role", "libraries"}});
      }
      if (has_direct_edges()) target["linkLibraries"].push_back({{"backtrace", frame}, {"fragment", mutant_.to}});
    }
  } else if (kind == "source") {
    mutant_.to = chance.pick(module_.sources);
    Json& target = change_target(depender);
    const std::size_t frame = add_frame(target, "target_sources");
    target["sources"].push_back({{"backtrace", frame}, {"path", mutant_.to}});
  } else if (kind == "include-dir") {
    mutant_.to = chance.pick(module_.directories);
    Json& target = change_target(depender);
    const std::size_t frame = add_frame(target, "target_include_directories");
    Json entry = {{"backtrace", frame}, {"path", source_root_ + "/" + mutant_.to}};
    if (chance.below(2) == 0) entry["isSystem"] = true;
    for (Json& group : target["compileGroups"]) group["includes"].push_back(entry);
  } else if (kind == "define") {
    mutant_.to = chance.pick(module_.definitions);
    Json& target = change_target(depender);
    const bool as_option = chance.below(3) == 0;
    const std::size_t frame = add_frame(target, as_option ? "target_compile_options" : "target_compile_definitions");
    for (Json& group : target["compileGroups"]) {
      if (as_option) {
        group["compileCommandFragments"].push_back({{"backtrace", frame}, {"fragment", "-D" + mutant_.to}});
      } else {
        group["defines"].push_back({{"backtrace", frame}, {"define", mutant_.to}});
      }
    }
  } else if (kind == "configure") {
    mutant_.from.clear();
    const bool enters = chance.below(2) == 0;
    const std::string& directory = chance.pick(module_.directories);
    mutant_.to = directory + (enters ? "/CMakeLists.txt" : "/extra.cmake");
    mutant_.file.clear();  // no target was made there, so that no backtrace leads through it
    change(find_reply_file(build(), "cmakeFiles-").filename().string())["inputs"].push_back({{"path", mutant_.to}});
    if (enters) {
      Json& directories =
          change(find_reply_file(build(), "codemodel-").filename().string())["configurations"][0]["directories"];
      directories.push_back(directories.at(0));
      Json& entered = directories.back();
      for (const char* const list : {"childIndexes", "targetIndexes", "abstractTargetIndexes"}) entered.erase(list);
      entered["source"] = directory;
      entered["build"] = directory;
      entered["parentIndex"] = 0;
      directories.at(0)["childIndexes"].push_back(directories.size() - 1);
    }
  } else {
    mutant_.from.clear();
    auto directory = directories_.begin();
    std::advance(directory, static_cast<std::ptrdiff_t>(chance.below(directories_.size())));
    Json& json = change(directory->first);
    const std::string place = json.at("paths").at("source");
    mutant_.file = place == "." ? "CMakeLists.txt" : place + "/CMakeLists.txt";
    const std::size_t frame = add_frame(json, "install");
    Json installer = {{"backtrace", frame}, {"component", "Unspecified"}, {"destination", "lib"}};
    if (chance.below(2) == 0) {
      installer["type"] = "target";
      installer["targetId"] = targets_.at(dependee).json.at("id");
      installer["paths"] = Json::array();
    } else {
      mutant_.to = chance.pick(module_.sources);
      installer["type"] = "file";
      installer["paths"] = {mutant_.to};
    }
    json["installers"].push_back(installer);
    Json& codemodel = change(find_reply_file(build(), "codemodel-").filename().string());
    for (Json& entry : codemodel["configurations"][0]["directories"]) {
      if (entry.at("jsonFile") == directory->first) entry["hasInstallRule"] = true;
    }
  }
  write_changes();
  return mutant_;
}

}  // namespace bulkhead::test
