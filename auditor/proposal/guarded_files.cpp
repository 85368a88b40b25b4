#include "auditor/proposal/guarded_files.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "auditor/module_states.h"
#include "auditor/proposal/folder_path.h"

namespace bulkhead {
namespace {

constexpr int deepest_reference = 8;
constexpr int most_rounds = 6;
constexpr std::size_t most_files = 20'000;

bool is_same(const PlacedGuard& a, const PlacedGuard& b) {
  return a.guard.condition == b.guard.condition && a.guard.negated == b.guard.negated;
}

}  // namespace

bool enters_directories(const CMakeCall& call) {
  return call.command.find("subdirectory") != std::string::npos || call.command == "subdirs";
}

GuardedFiles::GuardedFiles(CMakeSources& sources, const BuildTree& tree) : sources_(sources), tree_(tree) {
  std::set<std::string> paths;
  for (const std::string_view path : project_files(tree.graphs.front())) {
    if (!is_in_build(path)) paths.emplace(path);
  }
  read(paths);
  // What a new file defines may tell what the path of another one is.
  for (int round = 0; round < most_rounds && files_.size() < most_files; ++round) {
    const std::set<std::string> unread = find_unread();
    if (unread.empty()) break;
    paths.insert(unread.begin(), unread.end());
    read(paths);
  }
}

void GuardedFiles::read(const std::set<std::string>& paths) {
  project_.clear();
  files_.clear();
  readings_.clear();
  project_folders_.clear();
  variables_.clear();
  users_.clear();
  for (const std::string& path : paths) add_file(path);
  collect_variables();
  find_readings();
  inherit_guards();
}

// The files on disk that a call would enter or include, if CMake came to it.
std::set<std::string> GuardedFiles::find_unread() const {
  std::set<std::string> unread;
  std::error_code error;
  for (const GuardedFile& file : files_) {
    for (const GuardedCall& guarded : file.calls) {
      const CMakeCall& call = *guarded.call;
      const bool enters = enters_directories(call);
      if ((!enters && call.command != "include") || call.arguments.empty()) continue;
      for (const CallArgument& argument : call.arguments) {
        auto path = resolve(file, argument.text);
        if (path && enters) *path += "/CMakeLists.txt";
        const bool is_new = path && !is_in_build(*path) && !find_file(*path);
        if (is_new && std::filesystem::is_regular_file(sources_.paths().absolute(*path), error)) {
          unread.insert(std::move(*path));
        }
        if (!enters || call.command == "add_subdirectory") break;
      }
    }
  }
  return unread;
}

void GuardedFiles::add_file(std::string_view path) {
  GuardedFile file{
      .path = std::string(path), .directory = {}, .calls = guard_calls(sources_.calls(path)), .guards = {}};
  const bool is_list = path == "CMakeLists.txt" || path.ends_with("/CMakeLists.txt");
  file.directory = is_list ? folder_of(path) : ".";
  files_.push_back(std::move(file));
}

std::optional<std::size_t> GuardedFiles::find_file(std::string_view path) const {
  const auto at = std::lower_bound(files_.begin(), files_.end(), path,
                                   [](const GuardedFile& file, std::string_view wanted) { return file.path < wanted; });
  if (at == files_.end() || at->path != path) return std::nullopt;
  return static_cast<std::size_t>(at - files_.begin());
}

// include(Name) reads Name.cmake of some directory of CMAKE_MODULE_PATH: the only file of that name.
std::optional<std::size_t> GuardedFiles::find_module(std::string_view name) const {
  const std::string end = "/" + std::string(name) + ".cmake";
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (!files_[i].path.ends_with(end)) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

void GuardedFiles::collect_variables() {
  for (std::size_t i = 0; i < files_.size(); ++i) {
    for (const GuardedCall& guarded : files_[i].calls) {
      const CMakeCall& call = *guarded.call;
      collect_users(call);
      if (call.command == "project" && !call.arguments.empty()) {
        if (files_[i].path == "CMakeLists.txt" && project_.empty()) project_ = call.arguments[0].text;
        project_folders_.insert(files_[i].directory);
      }
      // What list() makes of a value is not followed here.
      const bool changes = call.command == "list" && call.arguments.size() > 2 &&
                           (call.arguments[0].text == "FILTER" || call.arguments[0].text == "REMOVE_ITEM" ||
                            call.arguments[0].text == "TRANSFORM");
      if (changes) variables_[call.arguments[1].text].push_back({std::nullopt, i});
      if (call.command != "set" || call.arguments.size() < 2) continue;
      const bool is_plain = call.arguments.size() == 2 && !guarded.in_body;
      const Assigned assigned{is_plain ? std::optional(call.arguments[1].text) : std::nullopt, i};
      std::vector<Assigned>& all = variables_[call.arguments[0].text];
      if (std::find(all.begin(), all.end(), assigned) == all.end()) all.push_back(assigned);
    }
  }
  if (project_.find('$') != std::string::npos) project_.clear();
}

void GuardedFiles::collect_users(const CMakeCall& call) {
  for (const CallArgument& argument : call.arguments) {
    for (std::size_t at = argument.text.find("${"); at != std::string::npos; at = argument.text.find("${", at + 1)) {
      const std::size_t end = argument.text.find('}', at);
      if (end == std::string::npos) break;
      users_[argument.text.substr(at + 2, end - at - 2)].insert(call.command);
    }
  }
}

const std::set<std::string_view>* GuardedFiles::users_of(std::string_view variable) const {
  const auto found = users_.find(variable);
  return found == users_.end() ? nullptr : &found->second;
}

// Who reads whom, from the top on: what a path means depends on the directory of the reader.
void GuardedFiles::find_readings() {
  readings_.resize(files_.size());
  std::vector<std::size_t> queue;
  if (const auto top = find_file("CMakeLists.txt")) queue.push_back(*top);
  std::vector<bool> seen(files_.size(), false);
  const auto drain = [&] {
    while (!queue.empty()) {
      const std::size_t reader = queue.back();
      queue.pop_back();
      if (seen[reader]) continue;
      seen[reader] = true;
      for (const GuardedCall& call : files_[reader].calls) read_includes(reader, call, queue);
    }
  };
  drain();
  for (std::size_t i = 0; i < files_.size(); ++i) {  // those that are entered in ways we do not follow
    queue.push_back(i);
    drain();
  }
}

void GuardedFiles::read_includes(std::size_t reader, const GuardedCall& guarded, std::vector<std::size_t>& queue) {
  const CMakeCall& call = *guarded.call;
  const bool enters = enters_directories(call);
  if ((!enters && call.command != "include") || call.arguments.empty()) return;
  for (const CallArgument& argument : call.arguments) {
    const auto path = resolve(files_[reader], argument.text);
    if (path) {
      const std::string file = enters ? (*path == "." ? "CMakeLists.txt" : *path + "/CMakeLists.txt") : *path;
      auto read = find_file(file);
      if (!read && !enters && argument.text.find('/') == std::string::npos) read = find_module(argument.text);
      if (read && *read != reader) {
        if (!enters && readings_[*read].empty()) files_[*read].directory = files_[reader].directory;
        readings_[*read].push_back({reader, &guarded});
        queue.push_back(*read);
      }
    }
    if (!enters || call.command == "add_subdirectory") break;  // what follows is no source directory
  }
}

// What guards a file: what guards each call that reads it, and the files that these stand in.
void GuardedFiles::inherit_guards() {
  std::vector<bool> done(files_.size(), false);
  std::vector<bool> open(files_.size(), false);
  const auto visit = [&](const auto& self, std::size_t index) -> void {
    if (done[index] || open[index]) return;
    open[index] = true;
    std::optional<std::vector<PlacedGuard>> common;
    for (const Reading& reading : readings_[index]) {
      self(self, reading.reader);
      std::vector<PlacedGuard> guards = files_[reading.reader].guards;
      if (!reading.call->in_body) {
        for (const Guard& guard : reading.call->guards) guards.push_back({guard, files_[reading.reader].path});
      }
      if (!common) {
        common = std::move(guards);
        continue;
      }
      std::erase_if(*common, [&guards](const PlacedGuard& one) {
        return std::none_of(guards.begin(), guards.end(),
                            [&one](const PlacedGuard& other) { return is_same(one, other); });
      });
    }
    files_[index].guards = common.value_or(std::vector<PlacedGuard>());
    open[index] = false;
    done[index] = true;
  };
  for (std::size_t i = 0; i < files_.size(); ++i) visit(visit, i);
}

std::optional<std::string> GuardedFiles::value_of(const GuardedFile& file, std::string_view name, int depth) const {
  const SourcePaths& paths = sources_.paths();
  if (name == "CMAKE_CURRENT_SOURCE_DIR") return paths.absolute(file.directory);
  if (name == "CMAKE_CURRENT_LIST_DIR") return paths.absolute(folder_of(file.path));
  if (name == "CMAKE_SOURCE_DIR") return paths.source_root();
  if (name == "PROJECT_SOURCE_DIR") {
    std::string folder = file.directory;
    while (folder != "." && !project_folders_.contains(folder)) folder = folder_of(folder);
    return paths.absolute(folder);
  }
  const auto assigned = variables_.find(name);
  if (assigned != variables_.end()) return assigned_value(file, assigned->second, depth);
  const auto value = toggle_values(tree_).find(name);
  return value ? std::optional(std::string(*value)) : std::nullopt;
}

// What the set() calls of the file say, else those of all files: one text, however it is written.
std::optional<std::string> GuardedFiles::assigned_value(const GuardedFile& file, const std::vector<Assigned>& assigned,
                                                        int depth) const {
  const auto is_here = [&](const Assigned& one) { return &files_[one.file] == &file; };
  const bool here = std::any_of(assigned.begin(), assigned.end(), is_here);
  std::optional<std::string> common;
  for (const Assigned& one : assigned) {
    if (here && !is_here(one)) continue;
    const auto value = one.text ? expand(files_[one.file], *one.text, depth + 1) : std::nullopt;
    if (!value || (common && *common != *value)) return std::nullopt;
    common = value;
  }
  return common;
}

std::optional<std::string> GuardedFiles::expand(const GuardedFile& file, std::string_view text, int depth) const {
  if (depth > deepest_reference) return std::nullopt;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t reference = text.find("${", at);
    result += text.substr(at, reference - at);
    if (reference == std::string_view::npos) break;
    const std::size_t end = text.find('}', reference);
    if (end == std::string_view::npos) return std::nullopt;
    const auto value = value_of(file, text.substr(reference + 2, end - reference - 2), depth);
    if (!value) return std::nullopt;
    result += *value;
    at = end + 1;
  }
  if (result.find("$<") != std::string::npos || result.find('@') != std::string::npos) return std::nullopt;
  return result;
}

std::optional<std::string> GuardedFiles::expand(const GuardedFile& file, std::string_view text) const {
  return expand(file, text, 0);
}

std::optional<std::string> GuardedFiles::resolve(const GuardedFile& file, std::string_view text) const {
  const auto expanded = expand(file, text);
  if (!expanded || expanded->empty() || expanded->find('\n') != std::string::npos) return std::nullopt;
  std::string buffer;
  const SourcePaths& paths = sources_.paths();
  std::string path(paths.normalise(*expanded, paths.absolute(file.directory), buffer));
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  if (path.empty() || is_outside(path)) return std::nullopt;
  return path;
}

}  // namespace bulkhead
