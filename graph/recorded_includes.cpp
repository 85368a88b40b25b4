#include "graph/recorded_includes.h"

#include <algorithm>

namespace bulkhead {

std::optional<RecordedIncludes> recorded_includes(const IncludeScanInput& input, TargetId target,
                                                  std::string_view source) {
  if (input.record == nullptr) return std::nullopt;
  const std::vector<RecordId> records = input.record->find(input.name_of(target), source);
  if (records.empty()) return std::nullopt;
  RecordedIncludes recorded;
  std::string buffer;
  const std::string& build = input.paths.build_root();
  const std::string canonical(input.paths.normalise(source, build, buffer));
  for (const RecordId id : records) {
    const ObjectRecord& record = (*input.record)[id];
    if (record.state != RecordState::current) return std::nullopt;
    const std::string_view made_of = (*input.record)[record.source];
    if (input.paths.normalise(made_of, build, buffer) != canonical) recorded.is_shared = true;
    for (const StringId dependency : input.record->dependencies(id)) {
      recorded.files.emplace_back(input.paths.normalise((*input.record)[dependency], build, buffer));
    }
  }
  std::sort(recorded.files.begin(), recorded.files.end());
  return recorded;
}

}  // namespace bulkhead
