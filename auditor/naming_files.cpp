#include "auditor/naming_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <set>
#include <system_error>
#include <unordered_map>

#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 200'000;     // of folders
constexpr std::size_t most_files = 20'000;        // that are read
constexpr std::size_t most_bytes = 64'000'000;    // that are read
constexpr std::uintmax_t largest_file = 500'000;  // of a file; a larger one is made by a program

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool is_folder_of_uses(const std::string& name) {
  constexpr std::array<std::string_view, 14> names = {"test",     "tests",     "unittest",   "unittests", "example",
                                                      "examples", "sample",    "samples",    "demo",      "demos",
                                                      "tutorial", "tutorials", "benchmarks", "gtests"};
  return is_one_of(lower(name), names);
}

bool is_document(const fs::path& path) {
  constexpr std::array<std::string_view, 4> endings = {".md", ".rst", ".adoc", ".tex"};
  if (is_one_of(lower(path.extension().string()), endings)) return true;
  const std::string stem = lower(path.stem().string());
  return stem == "readme" || stem == "install" || stem == "building";
}

bool is_source(const fs::path& path) {
  constexpr std::array<std::string_view, 16> endings = {".c",  ".cc", ".cpp", ".cxx",   ".cu", ".h",   ".hh", ".hpp",
                                                        ".py", ".sh", ".m",   ".cmake", ".mm", ".f90", ".rb", ".lua"};
  return path.filename() == "CMakeLists.txt" || is_one_of(lower(path.extension().string()), endings);
}

/// Finds names in texts, as whole words, in one walk over the words of a text. Borrows the names.
class WordSearch {
 public:
  explicit WordSearch(const std::vector<std::string>& names) : names_(names) {
    for (std::size_t i = 0; i < names.size(); ++i) by_first_word_[first_word(names[i])].push_back(i);
  }

  /// Positions of the names in the text, ascending.
  [[nodiscard]] std::vector<std::size_t> find(std::string_view text) const {
    std::set<std::size_t> found;
    for (std::size_t at = 0; at < text.size();) {
      if (!is_word(text[at])) {
        ++at;
        continue;
      }
      const std::string_view word = first_word(text.substr(at));
      add(text, at, word, found);
      // "-DUSE_X=ON" is a way to write USE_X.
      if (word.starts_with('D') && at > 0 && text[at - 1] == '-') add(text, at + 1, word.substr(1), found);
      at += word.size();
    }
    return {found.begin(), found.end()};
  }

 private:
  static std::string_view first_word(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_word);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
  }

  void add(std::string_view text, std::size_t at, std::string_view word, std::set<std::size_t>& found) const {
    const auto names = by_first_word_.find(word);
    if (names == by_first_word_.end()) return;
    for (const std::size_t i : names->second) {
      const std::size_t end = at + names_[i].size();
      const bool ends = end >= text.size() || !is_word(text[end]);
      if (text.substr(at).starts_with(names_[i]) && ends) found.insert(i);
    }
  }

  const std::vector<std::string>& names_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_first_word_;
};

// The files to read, relative to the root and sorted.
std::vector<std::string> list_files(const NamingQuery& query) {
  std::vector<std::string> files;
  std::error_code error;
  const fs::path root(query.source_root);
  const fs::path build = fs::path(query.build_root).lexically_normal();
  std::size_t entries = 0;
  std::size_t uses_depth = SIZE_MAX;  // of the folder of tests or examples that we are in
  fs::recursive_directory_iterator at(root, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (++entries > most_entries) break;
    const auto depth = static_cast<std::size_t>(at.depth());
    if (depth <= uses_depth) uses_depth = SIZE_MAX;
    const fs::path& path = at->path();
    std::error_code ignored;
    if (at->is_symlink(ignored)) continue;
    if (at->is_directory(ignored)) {
      const std::string name = path.filename().string();
      const bool is_left_out =
          name.starts_with('.') || path.lexically_normal() == build || fs::exists(path / "CMakeCache.txt", ignored);
      if (is_left_out) at.disable_recursion_pending();
      if (uses_depth == SIZE_MAX && is_folder_of_uses(name)) uses_depth = depth;
      continue;
    }
    const bool counts = is_document(path) || (uses_depth != SIZE_MAX && is_source(path));
    if (!counts || at->file_size(ignored) > largest_file || ignored) continue;
    files.push_back(path.lexically_relative(root).generic_string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

bool is_telling_name(std::string_view name) {
  bool is_behind_small = false;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isdigit(byte) != 0 || c == '_' || c == '-') return true;
    if (is_behind_small && std::isupper(byte) != 0) return true;
    is_behind_small = std::islower(byte) != 0;
  }
  return false;
}

std::vector<NamingFile> find_naming_files(const NamingQuery& query) {
  std::vector<NamingFile> found;
  if (query.names.empty()) return found;
  const WordSearch search(query.names);
  FileBuffer buffer;
  std::size_t bytes = 0;
  std::size_t read_count = 0;
  for (const std::string& file : list_files(query)) {
    if (++read_count > most_files || bytes > most_bytes) break;
    const auto text = buffer.read((fs::path(query.source_root) / file).string());
    if (!text) continue;
    bytes += text->size();
    NamingFile one{.path = file, .names = search.find(*text)};
    if (!one.names.empty()) found.push_back(std::move(one));
  }
  return found;
}

}  // namespace bulkhead
