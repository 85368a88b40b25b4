// What the name of an option tells: whether it is about a part of the project, and what to call that part.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead {

/// What an option chooses, by the words of its name. Names are habits, so this only decides what is proposed, never
/// what is checked.
enum class OptionKind : std::uint8_t {
  part,      ///< Nothing speaks against a part of the project: USE_CUDA.
  aside,     ///< Tests, examples, benchmarks, documents: BUILD_TESTING.
  supplier,  ///< Where a library comes from: USE_SYSTEM_ZLIB, FMT_EXTERNAL.
  setting,   ///< How things are built: BUILD_SHARED_LIBS, ENABLE_ASAN, everything that begins with CMAKE_.
};

/// The words of a name, in upper case: "BUILD_opencv-dnn" is BUILD, OPENCV, DNN.
[[nodiscard]] std::vector<std::string> words_of(std::string_view name);

[[nodiscard]] OptionKind kind_of_option(std::string_view name);

/// True for a folder that holds tests, examples, benchmarks or documents, by its name: "tests", "unit-tests",
/// "samples".
[[nodiscard]] bool is_aside_folder(std::string_view folder);
/// The same for a folder of other people's code: "third_party", "3rdparty", "vendor".
[[nodiscard]] bool is_foreign_folder(std::string_view folder);

/// The name of a module behind an option: its words without those that all options have (USE, WITH, ENABLE, BUILD and
/// those of `project`), in lower case with `-` between them. Never empty for a name with a letter or digit.
[[nodiscard]] std::string module_name_of(std::string_view option, std::string_view project);

/// True when a word of one is a word of the other, or begins one, but for words that all options have.
[[nodiscard]] bool shares_word(std::string_view option, std::string_view text);

}  // namespace bulkhead
