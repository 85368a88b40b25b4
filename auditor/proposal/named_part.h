// Parts that options name, although no if() in the text of the CMake files says so: lists of names, options that a
// function makes, one for each directory, and directories that have an option's name.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "auditor/proposal/cmake_option.h"
#include "auditor/proposal/guarded_files.h"
#include "auditor/proposal/observed_build.h"

namespace bulkhead {

/// How an option names a directory.
enum class NamedBy : std::uint8_t {
  list,      ///< It is an element of the option's value, or may be one.
  family,    ///< It is one of several that have options alike.
  accident,  ///< It has the option's name, and nothing else speaks for it.
};

/// A directory of which an option speaks by name.
struct NamedPart {
  NamedBy by;
  std::string name;      ///< Of the directory, without those above it; or the element of the list.
  std::string toggle;    ///< `mlir IN_LIST LLVM_ENABLE_PROJECTS`, `BUILD_opencv_dnn`.
  std::string folder;    ///< Canonical; it is on disk, with a CMakeLists.txt.
  std::string family;    ///< What all parts of a kind share: the list, or `BUILD_opencv_*`; else the option.
  std::size_t siblings;  ///< How many directories the family names.
  bool by_targets;       ///< It is there when it has targets; else when CMake enters it.
  CallPlace altered;     ///< A call that may take it out of the list; its line is 0 when none is found.
  CallPlace declared;    ///< The call that makes the option, or the list; its line is 0 when none is found.
};

/// Directories whose names are elements of a list-valued option, such as LLVM_ENABLE_PROJECTS: those that it has, and
/// those that the project's list of all elements has.
[[nodiscard]] std::vector<NamedPart> find_listed_parts(const GuardedFiles& files, const CMakeOptions& options,
                                                       const BuildTree& tree, const ObservedBuild& build);

/// Directories side by side for each of which there is an option with its name in it, such as BUILD_opencv_dnn for
/// modules/dnn. At least three of them have to be on and there, and no more than a quarter may contradict. A directory
/// is there when CMake enters it, or when it has targets, whichever fits better: some projects enter all of them.
[[nodiscard]] std::vector<NamedPart> find_option_families(const GuardedFiles& files, const CMakeOptions& options,
                                                          const BuildTree& tree, const ObservedBuild& build);

/// The only directory that has sources or targets and an option's name, for declared options that are not in `known`:
/// where a part has an option, and nothing heeds it.
[[nodiscard]] std::vector<NamedPart> find_namesakes(const GuardedFiles& files, const CMakeOptions& options,
                                                    const ObservedBuild& build, const std::set<std::string>& known);

}  // namespace bulkhead
