#include "auditor/source_tree.h"

#include <dirent.h>
#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 500'000;
constexpr std::size_t most_text = 200'000'000;

// What can match a glob begins with its literal part: the folder of that, "" for the root itself.
std::string folder_of(const Glob& glob) {
  const std::string prefix(glob.literal_prefix());
  const std::size_t slash = prefix.rfind('/');
  return slash == std::string::npos ? std::string() : prefix.substr(0, slash);
}

// Without a system call where the file system tells. A link to a folder is no folder, but one to a file is a file.
fs::file_type type_of(const dirent& entry, const std::string& directory) {
  if (entry.d_type == DT_REG) return fs::file_type::regular;
  if (entry.d_type == DT_DIR) return fs::file_type::directory;
  std::error_code error;
  const fs::path path = fs::path(directory) / static_cast<const char*>(entry.d_name);
  const fs::file_status link = fs::symlink_status(path, error);
  if (link.type() != fs::file_type::symlink) return link.type();
  return fs::is_regular_file(path, error) ? fs::file_type::regular : fs::file_type::symlink;
}

std::string join(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : fmt::format("{}/{}", folder, name);
}

}  // namespace

// Lists what is below a folder, folders before what is in them.
class SourceTree::Walk {
 public:
  explicit Walk(Listing& listing) : listing_(listing) {}

  void list(const std::string& directory, const std::string& relative) {
    DIR* const stream = ::opendir(directory.c_str());
    if (stream == nullptr) return;
    std::vector<std::string> folders;
    while (const dirent* const entry = ::readdir(stream)) {
      const std::string_view name = static_cast<const char*>(entry->d_name);
      if (name == "." || name == ".." || name == ".git") continue;
      if (listing_.entries.size() == most_entries || listing_.text.size() > most_text) {
        listing_.is_whole = false;
        break;
      }
      const fs::file_type type = type_of(*entry, directory);
      const auto begin = static_cast<std::uint32_t>(listing_.text.size());
      if (!relative.empty()) (listing_.text += relative) += '/';
      listing_.text += name;
      const auto size = static_cast<std::uint32_t>(listing_.text.size() - begin);
      listing_.entries.push_back({begin, size, type == fs::file_type::regular});
      if (type == fs::file_type::directory) folders.emplace_back(name);
    }
    ::closedir(stream);
    for (const std::string& folder : folders) {
      if (listing_.is_whole) list(join(directory, folder), join(relative, folder));
    }
  }

 private:
  Listing& listing_;
};

SourceTree::SourceTree(std::string root) : root_(std::move(root)) {
  std::error_code error;
  is_there_ = fs::is_directory(root_, error);
}

std::optional<bool> SourceTree::matches(const Glob& glob) {
  if (!is_there_) return std::nullopt;
  // A plain path is its own literal part.
  const std::string prefix(glob.literal_prefix());
  std::error_code error;
  if (glob.matches(prefix) && fs::exists(fs::path(root_) / prefix, error)) return true;
  const Listing& listing = below(folder_of(glob));
  for (const Entry& entry : listing.entries) {
    if (glob.matches(listing.path(entry))) return true;
  }
  return listing.is_whole ? std::optional(false) : std::nullopt;
}

std::vector<std::string> SourceTree::files(const Glob& glob) {
  std::vector<std::string> files;
  if (!is_there_) return files;
  const Listing& listing = below(folder_of(glob));
  for (const Entry& entry : listing.entries) {
    if (entry.is_file && glob.matches(listing.path(entry))) files.emplace_back(listing.path(entry));
  }
  return files;
}

const SourceTree::Listing& SourceTree::below(const std::string& folder) {
  const auto [found, is_new] = listings_.try_emplace(folder);
  if (is_new) Walk(found->second).list((fs::path(root_) / folder).lexically_normal().string(), folder);
  return found->second;
}

}  // namespace bulkhead
