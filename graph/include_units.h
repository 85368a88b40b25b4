// The sources that a scan looks at, each with what its compiler would know; and what could not be looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "graph/compile_environment.h"
#include "graph/include_scan.h"
#include "graph/source_files.h"

namespace bulkhead {

/// Counts what was not looked at. Synchronised.
class IncludeGaps {
 public:
  /// `place` is a path, `file:line` or a name. The same one counts once.
  void add(IncludeGap gap, const std::string& place);
  /// In the order of IncludeGap; the example is the first place by name.
  [[nodiscard]] std::vector<IncludeGapCount> counts() const;

 private:
  mutable std::mutex mutex_;
  std::map<IncludeGap, std::set<std::string>> gaps_;
};

/// A source that a target compiles.
struct IncludeUnit {
  TargetId target;
  FileId file;
  std::uint32_t environment;  ///< Into IncludeUnits::environments.
};

/// What to look at.
struct IncludeUnits {
  std::vector<CompileEnvironment> environments;
  std::vector<IncludeUnit> units;  ///< By environment, target and file.
};

/// Finds the sources of the compile groups, and asks their compilers. Sources that cannot be looked at are gaps.
[[nodiscard]] IncludeUnits find_include_units(std::span<const CompileGroup> groups,
                                              std::span<const Toolchain> toolchains, const SourcePaths& paths,
                                              SourceFiles& files, IncludeGaps& gaps);

}  // namespace bulkhead
