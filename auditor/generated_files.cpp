#include "auditor/generated_files.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>

#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = std::uintmax_t{4} * 1024 * 1024;

bool is_of_cmake(const fs::path& path) {
  constexpr std::array<std::string_view, 16> names = {
      "CMakeFiles",           ".cmake",          "CMakeCache.txt",         "cmake_install.cmake",
      "CTestTestfile.cmake",  "Makefile",        "build.ninja",            "compile_commands.json",
      "CPackConfig.cmake",    "CMakeScripts",    "CPackSourceConfig.cmake", "DartConfiguration.tcl",
      "CTestConfig.cmake",    "Testing",         "install_manifest.txt",   "bulkhead-prove"};
  const std::string name = path.filename().string();
  return std::find(names.begin(), names.end(), name) != names.end() || path.extension() == ".ninja" ||
         name.starts_with(".ninja_");
}

// By path below the tree.
std::set<std::string> list_files(const fs::path& tree) {
  std::set<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(tree, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (is_of_cmake(entry->path())) {
      entry.disable_recursion_pending();
    } else if (std::error_code ignored; entry->symlink_status(ignored).type() == fs::file_type::regular) {
      files.insert(entry->path().lexically_relative(tree).generic_string());
    }
  }
  return files;
}

// None for what is too large or cannot be read.
std::optional<std::string> read_text(const fs::path& file, const std::string& root) {
  std::error_code error;
  if (fs::file_size(file, error) > most_bytes || error) return std::nullopt;
  FileBuffer buffer;
  const auto bytes = buffer.read(file);
  if (!bytes) return std::nullopt;
  std::string text(*bytes);
  for (std::size_t at = text.find(root); at != std::string::npos; at = text.find(root, at)) {
    text.replace(at, root.size(), "<build>");
  }
  return text;
}

std::string_view trim(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t begin = line.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(blanks) - begin + 1);
}

// The lines of a text that the other one lacks: as many of each as it has more of.
std::vector<LineChange> find_extra_lines(std::string_view text, std::string_view other, bool added) {
  std::map<std::string_view, std::size_t> counts;
  const auto for_each_line = [](std::string_view lines, const auto& use) {
    std::uint32_t number = 0;
    while (!lines.empty()) {
      const std::size_t end = lines.find('\n');
      use(trim(lines.substr(0, end)), ++number);
      lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
  };
  for_each_line(other, [&counts](std::string_view line, std::uint32_t) { ++counts[line]; });
  std::vector<LineChange> extra;
  for_each_line(text, [&](std::string_view line, std::uint32_t number) {
    std::size_t& count = counts[line];
    if (count > 0) {
      --count;
    } else if (!line.empty()) {
      extra.push_back({.added = added, .line = number, .text = std::string(line)});
    }
  });
  return extra;
}

std::optional<GeneratedChange> compare_file(const std::string& path, const fs::path& before, const fs::path& after) {
  GeneratedChange change{.path = "<build>/" + path};
  const auto old_text = read_text(before / path, before.generic_string());
  const auto new_text = read_text(after / path, after.generic_string());
  if (!old_text || !new_text) {
    std::error_code error;
    if (fs::file_size(before / path, error) == fs::file_size(after / path, error)) return std::nullopt;
    change.is_binary = true;
    return change;
  }
  if (*old_text == *new_text) return std::nullopt;
  change.is_binary = old_text->find('\0') != std::string::npos || new_text->find('\0') != std::string::npos;
  if (change.is_binary) return change;
  change.lines = find_extra_lines(*old_text, *new_text, false);
  const auto added = find_extra_lines(*new_text, *old_text, true);
  change.lines.insert(change.lines.end(), added.begin(), added.end());
  if (change.lines.empty()) return std::nullopt;
  return change;
}

}  // namespace

std::vector<GeneratedChange> compare_generated_files(const fs::path& before, const fs::path& after) {
  const std::set<std::string> old_files = list_files(before);
  const std::set<std::string> new_files = list_files(after);
  std::set<std::string> all = old_files;
  all.insert(new_files.begin(), new_files.end());
  std::vector<GeneratedChange> changes;
  for (const std::string& path : all) {
    if (!new_files.contains(path)) {
      changes.push_back({.path = "<build>/" + path, .only_before = true});
    } else if (!old_files.contains(path)) {
      changes.push_back({.path = "<build>/" + path, .only_after = true});
    } else if (auto change = compare_file(path, before, after)) {
      changes.push_back(std::move(*change));
    }
  }
  return changes;
}

}  // namespace bulkhead
