// What experiments showed about a module: the facts that the rules `disruption` and `removal` judge.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/cmake_errors.h"
#include "auditor/generated_files.h"
#include "graph/graph_diff.h"

namespace bulkhead {

/// What came out when the module was turned on and off, and taken away. Each part is empty, too, where it was not
/// tried.
struct ModuleExperiments {
  std::string module;
  GraphDiff flip{};  ///< What turning it on changes: from the graph without it to the one with it.
  std::vector<GeneratedChange> generated{};  ///< Likewise, in the files that the configure writes.
  std::vector<CMakeError> removal{};         ///< What CMake said when the paths were gone; none when it configured.
};

}  // namespace bulkhead
