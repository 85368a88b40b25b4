#include "auditor/proposal/folder_path.h"

#include <algorithm>

namespace bulkhead {

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "." : std::string(path.substr(0, slash));
}

std::string_view last_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string join_path(std::string_view folder, std::string_view name) {
  return folder == "." ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

bool is_below(std::string_view path, std::string_view folder) {
  if (folder == ".") return !path.starts_with("../");
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string_view up_to(std::string_view path, bool (*is_kind)(std::string_view)) {
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (is_kind(path.substr(begin, end - begin))) return path.substr(0, end);
    begin = end + 1;
  }
  return {};
}

}  // namespace bulkhead
