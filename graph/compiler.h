// What a compiler knows by itself: its macros, and where it looks for headers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// What a compiler says for one set of flags.
struct CompilerFacts {
  std::string macros;                          ///< `#define` lines; also of what it answers, see feature_macro().
  std::vector<std::string> forced_headers;     ///< What it includes unasked, such as stdc-predef.h; absolute.
  std::vector<std::string> quote_directories;  ///< Only for #include "…"; absolute, in its order.
  std::vector<std::string> angle_directories;  ///< Its own directories, and those of its environment. Likewise.
};

/// Asks GCC, Clang and what is like them, once for each set of flags: by `-E -dM -v` over an empty source, and by `-E`
/// over feature_questions().
class CompilerProbe {
 public:
  /// `language` as CMake calls it; `words` are those of a command line, of which only what may change the answer is
  /// passed on. Fails when the compiler cannot be run, or does not understand. Valid for the life of this object.
  const Result<CompilerFacts>& ask(const std::string& compiler, std::string_view language,
                                   const std::vector<std::string>& words);

 private:
  std::map<std::vector<std::string>, Result<CompilerFacts>> answers_;
};

/// What `-x` calls a language of CMake; none for one that has no preprocessor, or not this one.
[[nodiscard]] std::optional<std::string_view> preprocessed_language(std::string_view language);

}  // namespace bulkhead
