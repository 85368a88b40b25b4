#include "graph/cmake_sources.h"

#include "graph/file_io.h"

namespace bulkhead {

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

}  // namespace bulkhead
