// The capture: what CMake knew of the targets at the end of the configure, and tells in no reply.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/id.h"
#include "graph/result.h"
#include "graph/string_pool.h"
#include "graph/target_type.h"

namespace bulkhead {

/// A property of a target, as the capture writes it: a CMake list, with generator expressions that nobody has
/// evaluated.
enum class CapturedProperty : std::uint8_t {
  link_libraries,                   ///< LINK_LIBRARIES
  interface_link_libraries,         ///< INTERFACE_LINK_LIBRARIES
  interface_link_libraries_direct,  ///< INTERFACE_LINK_LIBRARIES_DIRECT
  manually_added_dependencies,      ///< MANUALLY_ADDED_DEPENDENCIES
  link_options,                     ///< LINK_OPTIONS
  interface_link_options,           ///< INTERFACE_LINK_OPTIONS
  link_depends,                     ///< LINK_DEPENDS
  precompile_headers_reuse_from,    ///< PRECOMPILE_HEADERS_REUSE_FROM
  sources,                          ///< SOURCES
  interface_sources,                ///< INTERFACE_SOURCES
  interface_include_directories,    ///< INTERFACE_INCLUDE_DIRECTORIES
  interface_compile_definitions,    ///< INTERFACE_COMPILE_DEFINITIONS
  interface_compile_options,        ///< INTERFACE_COMPILE_OPTIONS
  imported_location,                ///< IMPORTED_LOCATION, IMPORTED_LOCATION_<CONFIG>, IMPORTED_IMPLIB, joined
};
inline constexpr std::size_t captured_property_count = 14;

/// The property as CMake and the capture's file name it: "LINK_LIBRARIES".
[[nodiscard]] std::string_view to_string(CapturedProperty property);

/// A source file whose objects depend on more than what it includes.
struct CapturedObjectDepends {
  StringId source;   ///< As in SOURCES.
  StringId depends;  ///< OBJECT_DEPENDS: a CMake list.
};

/// A target: one that is built, INTERFACE or IMPORTED.
struct CapturedTarget {
  StringId name;
  TargetType type = TargetType::other;
  std::uint32_t directory = 0;  ///< Position in Capture::directories of the one that made it.
  bool imported = false;
  bool global = true;  ///< False for an IMPORTED target that only its directory and those below it can name.
  bool exclude_from_all = false;
  std::array<StringId, captured_property_count>
      properties;             ///< By CapturedProperty; the empty text where it is not set.
  IndexRange object_depends;  ///< Into Capture::object_depends.

  [[nodiscard]] StringId operator[](CapturedProperty property) const {
    return properties[static_cast<std::size_t>(property)];
  }
};

/// A directory that CMake entered.
struct CapturedDirectory {
  StringId source;  ///< Absolute.
  StringId binary;  ///< Absolute.
  bool exclude_from_all = false;
  StringId tests;  ///< Names of its tests: a CMake list.
};

/// A pair of names: an alias and its target, or a variable and its value.
struct CapturedPair {
  StringId name;
  StringId value;
};

/// What one configure left in `<build>/.cmake/bulkhead/capture.json`.
struct Capture {
  StringPool strings;
  std::string cmake_version;
  std::string stamp;   ///< Also in the cache entry BULKHEAD_CAPTURE_STAMP of the same configure.
  std::string script;  ///< Absolute path of the CMake file that wrote it; cmakeFiles of the same configure names it.
  std::vector<CapturedDirectory> directories;
  std::vector<CapturedTarget> targets;
  std::vector<CapturedObjectDepends> object_depends;
  std::vector<CapturedPair> aliases;    ///< ALIAS name → name of a target, as far as something links to it.
  std::vector<CapturedPair> variables;  ///< Normal variables of the top directory that the cache does not show: not in
                                        ///< it, or with another value. Sorted by name.
};

/// Reads the capture of a build tree. None when there is none. Fails, with a place, when it is damaged.
[[nodiscard]] Result<std::optional<Capture>> read_capture(const std::filesystem::path& build);

}  // namespace bulkhead
