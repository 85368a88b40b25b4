// What a compile group tells a preprocessor: where to look, and what is defined before the first line.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/compile_group.h"
#include "graph/compiler.h"
#include "graph/header_search.h"
#include "graph/source_files.h"

namespace bulkhead {

/// The environment of sources that are compiled alike.
struct CompileEnvironment {
  SearchPath path;
  std::vector<FileId> preludes;  ///< Sources to be walked first: the compiler's macros, and those of the command line.
};

/// Makes environments; what compile groups share is made once.
class CompileEnvironments {
 public:
  /// Includes of the command line (`-include`) are relative to `build_root`.
  CompileEnvironments(SourceFiles& files, std::string build_root) : files_(files), build_root_(std::move(build_root)) {}

  /// Runs the compilers of make() ahead, several at once.
  void ask_ahead(const std::vector<CompilerQuestion>& questions, std::size_t thread_count) {
    probe_.ask_ahead(questions, thread_count);
  }
  /// `compiler` is the program of the group's language. Fails when it does not tell its macros.
  [[nodiscard]] Result<CompileEnvironment> make(const CompileGroup& group, const std::string& compiler);

 private:
  [[nodiscard]] FileId prelude(const std::string& text, const std::string& name);
  [[nodiscard]] std::vector<DirectoryId> to_ids(const std::vector<std::string>& directories);

  SourceFiles& files_;
  std::string build_root_;
  CompilerProbe probe_;
  std::map<std::string, FileId> preludes_;
};

}  // namespace bulkhead
