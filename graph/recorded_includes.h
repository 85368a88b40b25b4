// What the last build has included for a source.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/include_scan.h"
#include "graph/target_graph.h"

namespace bulkhead {

/// The files behind the objects of a source.
struct RecordedIncludes {
  std::vector<std::string> files;  ///< Canonical, sorted; the source is among them.
  bool is_shared = false;          ///< With other sources, in a unity build: then some of the files are only theirs.
};

/// What the input's record says of a source, absolute, that the target compiles; none where there is no record, or
/// where one of its objects has changed since. Safe to call from several threads.
[[nodiscard]] std::optional<RecordedIncludes> recorded_includes(const IncludeScanInput& input, TargetId target,
                                                                std::string_view source);

}  // namespace bulkhead
