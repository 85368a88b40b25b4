// Joins what the workers decoded into the graph of one configuration.
#pragma once

#include <vector>

#include "graph/capture.h"
#include "graph/cmake_files.h"
#include "graph/codemodel.h"
#include "graph/ninja_build.h"
#include "graph/source_paths.h"
#include "graph/target_batch.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// What the graph of a configuration is built from. All of it outlives the call only; `batches` are consumed.
struct GraphSources {
  const Codemodel& codemodel;
  const CodemodelConfiguration& configuration;
  const SourcePaths& paths;
  const CMakeFiles& cmake_files;
  BuildInfo info;
  const Capture* capture = nullptr;   ///< None when null.
  const NinjaBuild* ninja = nullptr;  ///< Likewise; of this configuration.
  /// Every target of the configuration is in exactly one batch.
  std::vector<TargetBatch> batches;
  std::size_t threads = 1;  ///< How many may work; at least 1.
};

/// Builds the graph. The result does not depend on how the targets were shared among the batches, but for the numbers
/// behind StringIds and FrameIds.
[[nodiscard]] TargetGraph build_graph(GraphSources sources);

}  // namespace bulkhead
