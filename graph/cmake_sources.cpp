#include "graph/cmake_sources.h"

#include <array>

#include "graph/file_io.h"

namespace bulkhead {
namespace {

// Variables that stand for the reader's own directory, and for the top.
constexpr std::array<std::string_view, 2> here = {"${CMAKE_CURRENT_SOURCE_DIR}/", "${CMAKE_CURRENT_LIST_DIR}/"};
constexpr std::array<std::string_view, 2> at_top = {"${CMAKE_SOURCE_DIR}/", "${PROJECT_SOURCE_DIR}/"};

// True for the file that find_package(name) reads: Findname.cmake, nameConfig.cmake or name-config.cmake.
bool is_package_file(std::string_view file, std::string_view name) {
  const std::string_view base = file.substr(file.rfind('/') + 1);
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return base == "Find" + std::string(name) + ".cmake" || base == std::string(name) + "Config.cmake" ||
         base == lower + "-config.cmake";
}

}  // namespace

const std::vector<CMakeCall>& CMakeSources::calls(std::string_view path) {
  const auto found = files_.find(path);
  if (found != files_.end()) return found->second;
  std::vector<CMakeCall> calls;
  FileBuffer buffer;
  if (const auto text = buffer.read(paths_.absolute(path))) calls = parse_cmake_calls(*text);
  return files_.emplace(std::string(path), std::move(calls)).first->second;
}

const CMakeCall* CMakeSources::call_at(std::string_view path, std::uint32_t line) {
  const CMakeCall* const call = find_call(calls(path), line);
  return call != nullptr && call->line == line ? call : nullptr;
}

std::vector<std::string_view> project_files(const TargetGraph& graph) {
  std::vector<std::string_view> files = {"CMakeLists.txt"};
  for (const Edge& edge : graph.edges_from_files()) {
    if (edge.kind != EdgeKind::configure) continue;
    const std::string_view file = graph.text(edge.to.string_id());
    if (!is_outside(file)) files.push_back(file);
  }
  return files;
}

const CMakeCall* find_reading_call(CMakeSources& sources, std::string_view reader, std::string_view file) {
  const SourcePaths& paths = sources.paths();
  const std::size_t slash = reader.rfind('/');
  const std::string directory =
      slash == std::string_view::npos ? paths.source_root() : paths.absolute(reader.substr(0, slash));
  std::string buffer;
  for (const CMakeCall& call : sources.calls(reader)) {
    if (call.command == "find_package" && !call.arguments.empty() && is_package_file(file, call.arguments[0].text)) {
      return &call;
    }
    const bool enters = call.command == "add_subdirectory";
    const bool reads =
        enters || call.command == "include" || call.command == "configure_file" || call.command == "file";
    if (!reads || call.arguments.empty()) continue;
    // file(READ path …), file(STRINGS path …)
    const std::size_t at = call.command == "file" ? 1 : 0;
    if (call.arguments.size() <= at) continue;
    std::string argument = call.arguments[at].text;
    for (const std::string_view prefix : here) {
      if (argument.starts_with(prefix)) argument.erase(0, prefix.size());
    }
    for (const std::string_view prefix : at_top) {
      if (argument.starts_with(prefix)) argument = paths.source_root() + "/" + argument.substr(prefix.size());
    }
    if (enters) argument += "/CMakeLists.txt";
    if (paths.normalise(argument, directory, buffer) == file) return &call;
  }
  return nullptr;
}

}  // namespace bulkhead
