#include "graph/source_files.h"

#include <dirent.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

std::string without_end(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

DirectoryId SourceFiles::directory(std::string_view path) {
  std::string normal = without_end(fs::path(path).lexically_normal().string());
  const std::lock_guard lock(mutex_);
  return directory_at(normal);
}

DirectoryId SourceFiles::directory_at(const std::string& path) {
  const auto [found, is_new] = by_path_.try_emplace(path, DirectoryId(directories_.size()));
  if (is_new) directories_.push_back({.path = path});
  return found->second;
}

void SourceFiles::list(Directory& directory) {
  directory.is_listed = true;
  DIR* const stream = ::opendir(directory.path.c_str());
  if (stream == nullptr) return;
  std::error_code error;
  directory.real_path = fs::canonical(directory.path, error).string();
  if (error) directory.real_path = directory.path;
  while (const dirent* const entry = ::readdir(stream)) {
    Name name;
    if (entry->d_type == DT_UNKNOWN || entry->d_type == DT_LNK) {
      const fs::file_status status = fs::status(directory.path + '/' + entry->d_name, error);
      if (!fs::exists(status)) continue;
      name.is_directory = fs::is_directory(status);
      name.is_link = true;
    } else {
      name.is_directory = entry->d_type == DT_DIR;
    }
    directory.names.emplace(entry->d_name, name);
  }
  ::closedir(stream);
}

OptionalFileId SourceFiles::find_name(DirectoryId id, std::string_view name) {
  for (;;) {
    Directory& directory = directories_[id.value()];
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) break;
    const std::string_view folder = name.substr(0, slash);
    name.remove_prefix(slash + 1);
    if (folder.empty() || folder == ".") continue;
    if (folder == "..") {
      // As the kernel has it, which follows links, unless that is where the path leads anyway.
      if (!directory.is_listed) list(directory);
      const std::string& path = directory.real_path.empty() ? directory.path : directory.real_path;
      const bool is_plain = path == directory.path;
      id = directory_at(without_end(fs::path(is_plain ? directory.path : path).parent_path().string()));
      continue;
    }
    if (!directory.is_listed) list(directory);
    const auto found = directory.names.find(folder);
    if (found == directory.names.end() || !found->second.is_directory) return {};
    if (!found->second.below) {
      found->second.below = directory_at((directory.path == "/" ? "" : directory.path) + '/' + std::string(folder));
    }
    id = *found->second.below;
  }
  Directory& directory = directories_[id.value()];
  if (!directory.is_listed) list(directory);
  const auto found = directory.names.find(name);
  if (found == directory.names.end() || found->second.is_directory) return {};
  if (!found->second.file) {
    const std::string path = (directory.path == "/" ? "" : directory.path) + '/' + std::string(name);
    std::string real = (directory.real_path == "/" ? "" : directory.real_path) + '/' + std::string(name);
    if (found->second.is_link) {
      std::error_code error;
      const fs::path canonical = fs::canonical(path, error);
      if (!error) real = canonical.string();
    }
    found->second.file = FileId(entries_.size());
    entries_.emplace_back(path, std::move(real), id);
  }
  return found->second.file;
}

OptionalFileId SourceFiles::find(DirectoryId directory, std::string_view name) {
  if (name.empty()) return {};
  const std::lock_guard lock(mutex_);
  if (name.front() == '/') {
    return find_name(directory_at("/"), name.substr(1));
  }
  return find_name(directory, name);
}

std::optional<FoundFile> SourceFiles::find(std::span<const DirectoryId> directories, std::string_view name) {
  if (name.empty()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  if (name.front() == '/') {
    const OptionalFileId file = find_name(directory_at("/"), name.substr(1));
    return file ? std::optional(FoundFile{*file, 0}) : std::nullopt;
  }
  for (std::size_t i = 0; i < directories.size(); ++i) {
    if (const OptionalFileId file = find_name(directories[i], name)) return FoundFile{*file, i};
  }
  return std::nullopt;
}

OptionalFileId SourceFiles::find(std::string_view path) {
  return find(directory("/"), path);
}

FileId SourceFiles::add_text(const std::string& name, std::string_view text) {
  std::string padded(text);
  padded.resize(padded.size() + scan_padding, '\0');
  auto lexed = lex_source(std::string_view(padded).substr(0, text.size()), options_);
  const std::lock_guard lock(mutex_);
  const FileId id(entries_.size());
  Entry& entry = entries_.emplace_back(name, name, directory_at("/"));
  std::call_once(entry.once, [&] {
    if (lexed) entry.source = std::move(*lexed);
  });
  return id;
}

std::string SourceFiles::path(DirectoryId directory) const {
  const std::lock_guard lock(mutex_);
  return directories_[directory.value()].path;
}

const SourceFiles::Entry& SourceFiles::entry(FileId file) const {
  const std::lock_guard lock(mutex_);
  return entries_[file.value()];
}

SourceFiles::Entry& SourceFiles::entry(FileId file) {
  const std::lock_guard lock(mutex_);
  return entries_[file.value()];
}

const LexedSource& SourceFiles::lexed(FileId file) {
  Entry& found = entry(file);
  std::call_once(found.once, [&] {
    const auto stamp = cache_ == nullptr ? std::nullopt : stamp_of(found.path);
    if (stamp) {
      if (auto known = cache_->take(found.path, *stamp)) {
        found.source = std::move(*known);
        cache_->keep(found.path, *stamp, found.source, false);
        return;
      }
    }
    if (read(found)) {
      // What has changed while it was read is as good as read before: the stamp is of the older state.
      if (stamp) cache_->keep(found.path, *stamp, found.source, true);
      return;
    }
    const std::lock_guard lock(mutex_);
    unreadable_.push_back(found.path);
  });
  return found.source;
}

bool SourceFiles::read(Entry& entry) {
  thread_local FileBuffer buffer;
  thread_local SourceLexer lexer;
  const auto text = buffer.read(fs::path(entry.path));
  if (!text) return false;
  auto source = lexer.lex(*text, options_);
  if (!source) return false;
  entry.source = std::move(*source);
  ++lexed_count_;
  lexed_bytes_ += text->size();
  return true;
}

std::vector<std::string> SourceFiles::unreadable() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> sorted = unreadable_;
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

std::size_t SourceFiles::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace bulkhead
