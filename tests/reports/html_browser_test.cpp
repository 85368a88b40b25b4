// The HTML report in headless Chromium: reports that the program wrote of recorded replies, and one of hostile names.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "reports/writer.h"
#include "tests/support/browser.h"
#include "tests/support/hostile_report.h"
#include "tests/support/process.h"
#include "tests/support/replies.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

struct Pages {
  std::string html;
  std::string json;
};

Pages check_reply(const std::string& reply, const std::string& project, const std::string& policy) {
  const TemporaryDirectory build;
  unpack_reply(reply, build.path());
  if (!project.empty()) move_sources(build.path(), "/src/" + project, test_directory() / "projects" / project);
  const ProcessResult result = run({bulkhead_command(), "check", "-q", "-B", build.path().string(), "--policy",
                                    (test_directory() / policy).string(), "--format", "html=" + (build / "report.html"),
                                    "--format", "json=" + (build / "report.json")});
  EXPECT_EQ(result.status, 1) << result.err;
  return {read_file(build / "report.html"), read_file(build / "report.json")};
}

// The names of the hostile report in the graph, too.
Report make_hostile_page() {
  Report report = make_hostile_report();
  report.project = hostile_names().front();
  PageGraph graph{.configuration = "Debug"};
  for (const std::string& name : hostile_names()) {
    const auto number = static_cast<std::uint32_t>(graph.files.size());
    graph.files.push_back(name);
    graph.modules.push_back({.name = name, .toggle = name});
    graph.ends.push_back(
        {.label = "target:" + name, .type = "STATIC_LIBRARY", .directory = name, .place = {number, 1}});
  }
  graph.target_count = graph.ends.size();
  for (std::uint32_t i = 0; i < graph.target_count; ++i) {
    const std::string& name = hostile_names()[i];
    graph.ends.push_back({.label = "library:" + name, .owner = Owner::module(i)});
    const auto library = static_cast<std::uint32_t>(graph.target_count) + i;
    graph.edges.push_back({.from = i, .to = library, .kind = EdgeKind::link, .known = Known::derived, .place = {i, 3}});
  }
  report.graphs.push_back(std::move(graph));
  std::size_t waivers = 0;
  for (Finding& finding : report.findings) {
    if (finding.waiver || waivers == 2) continue;
    finding.waiver_text = "waive " + hostile_names()[waivers];
    if (waivers++ == 1) finding.waiver_text += "\n</pre> & more";
  }
  return report;
}

Pages make_pages(const std::string& name) {
  if (name == "kinds") return check_reply("kinds/3.25-Ninja", name, "projects/kinds/bulkhead.toml");
  if (name == "multi") return check_reply("multi/3.31-Ninja-Multi-Config", name, "projects/multi/bulkhead.toml");
  if (name == "llvm") return check_reply("llvm/19.1.7-full-3.25-Ninja", "", "replies/llvm/bulkhead.toml");
  const Report report = make_hostile_page();
  return {write_html(report, {}).value(), write_json(report, {}).value()};
}

struct Check {
  std::string report;
  std::string name;
};

void PrintTo(const Check& check, std::ostream* out) {
  *out << check.name << " of " << check.report;
}

class HtmlBrowser : public testing::TestWithParam<Check> {};

TEST_P(HtmlBrowser, ObjectsToNothing) {
  if (const std::string why = why_no_browser(); !why.empty()) GTEST_SKIP() << why;
  static std::map<std::string, Pages> made;
  const auto [pages, is_new] = made.try_emplace(GetParam().report);
  if (is_new) pages->second = make_pages(GetParam().report);
  EXPECT_EQ(check_page(GetParam().name, pages->second.html, pages->second.json), "");
}

INSTANTIATE_TEST_SUITE_P(Pages, HtmlBrowser,
                         testing::Values(Check{"kinds", "reading"}, Check{"kinds", "plain"}, Check{"kinds", "strict"},
                                         Check{"kinds", "findings"}, Check{"kinds", "permalinks"},
                                         Check{"kinds", "copying"}, Check{"kinds", "printing"},
                                         Check{"kinds", "keyboard"}, Check{"kinds", "matrix"},
                                         Check{"kinds", "explorer"}, Check{"kinds", "access"},
                                         Check{"multi", "reading"}, Check{"multi", "configurations"},
                                         Check{"multi", "access"}, Check{"llvm", "reading"}, Check{"llvm", "large"},
                                         Check{"llvm", "access"}, Check{"hostile", "reading"},
                                         Check{"hostile", "plain"}, Check{"hostile", "copying"},
                                         Check{"hostile", "matrix"}, Check{"hostile", "access"}),
                         [](const auto& test) { return test.param.report + "_" + test.param.name; });

// A check that objects to nothing must be able to object.
TEST(HtmlBrowserChecks, ObjectToAPageThatDoesWhatItMustNot) {
  if (const std::string why = why_no_browser(); !why.empty()) GTEST_SKIP() << why;
  Pages pages = make_pages("hostile");
  const std::size_t end = pages.html.rfind("</main>");
  ASSERT_NE(end, std::string::npos);
  pages.html.insert(end, "<img src=\"http://host.example/x.png\" alt=\"\"><script>window.x = 1</script>");
  const std::string objections = check_page("reading", pages.html, pages.json);
  EXPECT_NE(objections.find("img-src"), std::string::npos) << objections;
  EXPECT_NE(objections.find("script-src"), std::string::npos) << objections;
}

}  // namespace
}  // namespace bulkhead::test
