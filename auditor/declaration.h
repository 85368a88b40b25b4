// A call of bulkhead_module() in a CMake file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/cmake_call.h"
#include "graph/result.h"

namespace bulkhead {

/// Where a module is declared: the call, as far as the text of its file shows it, and what its globs are relative to.
class Declaration {
 public:
  /// Looks in `file` for the one call that declares `module`. A file that cannot be read, or a name that a variable
  /// makes, leaves the file alone as the place. `directory` is the absolute source directory of the call, `source_root`
  /// the absolute top one.
  Declaration(std::string file, std::string_view module, std::string_view directory, std::string_view source_root);

  /// The call.
  [[nodiscard]] Location where() const;
  /// The argument of the call that is written like this, else the call.
  [[nodiscard]] Location find(std::string_view argument) const;
  /// A glob of the call, relative to the source root instead of to the directory of the call. An absolute one may lie
  /// below the source root or beside it.
  [[nodiscard]] std::string from_root(std::string_view glob) const;

 private:
  std::string file_;
  std::string directory_;
  std::string source_root_;
  std::optional<CMakeCall> call_;
};

}  // namespace bulkhead
