#include "auditor/policy_files.h"

#include <dirent.h>
#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <system_error>
#include <type_traits>

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 500'000;

// What can match a glob begins with its literal part: the folder of that, "" for the root itself.
std::string folder_of(const Glob& glob) {
  const std::string prefix(glob.literal_prefix());
  const std::size_t slash = prefix.rfind('/');
  return slash == std::string::npos ? std::string() : prefix.substr(0, slash);
}

// Visits what is below a folder, folders before what is in them. Symbolic links to folders are not followed.
template <class Visit>
class Walk {
 public:
  explicit Walk(Visit& visit) : visit_(visit) {}

  /// Calls `visit(path, type)`, the path relative to `root`, until it returns false; false when there is too much.
  bool below(const std::string& root, const std::string& folder) {
    const fs::path start = fs::path(root) / folder;
    return list(start.lexically_normal().string(), folder) || !too_much_;
  }

 private:
  // False when the walk is over.
  bool list(const std::string& directory, const std::string& relative) {
    DIR* const stream = ::opendir(directory.c_str());
    if (stream == nullptr) return true;
    std::vector<std::string> folders;
    bool goes_on = true;
    while (goes_on) {
      const dirent* const entry = ::readdir(stream);
      if (entry == nullptr) break;
      const std::string_view name = static_cast<const char*>(entry->d_name);
      if (name == "." || name == ".." || name == ".git") continue;
      too_much_ = ++entries_ > most_entries;
      std::string path = relative.empty() ? std::string(name) : fmt::format("{}/{}", relative, name);
      const fs::file_type type = type_of(*entry, directory);
      goes_on = !too_much_ && visit_(path, type);
      if (type == fs::file_type::directory) folders.emplace_back(name);
    }
    ::closedir(stream);
    for (const std::string& folder : folders) {
      if (!goes_on) break;
      goes_on = list(fmt::format("{}/{}", directory, folder),
                     relative.empty() ? folder : fmt::format("{}/{}", relative, folder));
    }
    return goes_on;
  }

  // Without a system call where the file system tells.
  static fs::file_type type_of(const dirent& entry, const std::string& directory) {
    if (entry.d_type == DT_REG) return fs::file_type::regular;
    if (entry.d_type == DT_DIR) return fs::file_type::directory;
    std::error_code error;
    const fs::path path = fs::path(directory) / static_cast<const char*>(entry.d_name);
    const fs::file_status link = fs::symlink_status(path, error);
    if (link.type() != fs::file_type::symlink) return link.type();
    return fs::is_regular_file(path, error) ? fs::file_type::regular : fs::file_type::symlink;
  }

  Visit& visit_;
  std::size_t entries_ = 0;
  bool too_much_ = false;
};

template <class Visit>
bool walk(const std::string& root, const std::string& folder, Visit&& visit) {
  return Walk<std::remove_reference_t<Visit>>(visit).below(root, folder);
}

}  // namespace

std::optional<bool> matches_on_disk(const Glob& glob, const std::string& source_root) {
  std::error_code error;
  const fs::path root(source_root);
  if (!fs::is_directory(root, error)) return std::nullopt;
  // A plain path is its own literal part.
  const std::string prefix(glob.literal_prefix());
  if (glob.matches(prefix) && fs::exists(root / prefix, error)) return true;
  bool found = false;
  const bool whole = walk(source_root, folder_of(glob), [&](const std::string& path, fs::file_type) {
    found = glob.matches(path);
    return !found;
  });
  return found || whole ? std::optional(found) : std::nullopt;
}

std::vector<std::string> files_on_disk(const Glob& glob, const std::string& source_root) {
  std::vector<std::string> files;
  std::error_code error;
  const std::string prefix(glob.literal_prefix());
  if (glob.matches(prefix) && fs::is_regular_file(fs::path(source_root) / prefix, error)) files.push_back(prefix);
  walk(source_root, folder_of(glob), [&](const std::string& path, fs::file_type type) {
    if (type == fs::file_type::regular && path != prefix && glob.matches(path)) files.push_back(path);
    return true;
  });
  return files;
}

}  // namespace bulkhead
