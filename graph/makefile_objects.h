// The objects of a tree of the generator Unix Makefiles, as CMake lists them for its own make rules.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/depfile.h"
#include "graph/result.h"

namespace bulkhead {

/// An object. Paths are as CMake writes them: absolute, or relative to the top of the build tree.
struct MakefileObject {
  std::string target;
  std::string object;
  std::string source;
  std::vector<std::string> headers;  ///< `cmake_pch.hxx`, of an object that is compiled with it, or is made of it.
  std::string target_directory;      ///< `CMakeFiles/<target>.dir`, with what is above it.
  std::string depfile;
  std::optional<Depfile> contents;  ///< None where there is no depfile, or it cannot be parsed.
};

/// Reads `CMakeFiles/TargetDirectories.txt`, each target's `DependInfo.cmake`, and the depfiles that these name, on up
/// to `thread_count` threads. The depfiles are what the compilers wrote, and stay after a build; CMake gathers them in
/// `compiler_depend.make` only at the beginning of the next one. Only since CMake 3.20, and for compilers that write
/// them in the manner of GCC; other objects are left out. None where there is no TargetDirectories.txt.
[[nodiscard]] Result<std::optional<std::vector<MakefileObject>>> read_makefile_objects(
    const std::filesystem::path& build, std::size_t thread_count);

/// The target of an object that lies in `CMakeFiles/<target>.dir/`; an empty text for another path.
[[nodiscard]] std::string_view target_of_object(std::string_view object);

}  // namespace bulkhead
