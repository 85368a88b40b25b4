// The cache object of a reply: the values that the user and the project gave to cache entries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/reply.h"
#include "graph/result.h"

namespace bulkhead {

struct CacheEntry {
  std::string name;
  std::string value;
  std::string type;  ///< "BOOL", "STRING", "UNINITIALIZED", …
};

/// All cache entries, sorted by name.
class Cache {
 public:
  Cache() = default;
  explicit Cache(std::vector<CacheEntry> entries);

  [[nodiscard]] const std::vector<CacheEntry>& entries() const { return entries_; }
  /// The value of an entry. Borrowed from the cache.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;

 private:
  std::vector<CacheEntry> entries_;
};

/// Reads the cache object (version 2). Fails when the reply has none.
[[nodiscard]] Result<Cache> read_cache(const Reply& reply);

}  // namespace bulkhead
