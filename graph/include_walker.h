// A walk of one translation unit, and the includes of parts that it meets.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "graph/compile_environment.h"
#include "graph/header_search.h"
#include "graph/include_edge.h"
#include "graph/include_gap.h"
#include "graph/include_parts.h"
#include "graph/include_scan.h"
#include "graph/include_units.h"
#include "graph/preprocessor.h"
#include "graph/recorded_includes.h"

namespace bulkhead {

/// Walks sources, one after the other, and collects their edges. One per thread. Borrows from all.
class IncludeWalker {
 public:
  IncludeWalker(const IncludeScanInput& input, SourceFiles& files, IncludeParts& parts, PartSetPool& sets,
                IncludeGaps& gaps);

  /// Looks for the files of `parts`. `search` is of the same environment. `recorded` is null when nobody knows.
  void walk(const IncludeUnit& unit, const CompileEnvironment& environment, HeaderSearch& search,
            const RecordedIncludes* recorded, PartSet parts);
  /// Takes what the last build has included for a source, absolute, that cannot be walked.
  void take(TargetId target, const std::string& source, const RecordedIncludes& recorded, PartSet parts);
  /// Of all walks; their `part` is the number of a set in the pool.
  [[nodiscard]] IncludeEdges& edges() { return edges_; }

 private:
  std::optional<SourceEntry> enter(const IncludeSite& site);
  /// A header that is there.
  void meet(const IncludeSite& site, FileId file);
  /// A header that is not: it may be one that the module's own include directory would make known.
  void miss(const IncludeSite& site);
  /// A named module of C++20.
  void import(const IncludeSite& site);
  void add_edge(const IncludeSite& site, IncludeEdge edge, const PartSet& parts);
  /// What the last build has included, and the walk did not come across, by whatever way: what a part's header includes
  /// is the part's affair. `source` is canonical.
  void add_unfound(TargetId target, const std::string& source, const RecordedIncludes& recorded);

  const IncludeScanInput& input_;
  SourceFiles& files_;
  IncludeParts& parts_;
  PartSetPool& sets_;
  IncludeGaps& gaps_;
  Preprocessor preprocessor_;
  IncludeResolver resolver_;
  IncludeEdges edges_;
  const IncludeUnit* unit_ = nullptr;
  HeaderSearch* search_ = nullptr;
  const RecordedIncludes* recorded_ = nullptr;
  PartSet asked_;                // the parts of the walk
  std::set<std::string> found_;  // files of these, where there is a record
};

}  // namespace bulkhead
