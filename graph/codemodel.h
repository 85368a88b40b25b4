// The codemodel object of a reply: configurations, directories and the files that describe the targets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/reply.h"
#include "graph/result.h"
#include "graph/string_pool.h"

namespace bulkhead {

/// A directory of a configuration.
struct CodemodelDirectory {
  std::string source;                   ///< Relative to the top source directory, or absolute.
  std::string build;                    ///< Likewise, of the build directory.
  std::optional<std::uint32_t> parent;  ///< Index of the directory that entered this one.
  std::string file;                     ///< The directory object; empty before codemodel 2.3.
  bool has_install_rule = false;        ///< False when the directory object lists no installer.
};

/// A target of a configuration.
struct CodemodelTarget {
  std::string name;
  std::string file;  ///< The target object.
  std::uint32_t directory = 0;
};

/// One of `configurations`.
struct CodemodelConfiguration {
  std::string name;  ///< Empty when there is no build type.
  std::vector<CodemodelDirectory> directories;
  /// `targets` and `abstractTargets` (codemodel >= 2.9), in the order of the file.
  std::vector<CodemodelTarget> targets;
  /// The ids of `targets`: position i holds the id of targets[i].
  StringPool ids;
};

/// What the codemodel object says. See cmake-file-api(7), "codemodel" version 2.
struct Codemodel {
  std::uint32_t major = 2;
  std::uint32_t minor = 0;
  std::string source_root;  ///< Absolute.
  std::string build_root;   ///< Absolute.
  std::vector<CodemodelConfiguration> configurations;
};

/// Reads the codemodel object, any minor version of 2; fields that are not known are skipped.
[[nodiscard]] Result<Codemodel> read_codemodel(const Reply& reply);

}  // namespace bulkhead
