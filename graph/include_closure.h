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

  /// Those of `parts` to whose files an include may lead from these: to one that is there, to a header that is not
  /// found and may mean one, to a module of C++20, or to whatever a macro names.
  [[nodiscard]] PartSet find_reached(std::span<const FileId> starts, const PartSet& parts);

 private:
  void follow(FileId file);
  void reach(FileId file);
  bool mark(FileId file);
  void miss(FileId file, const HeaderName& header);

  const IncludeScanInput& input_;
  SourceFiles& files_;
  IncludeParts& parts_;
  IncludeGaps& gaps_;
  HeaderSearch& search_;
  PartSet parts_asked_;
  PartSet reached_;
  std::vector<FileId> queue_;
  std::vector<std::uint32_t> rounds_;  // by FileId
  std::uint32_t round_ = 0;
};

}  // namespace bulkhead
