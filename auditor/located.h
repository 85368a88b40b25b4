// Where in a file a byte of an embedded text lies: a toggle or a glob inside a policy.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "graph/result.h"

namespace bulkhead {

/// The place of `text[offset]`, where `start` is the place of `text[0]`. A line or column of 0 (unknown) stays 0; after
/// a line break in `text` columns count from 1 again. An `offset` beyond the end means the end.
[[nodiscard]] inline Location locate(const Location& start, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto breaks = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  Location place = start;
  if (place.line != 0) place.line += breaks;
  if (place.column == 0) return place;
  if (breaks == 0) {
    place.column += static_cast<std::uint32_t>(before.size());
  } else {
    place.column = static_cast<std::uint32_t>(before.size() - before.rfind('\n'));
  }
  return place;
}

}  // namespace bulkhead
