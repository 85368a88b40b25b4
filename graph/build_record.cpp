#include "graph/build_record.h"

#include <algorithm>
#include <utility>

#include "graph/source_paths.h"

namespace bulkhead {
namespace {

// CMake's name for the sources of a unity build: `Unity/unity_0_cxx.cxx` in the target's directory.
bool is_unity_source(std::string_view source) {
  return source.find("/Unity/unity_") != std::string_view::npos;
}

}  // namespace

BuildRecord::BuildRecord(const std::filesystem::path& build, BuildRecordParts parts)
    : build_root_(build.lexically_normal().string()), parts_(std::move(parts)) {
  for (std::size_t i = 0; i < parts_.records.size(); ++i) {
    by_source_.emplace_back(i);
    if (is_unity_source(parts_.strings[parts_.records[i].source])) unity_.emplace_back(i);
  }
  by_object_ = by_source_;
  const auto& records = parts_.records;
  std::stable_sort(by_source_.begin(), by_source_.end(),
                   [&](RecordId a, RecordId b) { return records[a.value()].source < records[b.value()].source; });
  std::stable_sort(by_object_.begin(), by_object_.end(),
                   [&](RecordId a, RecordId b) { return records[a.value()].object < records[b.value()].object; });
}

std::optional<StringId> BuildRecord::find_path(std::string_view raw) const {
  std::string buffer;
  return parts_.strings.find(SourcePaths(build_root_, build_root_).normalise(raw, buffer));
}

std::vector<RecordId> BuildRecord::find(std::string_view target, std::string_view source) const {
  std::vector<RecordId> found;
  const auto target_id = parts_.strings.find(target);
  const auto path = find_path(source);
  if (!target_id || !path) return found;
  const auto& records = parts_.records;
  auto at = std::lower_bound(by_source_.begin(), by_source_.end(), *path,
                             [&](RecordId id, StringId wanted) { return records[id.value()].source < wanted; });
  for (; at != by_source_.end() && records[at->value()].source == *path; ++at) {
    if (records[at->value()].target == *target_id) found.push_back(*at);
  }
  if (!found.empty()) return found;
  for (const RecordId unity : unity_) {
    if (records[unity.value()].target != *target_id) continue;
    const auto own = own_dependencies(unity);
    if (std::find(own.begin(), own.end(), *path) != own.end()) found.push_back(unity);
  }
  return found;
}

std::optional<RecordId> BuildRecord::find_object(std::string_view object) const {
  const auto path = find_path(object);
  if (!path) return std::nullopt;
  const auto& records = parts_.records;
  const auto at = std::lower_bound(by_object_.begin(), by_object_.end(), *path,
                                   [&](RecordId id, StringId wanted) { return records[id.value()].object < wanted; });
  if (at == by_object_.end() || records[at->value()].object != *path) return std::nullopt;
  return *at;
}

std::span<const StringId> BuildRecord::own_dependencies(RecordId record) const {
  const IndexRange range = (*this)[record].dependencies;
  return std::span(parts_.dependencies).subspan(range.begin, range.size());
}

std::vector<StringId> BuildRecord::dependencies(RecordId record) const {
  std::vector<StringId> all;
  std::vector<bool> is_there(parts_.strings.size());
  const auto append = [&](RecordId from) {
    for (const StringId path : own_dependencies(from)) {
      if (is_there[path.value()]) continue;
      is_there[path.value()] = true;
      all.push_back(path);
    }
  };
  append(record);
  if (const OptionalRecordId precompiled = (*this)[record].precompiled) append(*precompiled);
  return all;
}

}  // namespace bulkhead
