#include "graph/cache.h"

#include <algorithm>

#include "graph/reply_object.h"

namespace bulkhead {
namespace {

using simdjson::ondemand::object;

CacheEntry decode_entry(object json) {
  CacheEntry entry;
  for (auto field : json) {
    const std::string_view key = field.unescaped_key();
    if (key == "name") entry.name = std::string_view(field.value());
    if (key == "value") entry.value = std::string_view(field.value());
    if (key == "type") entry.type = std::string_view(field.value());
  }
  return entry;
}

}  // namespace

Cache::Cache(std::vector<CacheEntry> entries) : entries_(std::move(entries)) {
  std::sort(entries_.begin(), entries_.end(), [](const CacheEntry& a, const CacheEntry& b) { return a.name < b.name; });
}

std::optional<std::string_view> Cache::find(std::string_view name) const {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), name,
                                      [](const CacheEntry& entry, std::string_view text) { return entry.name < text; });
  if (found == entries_.end() || found->name != name) return std::nullopt;
  return found->value;
}

Result<Cache> read_cache(const Reply& reply) {
  const ReplyObject* const object_file = find_object(reply.index, "cache", 2);
  if (object_file == nullptr) {
    return fail({(reply.directory.path() / reply.index.file).string()}, "this reply has no cache object",
                "run 'bulkhead query' on the build tree, then cmake again");
  }
  std::vector<CacheEntry> entries;
  const auto decoded = decode_reply_file(reply, object_file->file, [&entries](object json) {
    for (object entry : json["entries"].get_array()) entries.push_back(decode_entry(entry));
  });
  if (!decoded) return tl::unexpected(decoded.error());
  return Cache(std::move(entries));
}

}  // namespace bulkhead
