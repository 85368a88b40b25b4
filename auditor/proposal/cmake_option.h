// The options of a project: what its CMake files declare, and the cache holds.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "auditor/proposal/guarded_files.h"
#include "auditor/proposal/option_name.h"

namespace bulkhead {

/// A variable that the user may set.
struct CMakeOption {
  std::string name;
  OptionKind kind = OptionKind::part;
  CallPlace declared;      ///< The call that declares it; its line is 0 when only the cache knows it.
  bool in_cache = false;   ///< Else nobody can tell its value, so that a toggle needs `unset`.
  bool is_switch = false;  ///< Its value is a plain yes or no, and not a list, a path or a choice of several.
};

/// By name.
using CMakeOptions = std::map<std::string, CMakeOption, std::less<>>;

/// The options that are declared with option(), cmake_dependent_option(), set(… CACHE …), or with a function of the
/// project that is called with the name of a cache entry and a text, as tvm_option(USE_CUDA "Build with CUDA" OFF) is;
/// and BOOL entries of the cache that nothing seems to declare.
[[nodiscard]] CMakeOptions find_options(const GuardedFiles& files, const BuildTree& tree);

}  // namespace bulkhead
