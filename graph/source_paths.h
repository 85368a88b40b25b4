// How paths are written everywhere in Bulkhead: relative to the source tree, whatever the machine.
#pragma once

#include <string>
#include <string_view>

namespace bulkhead {

/// Turns the paths of a reply into one canonical form, which is the same on every machine:
///
///     src/a.cpp           below the source root; `.` is the root itself
///     <build>/gen/a.h     below the build root, even where that lies in the source tree; `<build>` is the root itself
///     ../clang/lib/a.cpp  beside the source root, up to two levels up
///     /usr/include        anywhere else
class SourcePaths {
 public:
  /// Both roots are absolute and use `/`.
  SourcePaths(std::string source_root, std::string build_root);

  [[nodiscard]] const std::string& source_root() const { return source_root_; }
  [[nodiscard]] const std::string& build_root() const { return build_root_; }

  /// The canonical form of `raw`, which is absolute or relative to `base` (absolute). The view borrows from `raw` or
  /// from `buffer`, whose contents are replaced.
  [[nodiscard]] std::string_view normalise(std::string_view raw, std::string_view base, std::string& buffer) const;
  /// The same for a path relative to the source root.
  [[nodiscard]] std::string_view normalise(std::string_view raw, std::string& buffer) const {
    return normalise(raw, source_root_, buffer);
  }
  /// The absolute path of a canonical one.
  [[nodiscard]] std::string absolute(std::string_view path) const;

 private:
  [[nodiscard]] std::string_view shorten(std::string& absolute_path) const;

  std::string source_root_;
  std::string build_root_;
};

/// The first segment of the canonical path of a file in the build tree.
inline constexpr std::string_view build_mark = "<build>";

/// True for a canonical path below the build root.
[[nodiscard]] bool is_in_build(std::string_view path);
/// True for a canonical path that is below neither root nor beside the source root: an absolute one.
[[nodiscard]] bool is_outside(std::string_view path);

}  // namespace bulkhead
