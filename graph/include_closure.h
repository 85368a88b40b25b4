// What includes could reach, whatever their conditions are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/header_search.h"
#include "graph/include_gap.h"
#include "graph/include_parts.h"
#include "graph/include_scan.h"
#include "graph/source_files.h"

namespace bulkhead {

/// Follows all includes of sources that are compiled alike. One per thread. Borrows from all.
class IncludeClosure {
 public:
  IncludeClosure(const IncludeScanInput& input, SourceFiles& files, IncludeParts& parts, IncludeGaps& gaps,
                 HeaderSearch& search)
      : input_(input), files_(files), parts_(parts), gaps_(gaps), search_(search) {}

  /// True when an include may lead from these to a file of a wanted part: to one that is there, to a header that is not
  /// found and may mean one, to a module of C++20, or to whatever a macro names.
  bool may_reach(std::span<const FileId> starts);

 private:
  bool follow(FileId file);
  /// Whether it belongs to a wanted part, when it is met for the first time.
  bool reach(FileId file);
  bool mark(FileId file);
  /// Whether a file of a wanted part may be meant.
  bool miss(FileId file, const HeaderName& header);

  const IncludeScanInput& input_;
  SourceFiles& files_;
  IncludeParts& parts_;
  IncludeGaps& gaps_;
  HeaderSearch& search_;
  std::vector<FileId> queue_;
  std::vector<std::uint32_t> rounds_;  // by FileId
  std::uint32_t round_ = 0;
};

}  // namespace bulkhead
