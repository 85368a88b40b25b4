#include "auditor/shadow_tree.h"

#include <system_error>

#include "auditor/source_snapshot.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

bool is_cmake_file(const fs::path& path) {
  return path.filename() == "CMakeLists.txt" || path.extension() == ".cmake";
}

// Where a link of the source tree leads to when it stands in the shadow.
fs::path retarget(const fs::path& relative, const fs::path& original, const fs::path& target) {
  if (target.is_absolute()) return target;
  const fs::path inside = (relative.parent_path() / target).lexically_normal();
  return inside.begin() != inside.end() && *inside.begin() == ".." ? original : target;
}

void add_entry(const fs::directory_entry& entry, const fs::path& relative, const fs::path& shadow,
               std::error_code& error) {
  const fs::path place = shadow / relative;
  fs::create_directories(place.parent_path(), error);
  if (error) return;
  if (entry.is_symlink(error)) {
    const fs::path target = fs::read_symlink(entry.path(), error);
    if (!error) fs::create_symlink(retarget(relative, entry.path(), target), place, error);
  } else if (is_cmake_file(entry.path())) {
    fs::copy_file(entry.path(), place, error);
  } else {
    fs::create_symlink(entry.path(), place, error);
  }
}

}  // namespace

Result<ShadowTree> make_shadow_tree(const fs::path& source, const fs::path& build, const fs::path& shadow,
                                    const std::function<bool(const std::string&)>& is_left_out) {
  ShadowTree tree;
  std::error_code error;
  fs::create_directories(shadow, error);
  if (error) return fail({shadow.string()}, "cannot create this directory: " + error.message());
  fs::recursive_directory_iterator entry(source, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const bool is_directory = entry->is_directory(error) && !entry->is_symlink(error);
    if (error) break;
    if (is_directory) {
      if (entry->path() == build || entry->path() == shadow || is_no_source(entry->path()))
        entry.disable_recursion_pending();
      continue;
    }
    const fs::path relative = entry->path().lexically_relative(source);
    if (is_left_out(relative.generic_string())) {
      ++tree.left_out;
      continue;
    }
    std::error_code failed;
    add_entry(*entry, relative, shadow, failed);
    if (failed) return fail({(shadow / relative).string()}, "cannot make this link: " + failed.message());
    ++tree.linked;
  }
  if (error) return fail({source.string()}, "cannot read all of this directory: " + error.message());
  return tree;
}

}  // namespace bulkhead
