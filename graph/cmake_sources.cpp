#include "graph/cmake_sources.h"

#include <array>

#include "graph/file_io.h"

namespace bulkhead {
namespace {

// Variables that stand for the reader's own directory, and for the top.
constexpr std::array<std::string_view, 2> here = {"${CMAKE_CURRENT_SOURCE_DIR}/", "${CMAKE_CURRENT_LIST_DIR}/"};
constexpr std::array<std::string_view, 2> at_top = {"${CMAKE_SOURCE_DIR}/", "${PROJECT_SOURCE_DIR}/"};

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

const CMakeCall* find_reading_call(CMakeSources& sources, std::string_view reader, std::string_view file) {
  const SourcePaths& paths = sources.paths();
  const std::size_t slash = reader.rfind('/');
  const std::string directory =
      slash == std::string_view::npos ? paths.source_root() : paths.absolute(reader.substr(0, slash));
  std::string buffer;
  for (const CMakeCall& call : sources.calls(reader)) {
    const bool enters = call.command == "add_subdirectory";
    if ((!enters && call.command != "include") || call.arguments.empty()) continue;
    std::string argument = call.arguments.front().text;
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
