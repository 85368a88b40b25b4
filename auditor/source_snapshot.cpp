#include "auditor/source_snapshot.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <system_error>

namespace bulkhead {

namespace fs = std::filesystem;

bool is_no_source(const fs::path& directory) {
  constexpr std::array<std::string_view, 5> names = {".git", ".hg", ".svn", ".bzr", "CMakeFiles"};
  const std::string name = directory.filename().string();
  std::error_code ignored;
  return std::find(names.begin(), names.end(), name) != names.end() ||
         fs::exists(directory / "CMakeCache.txt", ignored);
}

SourceSnapshot take_snapshot(const fs::path& source, const fs::path& build) {
  SourceSnapshot snapshot;
  std::error_code error;
  fs::recursive_directory_iterator entry(source, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    const fs::file_type type = entry->symlink_status(ignored).type();
    if (type == fs::file_type::directory) {
      if (entry->path() == build || is_no_source(entry->path())) entry.disable_recursion_pending();
    } else if (type == fs::file_type::regular) {
      const SnapshotStamp stamp{.size = entry->file_size(ignored),
                                .time = entry->last_write_time(ignored).time_since_epoch().count()};
      snapshot.emplace(entry->path().lexically_relative(source).generic_string(), stamp);
    }
  }
  return snapshot;
}

std::vector<std::string> find_changes(const SourceSnapshot& before, const SourceSnapshot& after) {
  std::set<std::string> changed;
  for (const auto& [path, stamp] : before) {
    const auto found = after.find(path);
    if (found == after.end() || found->second != stamp) changed.insert(path);
  }
  for (const auto& [path, stamp] : after) {
    if (!before.contains(path)) changed.insert(path);
  }
  return {changed.begin(), changed.end()};
}

}  // namespace bulkhead
