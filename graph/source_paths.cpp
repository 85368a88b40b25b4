#include "graph/source_paths.h"

#include <algorithm>
#include <utility>

namespace bulkhead {
namespace {

constexpr int max_levels_up = 2;

bool is_absolute(std::string_view path) {
  return path.starts_with('/') || (path.size() > 2 && path[1] == ':' && path[2] == '/');
}

// True when no segment is empty, `.` or `..`, so that the text is its own normal form. Nearly all paths are, and this
// is asked of every path of a reply: a loop without branches takes sixteen characters at a time.
bool is_normal(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.back() == '/') return false;
  bool suspect = path.front() == '.';
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    suspect |= (path[i] == '/') & ((path[i + 1] == '/') | (path[i + 1] == '.'));
  }
  if (!suspect) return true;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    if (segment.empty() || segment == "." || segment == "..") return false;
    begin = end + 1;
  }
  return true;
}

// Takes empty segments, `.` and `..` out of an absolute path, by its text alone. `..` of the root is the root.
std::string collapse(std::string_view path) {
  std::string normal;
  normal.reserve(path.size());
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    begin = end + 1;
    if (segment.empty() || segment == ".") continue;
    if (segment == "..") {
      const std::size_t slash = normal.rfind('/');
      normal.resize(slash == std::string::npos ? 0 : slash);
      continue;
    }
    if (path.front() == '/' || !normal.empty()) normal.push_back('/');
    normal.append(segment);
  }
  if (normal.empty()) normal = "/";
  return normal;
}

// The rest of `path` below `root`, or null data when it is not below. An empty rest means the root itself.
bool strip_root(std::string_view path, std::string_view root, std::string_view& rest) {
  if (!path.starts_with(root)) return false;
  path.remove_prefix(root.size());
  if (!path.empty() && !root.ends_with('/')) {  // only `/` itself ends in one
    if (path.front() != '/') return false;
    path.remove_prefix(1);
  }
  rest = path;
  return true;
}

// A path below a directory without a slash at its end, unless it is `/`.
void append(std::string& directory, std::string_view path) {
  if (!directory.ends_with('/')) directory.push_back('/');
  directory.append(path);
}

std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

SourcePaths::SourcePaths(std::string source_root, std::string build_root)
    : source_root_(without_trailing_slash(std::move(source_root))),
      build_root_(without_trailing_slash(std::move(build_root))) {}

std::string_view SourcePaths::normalise(std::string_view raw, std::string_view base, std::string& buffer) const {
  const bool absolute = is_absolute(raw);
  const bool normal = is_normal(absolute ? raw.substr(1) : raw);
  // Most paths of a reply are below the source root and clean already, unless the build tree is there, too.
  if (!absolute && normal && base == source_root_ && !build_root_.starts_with(source_root_)) return raw;

  if (absolute) {
    buffer.assign(raw);
  } else {
    buffer.assign(base);
    append(buffer, raw);
  }
  if (!normal) {
    buffer = collapse(buffer);
  }
  return shorten(buffer);
}

std::string_view SourcePaths::shorten(std::string& path) const {
  std::string_view rest;
  const bool in_build = strip_root(path, build_root_, rest);
  // An in-source build has one root for both: its files count as sources.
  if (in_build && build_root_ != source_root_) {
    std::string_view below_source;
    if (source_root_.size() <= build_root_.size() || !strip_root(path, source_root_, below_source)) {
      const bool slash_goes = !rest.empty() && build_root_.ends_with('/');
      path.replace(0, build_root_.size(), build_mark);
      if (slash_goes) path.insert(build_mark.size(), 1, '/');
      return path;
    }
  }
  if (strip_root(path, source_root_, rest)) return rest.empty() ? std::string_view(".") : rest;

  std::string_view ancestor = source_root_;
  for (int levels = 1; levels <= max_levels_up; ++levels) {
    const std::size_t slash = ancestor.rfind('/');
    if (slash == 0 || slash == std::string_view::npos) break;
    ancestor = ancestor.substr(0, slash);
    if (!strip_root(path, ancestor, rest)) continue;
    std::string relative;
    for (int i = 0; i < levels; ++i) relative += i == 0 ? ".." : "/..";
    if (!rest.empty()) relative.append("/").append(rest);
    path = std::move(relative);
    return path;
  }
  return path;
}

std::string SourcePaths::absolute(std::string_view path) const {
  if (is_absolute(path)) return std::string(path);
  std::string result = is_in_build(path) ? build_root_ : source_root_;
  if (is_in_build(path)) {
    if (path.size() > build_mark.size()) append(result, path.substr(build_mark.size() + 1));
    return result;
  }
  append(result, path);
  return collapse(result);
}

bool is_in_build(std::string_view path) {
  return path.starts_with(build_mark) && (path.size() == build_mark.size() || path[build_mark.size()] == '/');
}

bool is_outside(std::string_view path) {
  return is_absolute(path);
}

}  // namespace bulkhead
