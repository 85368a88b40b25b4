// The kinds of edge; their names are part of the command line and of every report.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bulkhead {

/// What makes one thing depend on another. docs/manual.md says where each kind is read.
enum class EdgeKind : std::uint8_t {
  link,         ///< A target links another.
  compile,      ///< Usage requirements only: `$<COMPILE_ONLY:x>`.
  object,       ///< `$<TARGET_OBJECTS:x>` or a linked OBJECT library.
  order,        ///< add_dependencies(), tools and DEPENDS of custom commands.
  file_link,    ///< Links a library by path, or by a name that is no target; or a file that an option names.
  source,       ///< Compiles a file, or includes it by an option.
  include_dir,  ///< Has a directory on its include path.
  define,       ///< Compiles with a preprocessor definition.
  include,      ///< `#include` of a file.
  command,      ///< A custom command reads or runs a file.
  configure,    ///< CMake read a file at configure time.
  install,      ///< An install rule ships a file.
};

inline constexpr std::array edge_kinds = {
    EdgeKind::link,      EdgeKind::compile, EdgeKind::object,      EdgeKind::order,
    EdgeKind::file_link, EdgeKind::source,  EdgeKind::include_dir, EdgeKind::define,
    EdgeKind::include,   EdgeKind::command, EdgeKind::configure,   EdgeKind::install,
};

/// As users write it: "file-link".
[[nodiscard]] std::string_view to_string(EdgeKind kind);
/// The kind of that name.
[[nodiscard]] std::optional<EdgeKind> parse_edge_kind(std::string_view name);

}  // namespace bulkhead
