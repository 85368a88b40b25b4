// What an include scan could not look at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "graph/part_set.h"

namespace bulkhead {

/// What a scan could not look at.
enum class IncludeGap : std::uint8_t {
  no_sources,      ///< The source tree is not at hand.
  compiler,        ///< A compiler does not tell its macros and directories.
  language,        ///< Sources of a language whose includes are not known here.
  missing_source,  ///< Sources that are not there yet.
  missing_header,  ///< Headers that are not there yet, and are included.
  unreadable,      ///< Files that cannot be read.
  unknown_name,    ///< Includes whose name is made of macros that nobody can know.
  too_much_work,   ///< Sources whose includes take too long.
};

inline constexpr std::array include_gaps = {
    IncludeGap::no_sources,     IncludeGap::compiler,   IncludeGap::language,     IncludeGap::missing_source,
    IncludeGap::missing_header, IncludeGap::unreadable, IncludeGap::unknown_name, IncludeGap::too_much_work,
};

/// How often something was not looked at, and where for the first time.
struct IncludeGapCount {
  IncludeGap gap;
  std::size_t count = 0;
  std::string example;  ///< A path, `file:line`, or a name.
};

/// Counts what was not looked at. Synchronised.
class IncludeGaps {
 public:
  /// `place` is a path, `file:line` or a name. The same one counts once. `parts` are those that it leaves unproven.
  void add(IncludeGap gap, const std::string& place, const PartSet& parts);
  /// Those that concern one of `parts`, in the order of IncludeGap; the example is the first place by name.
  [[nodiscard]] std::vector<IncludeGapCount> counts(const PartSet& parts) const;

 private:
  mutable std::mutex mutex_;
  std::map<IncludeGap, std::map<std::string, PartSet>> gaps_;
};

}  // namespace bulkhead
