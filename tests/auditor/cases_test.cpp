// The cases below tests/cases/<rule>: a graph as text, a policy, and the report that they must make.
//
//   graph.txt       see tests/support/text_graph.h
//   bulkhead.toml   the policy
//   bulkhead.baseline  findings that are known, where a case needs them
//   project/        the project's files, where a case needs them
//   expected.txt    the report; UPDATE_GOLDEN=1 in the environment rewrites it
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/rule.h"
#include "reports/error_text.h"
#include "reports/writer.h"
#include "tests/support/case_reports.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/text_graph.h"

namespace bulkhead::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> cases_of(std::string_view rule) {
  std::vector<fs::path> cases;
  for (const fs::directory_entry& entry : fs::directory_iterator(test_directory() / "cases" / rule)) {
    cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string report_of(const fs::path& directory) {
  const auto audited = audit_case(directory);
  if (!audited) return write_error(audited.error(), Style(false));
  return write_text(audited->report, {.verbose = audited->verbose}).value();
}

class Cases : public testing::TestWithParam<std::string_view> {};

TEST_P(Cases, ReportWhatIsExpected) {
  for (const fs::path& directory : cases_of(GetParam())) {
    const std::string name = directory.filename().string();
    std::string report;
    ASSERT_NO_THROW(report = report_of(directory)) << name;
    if (updates_golden()) {
      write_file(directory / "expected.txt", report);
    } else {
      EXPECT_EQ(report, read_file(directory / "expected.txt")) << name;
    }
  }
}

TEST_P(Cases, AreSeveralAndSomeFindWhatTheRuleSays) {
  std::size_t finds = 0;
  std::size_t silent = 0;
  for (const fs::path& directory : cases_of(GetParam())) {
    const std::string expected = read_file(directory / "expected.txt");
    ++(expected.find(fmt::format("[{}]:", GetParam())) == std::string::npos ? silent : finds);
  }
  EXPECT_GE(finds, 2U);
  EXPECT_GE(silent, 1U) << "a rule must also know when to be silent";
  EXPECT_GE(finds + silent, 4U);
}

std::vector<std::string_view> rule_codes() {
  std::vector<std::string_view> codes;
  for (const Rule& rule : catalogue()) codes.push_back(rule.code);
  return codes;
}

INSTANTIATE_TEST_SUITE_P(Rules, Cases, testing::ValuesIn(rule_codes()), [](const auto& test) {
  std::string name(test.param);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(TextGraph, SaysWhichLineIsWrong) {
  const auto message = [](const std::string& text) -> std::string {
    try {
      (void)parse_text_graph(text, "/no/sources");
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message("target a EXECUTABLE .\n\na -> b [link]\n"), "line 3: no target b");
  EXPECT_EQ(message("target a TREE .\n"), "line 1: no type of target: TREE");
  EXPECT_EQ(message("target a EXECUTABLE .\na -> a [rope]\n"), "line 2: no kind of edge: rope");
  EXPECT_EQ(message("target a EXECUTABLE .\na -> a link\n"), "line 2: the kind stands in [ ]");
  EXPECT_EQ(message("target a EXECUTABLE .\na -> a [link] x\n"), "line 2: write a call as FILE:LINE COMMAND");
  EXPECT_EQ(message("target a EXECUTABLE .\ntarget a EXECUTABLE .\n"), "line 2: twice: a");
  EXPECT_EQ(message("target a EXECUTABLE .\ncodemodel 2.9\n"), "line 2: settings come before targets");
  EXPECT_EQ(message("perhaps\n"), "line 1: what is 'perhaps'?");
}

TEST(TextGraph, IsAGraph) {
  const TextAudit text = parse_text_graph(
      "codemodel 2.10\ncache A=B=C\nstrict\n"
      "target a EXECUTABLE app CMakeLists.txt:3 add_executable\ntarget b STATIC_LIBRARY . imported\n"
      "file:CMakeLists.txt -> file:x.cmake [configure]\n"
      "a -> b [link] CMakeLists.txt:4 use > cmake/Use.cmake:2 target_link_libraries\na -> library:m [file-link, "
      "derived]\n"
      "a needs b\nconfiguration Debug\n",
      "/src");
  ASSERT_EQ(text.tree.graphs.size(), 2U);
  EXPECT_TRUE(text.options.strict);
  EXPECT_EQ(text.tree.cache.find("A"), "B=C");
  const TargetGraph& graph = text.tree.graphs[0];
  EXPECT_TRUE(graph.has_direct_edges());
  EXPECT_EQ(graph.info().configuration, "Release");
  EXPECT_EQ(text.tree.graphs[1].info().configuration, "Debug");
  ASSERT_EQ(graph.edges().size(), 3U);
  EXPECT_EQ(to_label(graph, graph.edges()[0].to), "target:b");
  EXPECT_EQ(graph.edges()[0].known, Known::declared);
  EXPECT_EQ(graph.call_stack(*graph.edges()[0].frame).front(), (CallFrame{"CMakeLists.txt", "use", 4}));
  EXPECT_EQ(graph.call_stack(*graph.edges()[0].frame).back(),
            (CallFrame{"cmake/Use.cmake", "target_link_libraries", 2}));
  EXPECT_EQ(graph.edges()[1].known, Known::derived);
  EXPECT_EQ(graph.edges_from_files().size(), 1U);
  EXPECT_EQ(graph.dependencies(TargetId(0)).size(), 1U);
  EXPECT_EQ(graph.text(graph[TargetId(0)].build_directory), "<build>/app");
  EXPECT_TRUE(graph[TargetId(1)].imported);
}

}  // namespace
}  // namespace bulkhead::test
