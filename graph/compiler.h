// What a compiler knows by itself: its macros, and where it looks for headers.
#pragma once

#include <cstddef>
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

/// A command line whose macros somebody wants to know.
struct CompilerQuestion {
  std::string compiler;                   ///< The program.
  std::string language;                   ///< As CMake calls it.
  const std::vector<std::string>* words;  ///< Of the command line; only what may change the answer is passed on.
};

/// Asks GCC, Clang and what is like them, once for each set of flags: by `-E -dM -v` over an empty source, and by `-E`
/// over feature_questions().
class CompilerProbe {
 public:
  /// Fails when the compiler cannot be run, or does not understand. Valid for the life of this object.
  const Result<CompilerFacts>& ask(const CompilerQuestion& question);
  /// Asks several at once, on up to `thread_count` threads: what ask() answers then.
  void ask_ahead(const std::vector<CompilerQuestion>& questions, std::size_t thread_count);

 private:
  std::map<std::vector<std::string>, Result<CompilerFacts>> answers_;
};

/// What `-x` calls a language of CMake; none for one that has no preprocessor, or not this one.
[[nodiscard]] std::optional<std::string_view> preprocessed_language(std::string_view language);

}  // namespace bulkhead
