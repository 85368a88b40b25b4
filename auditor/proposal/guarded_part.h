// What the options of a project guard: directories, source files, targets and definitions.
#pragma once

#include <string>
#include <vector>

#include "auditor/proposal/cmake_option.h"
#include "auditor/proposal/guard_terms.h"
#include "auditor/proposal/guarded_files.h"
#include "auditor/proposal/observed_build.h"

namespace bulkhead {

/// Something that CMake files name, and where.
struct NamedThing {
  std::string name;   ///< A canonical path, or the name of a target or definition.
  CallPlace place{};  ///< The first call that names it.
  CallPlace guard{};  ///< The innermost if() around that.
};

/// All that stands under the same terms, and nowhere else.
struct GuardedPart {
  std::vector<std::string> terms;     ///< See GuardTerms.
  bool aside = false;                 ///< It holds tests, examples and the like.
  bool supplied = false;              ///< The terms ask where a library comes from.
  CallPlace altered;                  ///< A call that may take some of it out of a list; its line is 0 for none.
  bool is_partial = false;            ///< Everything in it stands under other conditions, too.
  std::vector<NamedThing> folders;    ///< Entered under the terms only; none lies in another one.
  std::vector<NamedThing> sources;    ///< Folders whose sources are all named under the terms only; likewise.
  std::vector<NamedThing> files;      ///< Source files that are in none of these.
  std::vector<NamedThing> targets;    ///< Made under the terms only.
  std::vector<NamedThing> libraries;  ///< Those of `targets` that others could link.
  std::vector<NamedThing> defines;    ///< Names of definitions that are added under the terms only.
};

/// The parts, sorted by their terms. What is named under the terms and elsewhere, too, belongs to none of them.
[[nodiscard]] std::vector<GuardedPart> find_guarded_parts(const GuardedFiles& files, const CMakeOptions& options,
                                                          const ObservedBuild& build);

/// The libraries that the CMake files in a folder on disk make, by plain names; sorted, without repetition.
[[nodiscard]] std::vector<std::string> list_libraries(const SourcePaths& paths, std::string_view folder);

}  // namespace bulkhead
