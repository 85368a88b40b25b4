// Folders in canonical paths.
#pragma once

#include <string>
#include <string_view>

namespace bulkhead {

/// The folder that a path lies in; `.` for the top directory.
[[nodiscard]] std::string folder_of(std::string_view path);

/// What follows the last slash. Borrows from the path.
[[nodiscard]] std::string_view last_name(std::string_view path);

/// A name in a folder; `.` is the top directory.
[[nodiscard]] std::string join_path(std::string_view folder, std::string_view name);

/// True for `folder` itself, and what lies below it; `.` is the top directory.
[[nodiscard]] bool is_below(std::string_view path, std::string_view folder);

/// The beginning of a path up to its first name of a kind; empty when it has none. Borrows from the path.
[[nodiscard]] std::string_view up_to(std::string_view path, bool (*is_kind)(std::string_view));

/// Whether a name of the path is of a kind.
[[nodiscard]] inline bool has_name(std::string_view path, bool (*is_kind)(std::string_view)) {
  return !up_to(path, is_kind).empty();
}

}  // namespace bulkhead
