// The HTML report as text; tests/reports/html_browser_test.cpp opens it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "reports/html_assets.h"
#include "reports/html_parts.h"
#include "reports/html_text.h"
#include "reports/writer.h"
#include "tests/support/case_reports.h"
#include "tests/support/command_line.h"
#include "tests/support/hostile_report.h"

namespace bulkhead::test {
namespace {

using Json = nlohmann::json;

std::string page_of(const Report& report) {
  return write_html(report, {}).value();
}

// Without the script and the style, which hold words of their own.
std::string content_of(const Report& report) {
  std::string page = page_of(report);
  page.erase(page.find(report_style), report_style.size());
  page.erase(page.find(report_script), report_script.size());
  return page;
}

TEST(HtmlText, EscapesWhatMeansSomething) {
  EXPECT_EQ(escape_html("a<b>&\"'\n\x01\xff"), "a&lt;b&gt;&amp;&quot;&#39; \uFFFD\uFFFD");
  EXPECT_EQ(escape_html_lines("a<\nb\n"), "a&lt;\nb\n");
  EXPECT_EQ(escape_script(R"(["</script><!--&"])"), R"(["\u003c/script\u003e\u003c!--\u0026"])");
  EXPECT_EQ(Json::parse(escape_script(R"(["</script><!--&"])"))[0], "</script><!--&");
}

TEST(HtmlText, WritesBase64AndNumbers) {
  const std::vector<std::string> texts = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};  // RFC 4648
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(to_base64(std::string("foobar").substr(0, i)), texts[i]);
  EXPECT_EQ(count_html(1, "edge"), "1 edge");
  EXPECT_EQ(count_html(1234567, "edge"), "1,234,567 edges");
  EXPECT_EQ(bare_label("library:z"), "-lz");
  EXPECT_EQ(bare_label("definition:USE_X=1"), "-DUSE_X=1");
  EXPECT_EQ(bare_label("target:a:b"), "a:b");
}

TEST(HtmlSvg, IsMadeAPartOfAPage) {
  EXPECT_EQ(
      write_inline_svg("<?xml version=\"1.0\"?>\n<svg role=\"img\" style=\"a:b\" width=\"1pt\"\n viewBox=\"0 0\">\n"
                       "<style>\n.x [fill=\"a\"]{b:c}\n</style><g id=\"n0\" class=\"node\" fill=\"red\">\n"
                       "<title>id=\"n0\"</title></g></svg>\n",
                       "what \"it\" is"),
      "<svg role=\"img\" aria-label=\"what &quot;it&quot; is\" width=\"1pt\"\n viewBox=\"0 0\">\n"
      "<g fill=\"red\">\n<title>id=\"n0\"</title></g></svg>\n");
}

TEST(Html, HasAPolicyThatBindsScriptAndStyle) {
  const std::string page = page_of(make_hostile_report());
  EXPECT_NE(page.find("content=\"default-src 'none'; script-src '" + std::string(report_script_hash) +
                      "'; style-src '" + std::string(report_style_hash) + "'; base-uri 'none'; form-action 'none'\""),
            std::string::npos);
  EXPECT_EQ(count(page, "<script>"), 1U);
  EXPECT_EQ(count(page, "<script>" + std::string(report_script) + "</script>"), 1U);
  EXPECT_EQ(count(page, "<style>" + std::string(report_style) + "</style>"), 1U);
}

TEST(Html, LinksPlacesToTheSourcesWhereAsked) {
  Report report = make_hostile_report();
  report.findings.resize(1);
  report.findings[0].evidence = {{.file = "core/a \"b\".txt", .line = 3}, {.file = "<build>/made.cmake", .line = 1}};
  const auto link = LinkTemplate::parse("https://example.org/?f={file}&a=1#L{line}");
  ASSERT_TRUE(link);
  const std::string page = write_html(report, {.link = *link}).value();
  EXPECT_EQ(count(page,
                  "<a href=\"https://example.org/?f=core/a%20%22b%22.txt&amp;a=1#L3\" rel=\"noreferrer\">"
                  "<code class=\"place\">core/a &quot;b&quot;.txt:3</code></a>"),
            1U);
  EXPECT_EQ(count(page, "example.org"), 1U) << "what the build makes is in no repository";
  EXPECT_EQ(count(page_of(report), "example.org"), 0U);
}

// On all cases: nothing to load, no style that a policy would block, each finding as often as json has it.
TEST(Html, TellsTheFindingsOfJsonAndLoadsNothing) {
  const std::regex forbidden(R"(<[^>]*\s(style|src|on\w+|xmlns:xlink)=|<(link|img|iframe|base)\b|url\()");
  for (const auto& directory : all_cases()) {
    const auto audited = audit_case(directory);
    if (!audited) continue;
    const Report& report = audited->report;
    const std::string content = content_of(report);
    std::smatch found;
    EXPECT_FALSE(std::regex_search(content, found, forbidden)) << directory << ": " << found.str();
    EXPECT_EQ(count(content, "<article "), report.findings.size()) << directory;
    EXPECT_EQ(content.find(report.source_root), std::string::npos) << directory << ": the place of the sources";
    const Json json = Json::parse(write_json(report, {}).value());
    for (const Json& finding : json["findings"]) {
      const std::string id = finding["fingerprint"];
      EXPECT_NE(content.find("id=\"f-" + id + "\""), std::string::npos) << directory;
      const std::string message = finding["message"];
      EXPECT_NE(content.find(escape_html(message)), std::string::npos) << directory << ": " << message;
    }
    for (const ModuleReport& module : report.modules) {
      for (const Unproven& one : module.unproven) {
        EXPECT_NE(content.find(escape_html(one.remedy)), std::string::npos) << directory << ": " << one.remedy;
      }
      EXPECT_EQ(module.unproven.empty(), module.blind_spots.empty()) << directory << ": " << module.name;
    }
  }
}

TEST(Html, IsTheSameEveryTime) {
  EXPECT_EQ(page_of(make_hostile_report()) == page_of(make_hostile_report()), true);
}

TEST(Html, NumbersFindingsOfOneFingerprint) {
  Report report = make_hostile_report();
  report.findings.resize(1);
  report.findings.push_back(report.findings.front());
  report.findings.back().configuration = "Release";
  const std::string id = "f-" + report.findings.front().fingerprint;
  EXPECT_EQ(finding_ids(report), (std::vector<std::string>{id, id + "-2"}));
}

TEST(Html, LeavesOutThePartsThatHaveNoGraph) {
  Report report = make_hostile_report();
  EXPECT_EQ(page_of(report).find("id=\"matrix\""), std::string::npos);
  report.graphs.push_back({.configuration = "Debug", .left_out = true});
  EXPECT_NE(page_of(report).find("too large for a page"), std::string::npos);
  EXPECT_EQ(page_of(report).find("class=\"graph\""), std::string::npos);
}

// ---- the graph as data ----------------------------------------------------------------------------------------------

std::vector<std::uint64_t> numbers_of(const std::string& base64) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  for (std::size_t at = 0; at < base64.size(); at += 4) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t digit = digits.find(base64[at + i]);
      word = word << 6U | (digit == std::string_view::npos ? 0U : static_cast<std::uint32_t>(digit));
    }
    for (std::size_t i = 0; i < 3; ++i) {
      if (base64[at + i + 1] != '=') bytes += static_cast<char>(word >> (16U - 8U * i) & 0xffU);
    }
  }
  std::vector<std::uint64_t> numbers;
  std::uint64_t number = 0;
  std::uint32_t shift = 0;
  for (const char byte : bytes) {
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte) & 0x7fU) << shift;
    shift += 7;
    if ((static_cast<unsigned char>(byte) & 0x80U) != 0) continue;
    numbers.push_back(number);
    number = 0;
    shift = 0;
  }
  return numbers;
}

TEST(HtmlGraph, IsPackedAsTheScriptReadsIt) {
  PageGraph graph{.configuration = "Release", .modules = {{.name = "cuda", .toggle = "USE_CUDA"}}, .files = {"x", "y"}};
  graph.ends = {{.label = "target:core_a", .type = "EXECUTABLE", .directory = "src", .place = {1, 300}},
                {.label = "target:core_b", .type = "EXECUTABLE", .directory = "src", .owner = Owner::set_aside()},
                {.label = "file:cuda/a.h", .directory = "cuda", .owner = Owner::module(0)}};
  graph.target_count = 2;
  graph.edges = {{.from = 0, .to = 1, .kind = EdgeKind::order, .place = {0, 7}},
                 {.from = 0, .to = 2, .kind = EdgeKind::include, .known = Known::derived},
                 {.from = 1, .to = 2, .kind = EdgeKind::include, .known = Known::derived}};
  Report report = make_hostile_report();
  report.findings.resize(1);
  report.findings[0].configuration = "Release";
  report.findings[0].edge = FindingEdge{.kind = EdgeKind::include,
                                        .from = {.label = "target:core_b", .type = "EXECUTABLE"},
                                        .to = {.label = "file:cuda/a.h", .type = {}}};
  const Json json = Json::parse(write_page_graph(graph, report));
  EXPECT_EQ(json["labels"], (Json{"0core_a", "5b", "0file:cuda/a.h"}));
  EXPECT_EQ(json["types"], (Json{"0EXECUTABLE", "0"}));
  EXPECT_EQ(json["directories"], (Json{"0src", "0cuda"}));
  EXPECT_EQ(json["files"], (Json{"0x", "0y"}));
  EXPECT_EQ(json["targets"], 2);
  // type, owner, directory, line, file
  EXPECT_EQ(numbers_of(json["ends"]), (std::vector<std::uint64_t>{0, 0, 0, 300, 1, 0, 1, 0, 0, 1, 2, 1, 0}));
  // how many, then of each: dependee less the one before, kind and how it is known, line, file
  EXPECT_EQ(numbers_of(json["edges"]), (std::vector<std::uint64_t>{2, 1, 6, 7, 0, 1, 17, 0, 1, 2, 17, 0, 0}));
  EXPECT_EQ(json["findings"], (Json{{1, 2, 8, "f-" + report.findings[0].fingerprint}}));
}

TEST(HtmlGraph, SharesNoPartsOfCharacters) {
  PageGraph graph;
  graph.ends = {{.label = "target:caf\xc3\xa9", .type = "UTILITY"}, {.label = "target:caf\xc3\xa8", .type = "UTILITY"}};
  graph.target_count = 2;
  const Json json = Json::parse(write_page_graph(graph, make_hostile_report()));
  EXPECT_EQ(json["labels"], (Json{"0caf\xc3\xa9", "3\xc3\xa8"}));
}

}  // namespace
}  // namespace bulkhead::test
