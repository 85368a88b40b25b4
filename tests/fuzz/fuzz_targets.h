// The readers of foreign text, each as one function over any bytes, for a fuzzer and for the replay of its corpus.
#pragma once

#include <span>
#include <stdexcept>
#include <string_view>

namespace bulkhead::test {

/// Reads `input` with one of the readers, and uses what comes out as the program would; true when the reader took it.
/// Whatever the input, it returns; a promise of the reader that is broken becomes a BrokenPromise.
using FuzzFunction = bool (*)(std::string_view input);

/// Thrown by a FuzzFunction. No other exception may leave one.
class BrokenPromise : public std::logic_error {
  using std::logic_error::logic_error;
};

/// Throws a BrokenPromise unless it is kept.
inline void expect_promise(bool kept, const char* promise) {
  if (!kept) throw BrokenPromise(promise);
}

/// Several files in one text: each begins with a line `--- name`. The whole reply, read by read_build_tree().
bool fuzz_reply(std::string_view input);
/// A target object, or a directory object when it begins with a space; decoded into the graph of a small codemodel.
bool fuzz_target(std::string_view input);
/// A capture.
bool fuzz_capture(std::string_view input);
/// A CMake file.
bool fuzz_cmake_calls(std::string_view input);
/// build.ninja; files that it includes, or that are there instead, each begin with a line `--- name`. Its commands,
/// too.
bool fuzz_ninja(std::string_view input);
/// A .ninja_deps; taken when it is whole.
bool fuzz_deps_log(std::string_view input);
/// A depfile.
bool fuzz_depfile(std::string_view input);
/// A C++ source; headers that it includes follow, each behind a line `--- name`. Lexed, then walked.
bool fuzz_source(std::string_view input);
/// A baseline.
bool fuzz_baseline(std::string_view input);
/// A saved graph, which is also compared with itself.
bool fuzz_saved_graph(std::string_view input);
/// A file with comments that waive findings, read as a CMake file and as a source; taken when nothing in it is wrong.
bool fuzz_waiver_comments(std::string_view input);
/// A policy file.
bool fuzz_policy(std::string_view input);
/// A toggle on the first line; the others set variables, NAME=VALUE.
bool fuzz_toggle(std::string_view input);
/// A glob on the first line; the others are paths.
bool fuzz_glob(std::string_view input);

struct FuzzTarget {
  std::string_view name;  ///< Also of its folder in the corpus.
  FuzzFunction run;
};

/// All of them.
[[nodiscard]] std::span<const FuzzTarget> fuzz_targets();

}  // namespace bulkhead::test
