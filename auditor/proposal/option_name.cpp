#include "auditor/proposal/option_name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace bulkhead {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 31> aside_words = {
    "TEST",       "TESTS",   "TESTING", "UNITTEST", "UNITTESTS",     "GTEST",     "EXAMPLE",    "EXAMPLES",
    "SAMPLE",     "SAMPLES", "DEMO",    "DEMOS",    "TUTORIAL",      "TUTORIALS", "BENCH",      "BENCHMARK",
    "BENCHMARKS", "BENCHES", "DOC",     "DOCS",     "DOCUMENTATION", "DOXYGEN",   "SPHINX",     "MANPAGES",
    "FUZZ",       "FUZZER",  "FUZZERS", "FUZZING",  "SELFTEST",      "FUZZTEST",  "CONFORMANCE"};
constexpr std::array<std::string_view, 19> supplier_words = {
    "SYSTEM", "EXTERNAL", "BUNDLED",    "BUNDLE",   "VENDORED",     "VENDOR",    "INTERNAL",
    "INTREE", "DOWNLOAD", "DOWNLOADED", "FETCH",    "FETCHCONTENT", "SUBMODULE", "SUBMODULES",
    "UPDATE", "OVERRIDE", "PROVIDER",   "PACKAGED", "OWN"};
constexpr std::array<std::string_view, 68> setting_words = {
    "ASAN",       "TSAN",      "UBSAN",      "MSAN",       "LSAN",    "SANITIZE", "SANITIZER", "SANITIZERS",
    "COVERAGE",   "GCOV",      "LCOV",       "WERROR",     "WARNING", "WARNINGS", "PEDANTIC",  "IPO",
    "LTO",        "PCH",       "CCACHE",     "INSTALL",    "EXPORT",  "PACKAGE",  "PACKAGING", "CPACK",
    "PIC",        "SHARED",    "STATIC",     "RPATH",      "AVX",     "AVX2",     "AVX512",    "SSE",
    "SSE2",       "SSE4",      "SIMD",       "NEON",       "DEBUG",   "ASSERT",   "ASSERTS",   "ASSERTIONS",
    "EXCEPTIONS", "RTTI",      "STRICT",     "VERBOSE",    "COLOR",   "COLORS",   "SPLIT",     "UNITY",
    "OPTIMIZE",   "OPTIMIZED", "PROFILING",  "TIDY",       "FORMAT",  "LINT",     "CPPCHECK",  "VALGRIND",
    "HARDENING",  "NATIVE",    "VISIBILITY", "DEPRECATED", "DISABLE", "FATAL",    "GENERATE",  "MODULEMAP",
    "FOLDERS",    "PORTABLE",  "PROPAGATE",  "SYMBOLS"};
constexpr std::array<std::string_view, 20> plain_words = {
    "USE",  "WITH", "ENABLE", "ENABLED", "BUILD",   "BUILDS",  "HAVE", "SUPPORT", "INCLUDE", "OPTION",
    "WANT", "ON",   "OFF",    "FEATURE", "COMPILE", "WITHOUT", "NO",   "THE",     "LIB",     "TOOL"};
constexpr std::array<std::string_view, 26> aside_folders = {
    "test", "tests", "testing",  "unittest",  "unittests", "example",   "examples",    "sample", "samples",
    "demo", "demos", "tutorial", "tutorials", "bench",     "benchmark", "benchmarks",  "perf",   "doc",
    "docs", "fuzz",  "fuzzing",  "fuzzer",    "fuzzers",   "selftest",  "conformance", "gallery"};
constexpr std::array<std::string_view, 15> foreign_folders = {
    "third_party", "third-party", "thirdparty", "3rdparty",   "3rd_party", "3rd-party",  "external",   "externals",
    "extern",      "vendor",      "vendored",   "contrib_3p", "deps",      "submodules", "subprojects"};

bool contains(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool any_of_words(const std::vector<std::string>& words, Words known) {
  return std::any_of(words.begin(), words.end(), [known](const std::string& word) { return contains(known, word); });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

OptionKind kind_of_option(std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  if (words.empty() || words.front() == "CMAKE" || words.front() == "CPACK") return OptionKind::setting;
  const bool tests = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word.starts_with("TEST") || word.ends_with("BENCH");
  });
  if (tests || any_of_words(words, aside_words)) return OptionKind::aside;
  if (any_of_words(words, supplier_words)) return OptionKind::supplier;
  if (any_of_words(words, setting_words)) return OptionKind::setting;
  return OptionKind::part;
}

bool is_aside_folder(std::string_view folder) {
  const std::string name = lower(folder);
  if (contains(aside_folders, name)) return true;
  // unit-tests, perf_tests, regression-test
  for (const std::string_view end : {"tests", "test", "examples", "benchmarks", "samples"}) {
    if (name.size() > end.size() + 1 && name.ends_with(end)) {
      const char before = name[name.size() - end.size() - 1];
      if (before == '-' || before == '_') return true;
    }
  }
  // test-apps, microbench
  return name.starts_with("test-") || name.starts_with("test_") || name.ends_with("bench");
}

bool is_foreign_folder(std::string_view folder) {
  return contains(foreign_folders, lower(folder));
}

std::string module_name_of(std::string_view option, std::string_view project) {
  const std::vector<std::string> words = words_of(option);
  const std::vector<std::string> project_words = words_of(project);
  std::string name;
  for (const std::string& word : words) {
    const bool of_project = std::find(project_words.begin(), project_words.end(), word) != project_words.end();
    if (of_project || contains(plain_words, word)) continue;
    if (!name.empty()) name += '-';
    name += lower(word);
  }
  if (!name.empty()) return name;
  for (const std::string& word : words) {
    if (!name.empty()) name += '-';
    name += lower(word);
  }
  return name;
}

bool shares_word(std::string_view option, std::string_view text) {
  constexpr std::size_t enough = 3;  // letters: shorter beginnings are accidents
  std::string joined;
  for (const std::string& word : words_of(text)) joined += word;
  for (const std::string& word : words_of(option)) {
    if (contains(plain_words, word)) continue;
    const std::vector<std::string> words = words_of(text);
    if (std::find(words.begin(), words.end(), word) != words.end()) return true;
    if (word.size() < enough) continue;
    if (joined.find(word) != std::string::npos) return true;
    const bool begins = std::any_of(words.begin(), words.end(), [&word](const std::string& other) {
      return other.size() >= enough && word.starts_with(other);
    });
    if (begins) return true;
  }
  return false;
}

}  // namespace bulkhead
