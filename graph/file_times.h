// When files were last written, each asked for once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "graph/id.h"
#include "graph/result.h"
#include "graph/string_pool.h"

namespace bulkhead {

/// The times of all paths of a pool, at the moment of reading.
class FileTimes {
 public:
  /// Asks for each path of `paths` once, on up to `thread_count` threads. Relative ones are below `directory`. Symbolic
  /// links are followed, as ninja and make do. Fails when `directory` is none.
  static Result<FileTimes> read(const std::filesystem::path& directory, const StringPool& paths,
                                std::size_t thread_count);

  /// Nanoseconds since 1970; 0 for a path that is not there, or cannot be looked at.
  [[nodiscard]] std::int64_t operator[](StringId path) const { return times_[path.value()]; }

 private:
  std::vector<std::int64_t> times_;
};

}  // namespace bulkhead
