#include "auditor/code_owners.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <system_error>
#include <utility>

#include "auditor/repository.h"
#include "graph/file_io.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (is_blank(text.front()))) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// The words of a line, up to a comment. A backslash takes a blank, and whatever else, for itself; it stays.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      word += line[i];
      word += line[++i];
    } else if (is_blank(line[i])) {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
    } else if (line[i] == '#' && word.empty()) {
      break;
    } else {
      word += line[i];
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// "@name", "@group/name", "@@role" or "name@place".
bool is_owner(std::string_view word) {
  const std::size_t at = word.find('@');
  return at != std::string_view::npos && word.size() > 1 && word.back() != '@';
}

bool are_owners(const std::vector<std::string>& words, std::size_t begin) {
  return std::all_of(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end(), is_owner);
}

// What these characters mean to a Glob they do not mean here.
std::string escaped(std::string_view pattern) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      (text += '\\') += pattern[++i];
      continue;
    }
    if (c == '[' || c == ']' || c == '{' || c == '}' || c == ',') text += '\\';
    text += c;
  }
  return text;
}

// The globs that together match what a pattern does.
std::vector<Glob> to_globs(std::string_view pattern, CodeOwnersSyntax syntax) {
  const bool is_folder = pattern.ends_with('/');
  if (is_folder) pattern.remove_suffix(1);
  const bool has_top = pattern.starts_with('/');
  if (has_top) pattern.remove_prefix(1);
  // A folder in the middle ties a pattern to the top as with .gitignore; not so at GitLab.
  const bool is_tied = has_top || (syntax == CodeOwnersSyntax::github && pattern.find('/') != std::string_view::npos);
  std::vector<std::string> texts;
  const std::string text = (is_tied || pattern.starts_with("**/") ? "" : "**/") + escaped(pattern);
  if (pattern.empty() || pattern == "*" || pattern == "**") {
    texts = {"**"};
    if (has_top && pattern == "*") texts = {"*"};
  } else if (is_folder) {
    texts = {text + "/**"};
  } else if (pattern.ends_with("/*")) {
    texts = {text};  // what is in the folder itself, and no deeper
  } else {
    texts = {text, text + "/**"};
  }
  std::vector<Glob> globs;
  for (const std::string& one : texts) {
    if (auto glob = Glob::parse(one, {})) globs.push_back(std::move(*glob));
  }
  return globs;
}

}  // namespace

CodeOwners::CodeOwners(std::string_view text, std::string file, CodeOwnersSyntax syntax)
    : file_(std::move(file)), syntax_(syntax), sections_(1) {
  std::uint32_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const bool may_be_heading = syntax == CodeOwnersSyntax::gitlab && (line.front() == '[' || line.starts_with("^["));
    if (!(may_be_heading && read_heading(line)) && !read_rule(line, number)) bad_lines_.push_back(number);
  }
}

// "[Name]", "^[Name][2] @default"
bool CodeOwners::read_heading(std::string_view line) {
  if (line.front() == '^') line.remove_prefix(1);
  const std::size_t end = line.find(']');
  if (end == std::string_view::npos || end == 1) return false;
  std::string name(line.substr(1, end - 1));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  std::string_view rest = trimmed(line.substr(end + 1));
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) return false;
    rest = trimmed(rest.substr(close + 1));
  }
  std::vector<std::string> owners = words_of(rest);
  if (!are_owners(owners, 0)) return false;
  // Sections of the same name are one; the default owners are those of the heading that is read last.
  Section& found = section(name);
  found.default_owners = std::move(owners);
  current_ = static_cast<std::size_t>(&found - sections_.data());
  return true;
}

CodeOwners::Section& CodeOwners::section(const std::string& name) {
  const auto found =
      std::find_if(sections_.begin(), sections_.end(), [&name](const Section& one) { return one.name == name; });
  if (found != sections_.end()) return *found;
  sections_.push_back({name, {}, {}});
  return sections_.back();
}

bool CodeOwners::read_rule(std::string_view line, std::uint32_t number) {
  std::vector<std::string> words = words_of(line);
  if (words.empty() || !are_owners(words, 1)) return false;
  std::string pattern = words.front();
  const bool is_exclusion = pattern.front() == '!';
  if (is_exclusion && (syntax_ == CodeOwnersSyntax::github || words.size() > 1)) return false;
  // GitHub has no character ranges.
  if (syntax_ == CodeOwnersSyntax::github && pattern.find('[') != std::string::npos) return false;
  if (is_exclusion) pattern.erase(0, 1);
  std::vector<Glob> globs = to_globs(pattern, syntax_);
  if (globs.empty()) return false;
  Section& into = sections_[current_];
  words.erase(words.begin());
  if (words.empty() && !is_exclusion) words = into.default_owners;
  into.rules.push_back({std::move(globs), std::move(words), number, is_exclusion});
  return true;
}

FileOwners CodeOwners::owners_of(std::string_view path) const {
  FileOwners owners;
  for (const Section& section : sections_) {
    const auto matches = [path](const Rule& rule) {
      return std::any_of(rule.globs.begin(), rule.globs.end(), [path](const Glob& glob) { return glob.matches(path); });
    };
    // An exclusion takes the file out of its section, whatever comes behind it.
    const bool is_excluded = std::any_of(section.rules.begin(), section.rules.end(),
                                         [&](const Rule& rule) { return rule.is_exclusion && matches(rule); });
    if (is_excluded) continue;
    const auto last = std::find_if(section.rules.rbegin(), section.rules.rend(), matches);
    if (last == section.rules.rend()) continue;
    owners.names.insert(owners.names.end(), last->owners.begin(), last->owners.end());
    owners.line = last->line;
  }
  std::sort(owners.names.begin(), owners.names.end());
  owners.names.erase(std::unique(owners.names.begin(), owners.names.end()), owners.names.end());
  return owners;
}

std::optional<FoundCodeOwners> find_code_owners(const std::string& source_root) {
  std::error_code error;
  const std::string repository = find_repository(source_root);
  const fs::path top(repository.empty() ? source_root : repository);
  constexpr std::array<std::string_view, 4> folders = {".github", "", "docs", ".gitlab"};
  for (const std::string_view folder : folders) {
    const fs::path file = top / folder / "CODEOWNERS";
    if (!fs::is_regular_file(file, error)) continue;
    FileBuffer buffer;
    const auto text = buffer.read(file);
    if (!text) continue;
    const bool has_headings = text->starts_with('[') || text->find("\n[") != std::string_view::npos ||
                              text->starts_with("^[") || text->find("\n^[") != std::string_view::npos;
    const bool is_gitlab = folder == ".gitlab" || (folder != ".github" && has_headings);
    const std::string name = fs::path(folder) / "CODEOWNERS";
    return FoundCodeOwners{CodeOwners(*text, name, is_gitlab ? CodeOwnersSyntax::gitlab : CodeOwnersSyntax::github),
                           top.string()};
  }
  return std::nullopt;
}

}  // namespace bulkhead
