#include "graph/call_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/property/chance.h"
#include "tests/support/reply_writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

using test::ReplySpec;
using test::TemporaryDirectory;
using test::write_file;

/// A source tree with CMake files that a configure has read.
class Project {
 public:
  void write(const std::string& path, const std::string& text) {
    write_file(directory_ / path, text);
    inputs_.push_back({path});
  }
  [[nodiscard]] TargetGraph graph() const {
    ReplySpec reply;
    reply.source_root = directory_.path().string();
    reply.cmake_files = inputs_;
    return graph_of(reply);
  }
  [[nodiscard]] CMakeSources sources() const { return {directory_.path().string(), "/build/project"}; }

 private:
  TemporaryDirectory directory_;
  std::vector<test::InputSpec> inputs_;
};

std::vector<std::uint32_t> lines_of(const std::vector<const CMakeCall*>& calls) {
  std::vector<std::uint32_t> lines;
  lines.reserve(calls.size());
  for (const CMakeCall* const call : calls) lines.push_back(call->line);
  return lines;
}

using Lines = std::vector<std::uint32_t>;
using Files = std::vector<std::string_view>;

TEST(CallIndex, FindsCallsByAWordOfTheirArguments) {
  Project project;
  project.write("CMakeLists.txt", "project(p)\nadd_library(core core.cpp)\nadd_library(net-core net.cpp)\n");
  project.write("opt/CMakeLists.txt", "add_library(opt opt.cpp)\ntarget_link_libraries(opt PRIVATE $<1:core>)\n");
  const TargetGraph graph = project.graph();
  CMakeSources sources = project.sources();
  CallIndex index(sources, graph);
  EXPECT_EQ(lines_of(index.calls("CMakeLists.txt", "core")), (Lines{2, 3})) << "the second is looked at more closely";
  EXPECT_EQ(lines_of(index.calls("opt/CMakeLists.txt", "core")), (Lines{2}));
  EXPECT_EQ(index.files_naming("core"), (Files{"CMakeLists.txt", "opt/CMakeLists.txt"}));
  EXPECT_EQ(index.files_naming("opt"), (Files{"opt/CMakeLists.txt"}));
  EXPECT_TRUE(index.files_naming("nowhere").empty());
  EXPECT_TRUE(index.calls("opt/CMakeLists.txt", "nowhere").empty());
  EXPECT_TRUE(index.calls("missing/CMakeLists.txt", "core").empty()) << "a file that is not there";
}

TEST(CallIndex, TakesACallOnceHoweverOftenItNamesTheWord) {
  Project project;
  project.write("CMakeLists.txt", "set(x core core core/core.cpp)\n");
  const TargetGraph graph = project.graph();
  CMakeSources sources = project.sources();
  CallIndex index(sources, graph);
  EXPECT_EQ(lines_of(index.calls("CMakeLists.txt", "core")), (Lines{1}));
}

TEST(CallIndex, TakesEveryCallForAWordOfSignsAlone) {
  Project project;
  project.write("CMakeLists.txt", "set(x ++)\nset(y z)\n");
  const TargetGraph graph = project.graph();
  CMakeSources sources = project.sources();
  CallIndex index(sources, graph);
  EXPECT_EQ(lines_of(index.calls("CMakeLists.txt", "++")), (Lines{1, 2}));
}

// Every call of which find_argument() finds an argument is among them, in the order of the file, and a file is named
// exactly when it has calls.
TEST(CallIndex, MissesNoCallOfRandomFiles) {
  test::Chance chance(20261125);
  const std::vector<std::string> words = {"a", "ab", "a_b", "a-b", "a.b", "a+b", "++", "b1", "Opt", "opt-a.b"};
  const std::vector<std::string> signs = {"/", "::", " ", "$<TARGET_OBJECTS:", ">", "${", "}", ";", "\"", "-", "."};
  std::size_t found = 0;
  for (int round = 0; round < 60; ++round) {
    Project project;
    for (const char* const file : {"CMakeLists.txt", "sub/CMakeLists.txt"}) {
      std::string text;
      for (std::size_t calls = chance.below(25); calls != 0; --calls) {
        text += "call(";
        for (std::size_t parts = chance.below(7); parts != 0; --parts) {
          const std::string& part = chance.below(3) == 0 ? chance.pick(signs) : chance.pick(words);
          if (part != "\"") text += part;
        }
        text += ")\n";
      }
      project.write(file, text);
    }
    const TargetGraph graph = project.graph();
    CMakeSources sources = project.sources();
    CallIndex index(sources, graph);
    for (const std::string& word : words) {
      const Files naming = index.files_naming(word);
      for (const std::string_view file : {"CMakeLists.txt", "sub/CMakeLists.txt"}) {
        const std::vector<const CMakeCall*>& calls = index.calls(file, word);
        ASSERT_EQ(std::find(naming.begin(), naming.end(), file) != naming.end(), !calls.empty()) << word << file;
        ASSERT_TRUE(std::is_sorted(calls.begin(), calls.end())) << word;
        for (const CMakeCall& call : sources.calls(file)) {
          if (find_argument(call, word) == nullptr) continue;
          ASSERT_NE(std::find(calls.begin(), calls.end(), &call), calls.end())
              << word << " in line " << call.line << " of " << file << ", round " << round;
          ++found;
        }
      }
    }
  }
  EXPECT_GT(found, 300U);
}

}  // namespace
}  // namespace bulkhead
