// Every file of the corpus, cut off everywhere and changed at random, without a fuzzer.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_targets.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {

// For GoogleTest, which shows the bytes otherwise.
static void PrintTo(const FuzzTarget& target, std::ostream* out) {
  *out << target.name;
}

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mutations_of_each = 150;
constexpr std::size_t most_cuts = 400;

class FuzzReplay : public testing::TestWithParam<FuzzTarget> {
 protected:
  static std::vector<fs::path> corpus() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(test_directory() / "fuzz" / "corpus" / GetParam().name)) {
      files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  // Runs one input; a failure names it so that it can be kept.
  static void run(const std::string& input, const fs::path& seed, const std::string& change) {
    try {
      GetParam().run(input);
    } catch (const std::exception& error) {
      ADD_FAILURE() << seed.filename() << ", " << change << ": " << error.what() << "\n" << input;
    }
  }
};

TEST_P(FuzzReplay, HasACorpusOfGoodAndBad) {
  std::size_t taken = 0;
  std::size_t refused = 0;
  for (const fs::path& seed : corpus()) ++(GetParam().run(read_file(seed)) ? taken : refused);
  EXPECT_GE(taken, 10U);
  EXPECT_GE(refused, 4U);
}

TEST_P(FuzzReplay, StandsTheCorpus) {
  run("", "nothing", "empty");
  for (const fs::path& seed : corpus()) run(read_file(seed), seed, "as it is");
}

TEST_P(FuzzReplay, StandsInputThatIsCutOff) {
  for (const fs::path& seed : corpus()) {
    const std::string text = read_file(seed);
    // Everywhere in a short one; a long one at as many places, which differ from file to file.
    const std::size_t step = text.size() / most_cuts + 1;
    for (std::size_t size = text.size() % step; size < text.size(); size += step) {
      run(text.substr(0, size), seed, "cut at byte " + std::to_string(size));
      if (HasFailure()) return;
    }
  }
}

// What fuzzers do, by a coin: bytes that differ, are lost, are repeated, or that formats treat in a special way.
std::string mutated(std::string text, std::mt19937& random) {
  static const std::vector<std::string> words = {
      "\"",   "{",     "}",   "[", "]",        "\\", "\n",  "0",   "4294967295",         "-1", "null", "\xff",
      "(",    ")",     "${",  "*", "**",       "/",  "../", "::@", std::string(1, '\0'), "#",  "[[",   "]]",
      "true", "1e999", "NOT", " ", "\xc3\xa9", ","};
  const std::size_t changes = 1 + random() % 4;
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = text.empty() ? 0 : random() % text.size();
    const std::size_t size = std::min<std::size_t>(1 + random() % 20, text.size() - at);
    switch (random() % 5) {
      case 0: text.insert(at, words[random() % words.size()]); break;
      case 1: text.erase(at, size); break;
      case 2: text.insert(at, text.substr(at, size)); break;
      case 3: text.replace(at, size, words[random() % words.size()]); break;
      default:
        if (!text.empty()) text[at] = static_cast<char>(random() % 256);
    }
  }
  return text;
}

TEST_P(FuzzReplay, StandsInputThatIsChanged) {
  std::mt19937 random(20260101);
  for (const fs::path& seed : corpus()) {
    const std::string text = read_file(seed);
    for (std::size_t i = 0; i < mutations_of_each; ++i) {
      run(mutated(text, random), seed, "change " + std::to_string(i));
      if (HasFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Readers, FuzzReplay, testing::ValuesIn(fuzz_targets().begin(), fuzz_targets().end()),
                         [](const testing::TestParamInfo<FuzzTarget>& target) {
                           return std::string(target.param.name);
                         });

}  // namespace
}  // namespace bulkhead::test
