// Which calls of the project's CMake files name a word, for those who ask about many.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/cmake_sources.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// Finds calls by the words in their arguments; a file is taken apart once, when it is first asked for. Borrows from
/// both. Not synchronised.
class CallIndex {
 public:
  CallIndex(CMakeSources& sources, const TargetGraph& graph) : sources_(sources), files_(project_files(graph)) {}

  [[nodiscard]] CMakeSources& sources() { return sources_; }
  /// The files of project_files() for which calls() has any for `word`, in their order.
  [[nodiscard]] const std::vector<std::string_view>& files_naming(std::string_view word);
  /// The calls of a file, by its canonical path, of which find_argument() may find an argument that names `word`; all
  /// for which it does are among them. In their order.
  [[nodiscard]] const std::vector<const CMakeCall*>& calls(std::string_view file, std::string_view word);

 private:
  using Calls = std::unordered_map<std::string_view, std::vector<const CMakeCall*>>;  // by run of word characters

  Calls& calls_of(std::string_view file);

  CMakeSources& sources_;
  std::vector<std::string_view> files_;
  std::map<std::string, Calls, std::less<>> by_file_;
  std::vector<const CMakeCall*> none_;
  std::unordered_map<std::string_view, std::vector<std::string_view>> files_by_run_;  // made when it is first asked for
  std::vector<std::string_view> no_files_;
};

}  // namespace bulkhead
