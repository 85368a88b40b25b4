// The documents against the program: what they show is what it prints, and what they list is there.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

fs::path repository() {
  return test_directory().parent_path();
}

/// A fenced block of a Markdown file.
struct Block {
  std::string language;
  std::string text;
};

std::vector<Block> read_blocks(const fs::path& file) {
  std::vector<Block> blocks;
  std::istringstream lines(read_file(file));
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      if (!inside) blocks.push_back({line.substr(3), {}});
      inside = !inside;
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

/// The sample project in a place of its own, configured with its modules off.
class Sample {
 public:
  Sample() { fs::copy(test_directory() / "projects" / "sample", project(), fs::copy_options::recursive); }
  [[nodiscard]] std::string project() const { return directory_ / "sample"; }
  /// Installs Bulkhead where the commands of shell() find it.
  void install() const {
    const auto installed = run({cmake_command(), "--install", BULKHEAD_BUILD_DIRECTORY, "--prefix", prefix()});
    EXPECT_EQ(installed.status, 0) << installed.err;
  }
  /// Runs shell commands in the project, with bulkhead and the tested cmake first on the PATH.
  [[nodiscard]] ProcessResult shell(const std::string& commands) const {
    const std::string path = fs::path(bulkhead_command()).parent_path().string() + ":" +
                             fs::path(cmake_command()).parent_path().string() + ":" + std::getenv("PATH");
    return run({"sh", "-c", commands},
               {.directory = project(),
                .environment = {"PATH=" + path, "CMAKE_GENERATOR=Ninja", "CMAKE_PREFIX_PATH=" + prefix()}});
  }

 private:
  [[nodiscard]] std::string prefix() const { return directory_ / "prefix"; }

  TemporaryDirectory directory_;
};

TEST(Readme, ShowsWhatTheSampleReallyGives) {
  const Sample sample;
  const auto checked =
      sample.shell("bulkhead configure -q --no-check -G Ninja -S . -B build && bulkhead check -B build");
  EXPECT_EQ(checked.status, 1) << checked.err;
  std::string shown;
  for (const Block& block : read_blocks(repository() / "README.md")) {
    if (block.language == "text") shown = block.text;
  }
  // The last line names the CMake at hand.
  const auto without_last_line = [](std::string text) { return text.substr(0, text.rfind('\n', text.size() - 2) + 1); };
  EXPECT_EQ(without_last_line(shown), without_last_line(checked.out));
}

TEST(Readme, CommandsWorkInTheirOrder) {
  const Sample sample;
  fs::remove(fs::path(sample.project()) / "bulkhead.toml");
  sample.install();
  std::size_t ran = 0;
  for (const Block& block : read_blocks(repository() / "README.md")) {
    if (block.language == "cmake") {
      const fs::path lists = fs::path(sample.project()) / "CMakeLists.txt";
      const std::string top = read_file(lists);
      const std::size_t behind_options = top.find("set(CMAKE_CXX_STANDARD 17)");
      ASSERT_NE(behind_options, std::string::npos);
      write_file(lists, top.substr(0, behind_options) + block.text + top.substr(behind_options));
      fs::remove(fs::path(sample.project()) / "bulkhead.toml");
      fs::remove_all(fs::path(sample.project()) / "build");
    }
    if (block.language != "sh") continue;
    if (block.text.find("./run ") != std::string::npos) continue;  // what CI does anyway
    ++ran;
    const auto result = sample.shell(block.text);
    const bool checks = block.text.find("bulkhead check") != std::string::npos ||
                        block.text.find("bulkhead configure") != std::string::npos ||
                        block.text.find("--target bulkhead") != std::string::npos;
    EXPECT_EQ(result.status, checks ? 1 : 0) << block.text << result.out << result.err;
    EXPECT_NE(result.out.find("lantern_cuda"), std::string::npos) << block.text << result.out;
  }
  EXPECT_EQ(ran, 4U);
  EXPECT_TRUE(fs::exists(fs::path(sample.project()) / "report.json"));
  EXPECT_TRUE(fs::exists(fs::path(sample.project()) / "findings.svg"));
}

// Each command is followed by what it prints, if that is shown.
TEST(Questions, ShowWhatTheSampleReallyAnswers) {
  const Sample sample;
  const std::vector<Block> blocks = read_blocks(repository() / "docs" / "questions.md");
  std::size_t shown = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].language != "sh") continue;
    const ProcessResult result = sample.shell(blocks[i].text);
    EXPECT_EQ(result.status, 0) << blocks[i].text << result.err;
    if (i + 1 == blocks.size() || blocks[i + 1].language != "text") continue;
    ++shown;
    EXPECT_EQ(result.out, blocks[i + 1].text) << blocks[i].text;
  }
  EXPECT_EQ(shown, 8U);
  EXPECT_TRUE(fs::exists(fs::path(sample.project()) / "refs.json"));
}

// Each command is followed by what it prints, whose last line names the CMake at hand; the rest is a golden case's.
TEST(Scorecard, ShowsWhatTheSampleReallyGives) {
  const Sample sample;
  const auto without_last_line = [](std::string text) { return text.substr(0, text.rfind('\n', text.size() - 2) + 1); };
  const std::string page = read_file(repository() / "docs" / "scorecard.md");
  const std::vector<Block> blocks = read_blocks(repository() / "docs" / "scorecard.md");
  std::size_t ran = 0;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].language != "sh") continue;
    const ProcessResult result = sample.shell(blocks[i].text);
    ++ran;
    EXPECT_LT(result.status, 2) << blocks[i].text << result.err;
    if (i + 1 == blocks.size() || blocks[i + 1].language != "text" || result.out.empty()) continue;
    ++shown;
    EXPECT_EQ(without_last_line(result.out), without_last_line(blocks[i + 1].text)) << blocks[i].text;
  }
  EXPECT_EQ(ran, 3U);
  EXPECT_EQ(shown, 2U);
  EXPECT_TRUE(fs::exists(fs::path(sample.project()) / "scorecard.md"));
  const std::string entries = read_file(test_directory() / "scorecards" / "entries" / "expected.txt");
  const std::size_t begin = entries.find("  S0 -> S1");
  ASSERT_NE(begin, std::string::npos);
  const std::string preview = entries.substr(begin, entries.find("\n\n", begin) + 1 - begin);
  EXPECT_NE(page.find("```text\n" + preview + "```"), std::string::npos);
}

// Whoever asks elsewhere finds the command here: each one of the table is understood.
TEST(Questions, NameCommandsThatWork) {
  const Sample sample;
  ASSERT_EQ(sample.shell("bulkhead configure -q --no-check -S . -B build").status, 0);
  std::istringstream lines(read_file(repository() / "docs" / "questions.md"));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find("`bulkhead ");
    if (!line.starts_with("| ") || at == std::string::npos) continue;
    std::string command = line.substr(at + 1, line.rfind('`') - at - 1);
    for (const auto& [letter, name] :
         std::vector<std::pair<std::string, std::string>>{{"'C->D'", "'lantern_core->lantern_cuda'"},
                                                          {" A", " lantern"},
                                                          {" B", " cuda"},
                                                          {" C", " lantern_core"},
                                                          {" X", " lantern_core"},
                                                          {" X", " lantern_core"},
                                                          {"path:FILE", "path:core/image.cpp"}}) {
      const std::size_t place = command.find(letter);
      if (place != std::string::npos) command.replace(place, letter.size(), name);
    }
    ++count;
    const ProcessResult result = sample.shell(command + " -B build");
    EXPECT_LT(result.status, 2) << command << "\n" << result.err;
  }
  EXPECT_EQ(count, 12U);
}

/// What an SVG says, but for the caption's first line, which names the CMake at hand. Other Graphviz versions place
/// things differently.
std::multiset<std::string> words_of(const fs::path& file) {
  const std::string svg = read_file(file);
  std::multiset<std::string> found;
  for (std::size_t at = svg.find("<text"); at != std::string::npos; at = svg.find("<text", at + 1)) {
    const std::size_t begin = svg.find('>', at) + 1;
    const std::string word = svg.substr(begin, svg.find('<', begin) - begin);
    if (word.find("CMake ") == std::string::npos) found.insert(word);
  }
  return found;
}

TEST(Readme, PictureIsCurrent) {
  const Sample sample;
  const auto drawn = sample.shell(
      "bulkhead configure -q --no-check -G Ninja -S . -B build && bulkhead check -B build -q --format svg=now.svg");
  EXPECT_EQ(drawn.status, 1) << drawn.err;
  const auto now = words_of(fs::path(sample.project()) / "now.svg");
  EXPECT_GT(now.size(), 10U);
  EXPECT_EQ(words_of(repository() / "docs" / "images" / "demo.svg"), now);
}

// The first two pictures are those of the sample, by the commands above them.
TEST(Pictures, AreWhatTheCommandsDraw) {
  const Sample sample;
  std::size_t ran = 0;
  for (const Block& block : read_blocks(repository() / "docs" / "pictures.md")) {
    if (block.language != "sh" || block.text.find("lantern") == std::string::npos) continue;
    ++ran;
    const ProcessResult drawn = sample.shell(block.text);
    EXPECT_EQ(drawn.status, 0) << block.text << drawn.err;
  }
  EXPECT_EQ(ran, 2U);
  for (const char* name : {"lantern.svg", "lantern-modules.svg"}) {
    const auto now = words_of(fs::path(sample.project()) / name);
    EXPECT_GT(now.size(), 5U);
    EXPECT_EQ(words_of(repository() / "docs" / "images" / name), now) << name;
  }
}

TEST(Documents, LinksLeadSomewhere) {
  std::vector<fs::path> files = {repository() / "README.md", repository() / "CONTRIBUTING.md"};
  for (const auto& entry : fs::recursive_directory_iterator(repository() / "docs")) {
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::size_t links = 0;
  for (const fs::path& file : files) {
    const std::string text = read_file(file);
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
      if (target.starts_with("http") || target.starts_with("#")) continue;
      target = target.substr(0, target.find('#'));
      ++links;
      EXPECT_TRUE(fs::exists(file.parent_path() / target)) << file << " links to " << target;
    }
  }
  EXPECT_GT(links, 10U);
}

TEST(Documents, ArchitectureListsEverySourceFile) {
  const std::string architecture = read_file(repository() / "docs" / "architecture.md");
  for (const char* folder : {"graph", "reports", "auditor", "cmake"}) {
    for (const auto& entry : fs::recursive_directory_iterator(repository() / folder)) {
      if (!entry.is_regular_file() || entry.path().filename() == "CMakeLists.txt") continue;
      const std::string path = fs::relative(entry.path(), repository()).generic_string();
      if (path.find("/node_modules/") != std::string::npos) continue;  // other people's
      const bool listed = architecture.find("`" + path + "`") != std::string::npos;
      EXPECT_TRUE(listed) << path << " is not in docs/architecture.md";
    }
  }
}

TEST(Documents, EveryRuleHasItsPageAndItsCases) {
  const ProcessResult rules = run({bulkhead_command(), "rules"});
  ASSERT_EQ(rules.status, 0);
  std::istringstream lines(rules.out);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const std::string code = line.substr(0, line.find(' '));
    EXPECT_TRUE(fs::exists(repository() / "docs" / "rules" / (code + ".md"))) << code;
    EXPECT_TRUE(fs::exists(repository() / "tests" / "cases" / code)) << code;
    const ProcessResult page = run({bulkhead_command(), "explain", code});
    EXPECT_EQ(page.out, read_file(repository() / "docs" / "rules" / (code + ".md"))) << "the program has an older page";
    EXPECT_NE(read_file(repository() / "README.md").find("docs/rules/" + code + ".md"), std::string::npos) << code;
  }
  EXPECT_EQ(count, 19U);
}

// Pages of rules show a policy and a finding, which are those of a golden case.
TEST(Documents, PagesOfRulesShowTheirCase) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(test_directory() / "cases")) {
    const fs::path documented = entry.path() / "documented";
    if (!fs::exists(documented)) continue;
    ++count;
    const std::string page = read_file(repository() / "docs" / "rules" / (entry.path().filename().string() + ".md"));
    const std::string expected = read_file(documented / "expected.txt");
    const std::string finding = expected.substr(0, expected.find("\n\n") + 1);
    EXPECT_NE(page.find("```toml\n" + read_file(documented / "bulkhead.toml") + "```"), std::string::npos) << entry;
    EXPECT_NE(page.find("```text\n" + finding + "```"), std::string::npos) << entry;
  }
  EXPECT_EQ(count, 13U);
}

}  // namespace
}  // namespace bulkhead::test
