// How the sources of a target are compiled, for those who read the sources themselves.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "graph/codemodel.h"
#include "graph/id.h"
#include "graph/reply.h"
#include "graph/result.h"

namespace bulkhead {

/// One of a target's `compileGroups`: sources that are compiled alike.
struct CompileGroup {
  TargetId target;
  std::string language;                            ///< "CXX", as CMake calls it.
  std::vector<std::string> sources{};              ///< Absolute, in the order of the target.
  std::vector<std::string> definitions{};          ///< "X", "X=1", in the order of the reply.
  std::vector<std::string> includes{};             ///< Directories, absolute; what -I names.
  std::vector<std::string> system_includes{};      ///< What -isystem names.
  std::vector<std::string> precompiled_headers{};  ///< As target_precompile_headers() has them, absolute or <angled>.
  std::vector<std::string> words{};                ///< All other words of the command line.
};

/// Reads the compile groups of these targets, in their order. `source_root` is absolute.
[[nodiscard]] Result<std::vector<CompileGroup>> read_compile_groups(const Reply& reply,
                                                                    const CodemodelConfiguration& configuration,
                                                                    const std::string& source_root,
                                                                    std::span<const TargetId> targets);

}  // namespace bulkhead
