// A configured build tree, read whole.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "graph/cache.h"
#include "graph/cmake_files.h"
#include "graph/codemodel.h"
#include "graph/inputs.h"
#include "graph/reply.h"
#include "graph/result.h"
#include "graph/target_graph.h"
#include "graph/toolchains.h"

namespace bulkhead {

/// Which part of a build tree to read, and how.
struct ReadOptions {
  std::vector<std::string> configurations{};  ///< All of them when empty.
  std::size_t threads = 0;                    ///< 0: one per processor.
};

/// What a reply says about a build tree: a graph for each configuration, and what they share.
struct BuildTree {
  std::filesystem::path directory;  ///< As the caller named it; empty when there is none.
  std::optional<Reply> reply;       ///< What the rest was read from.
  Codemodel codemodel;
  std::vector<std::size_t> configurations;  ///< By graph: the position in codemodel.configurations.
  Cache cache;
  CMakeFiles cmake_files;
  std::vector<Toolchain> toolchains;
  std::vector<TargetGraph> graphs;
  Inputs inputs;
  std::vector<CacheEntry> variables;  ///< Of the capture, where it was used: normal variables that hide the cache's.
};

/// Reads the newest reply of a build tree. CMake may rewrite the reply meanwhile: when an object has gone, the index is
/// read again.
[[nodiscard]] Result<BuildTree> read_build_tree(const std::filesystem::path& build, const ReadOptions& options);

}  // namespace bulkhead
