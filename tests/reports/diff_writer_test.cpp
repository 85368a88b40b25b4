#include "reports/diff_writer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "reports/diff_picture.h"

namespace bulkhead::test {
namespace {

EdgeChange link(Change change, const std::string& from, const std::string& to) {
  return {.change = change,
          .kind = EdgeKind::link,
          .from = "target:" + from,
          .to = "target:" + to,
          .directory = "core",
          .file = "core/CMakeLists.txt",
          .line = 3};
}

DiffReport report_of(std::vector<DiffGroup> groups) {
  return {.tool_version = "0.1.0",
          .before = {.cmake_version = "3.25.1", .generator = "Ninja", .codemodel = "2.4"},
          .after = {.cmake_version = "3.25.1", .generator = "Ninja", .codemodel = "2.4"},
          .configurations = {"Release"},
          .remarks = {},
          .by_module = false,
          .groups = std::move(groups)};
}

std::string write(std::string_view name, const DiffReport& report, bool colour = false) {
  const auto formats = diff_formats();
  const auto format =
      std::find_if(formats.begin(), formats.end(), [name](const DiffFormat& one) { return one.name == name; });
  const auto text = format->write(report, {.colour = colour});
  EXPECT_TRUE(text) << text.error().message;
  return text.value_or("");
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

const std::string hostile = "a|b`<script>&\\\"'@all\n# x*_~[l](http://e.org)\x1b[31m\xff";

TEST(DiffWriter, HasEachFormatOnce) {
  std::vector<std::string_view> names;
  for (const DiffFormat& format : diff_formats()) names.push_back(format.name);
  EXPECT_EQ(names, (std::vector<std::string_view>{"text", "json", "markdown", "dot", "svg"}));
}

// Names come from outside. None of them may become markup, a line of its own or an escape of the terminal.
TEST(DiffWriter, EscapesHostileNames) {
  DiffReport report = report_of({{.name = hostile, .edges = {link(Change::added, hostile, hostile)}}});
  report.groups.front().targets = {
      {.change = Change::removed, .name = hostile, .type = "UTILITY", .directory = hostile}};
  report.remarks = {hostile};
  report.findings = FindingsDiff{
      .fresh = {{.rule = "off-edge", .message = hostile, .help = hostile}}, .fixed = {}, .unseen = {hostile}};

  const std::string text = write("text", report);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(count(text, "\n# x"), 0U);
  EXPECT_TRUE(nlohmann::json::accept(write("json", report)));

  const std::string markdown = write("markdown", report);
  for (const char* const markup : {"<script", "`", "@all", "](", "://", "\n# x", "\x1b", "~"}) {
    EXPECT_EQ(count(markdown, markup), 0U) << markup;
  }
  // A row of the table has its four cells, whatever is in them.
  for (std::size_t at = markdown.find("\n|"); at != std::string::npos; at = markdown.find("\n|", at + 1)) {
    const std::string row = markdown.substr(at + 1, markdown.find('\n', at + 1) - at - 1);
    EXPECT_EQ(count(row, "|"), 5U) << row;
  }
  const std::string svg = write("svg", report);
  EXPECT_EQ(count(svg, "<script"), 0U);
  EXPECT_EQ(count(svg, "\x1b"), 0U);
  EXPECT_EQ(count(write("dot", report), "\n# x"), 0U);
}

TEST(DiffWriter, CutsMarkdownAndSaysSo) {
  DiffReport report = report_of({});
  for (int i = 0; i < 30; ++i) {
    DiffGroup group{.name = fmt::format("folder{}", i)};
    for (int j = 0; j < 100; ++j)
      group.edges.push_back(link(Change::added, fmt::format("core{}", i), fmt::format("lib{}", j)));
    report.groups.push_back(std::move(group));
  }
  report.inherited_added = 7;
  const std::string text = write("markdown", report);
  EXPECT_LE(text.size(), most_markdown);
  EXPECT_GT(text.size(), most_markdown - 2000);
  EXPECT_EQ(count(text, "<details>"), count(text, "</details>"));
  const std::size_t shown = count(text, "| + | ");
  EXPECT_NE(text.find(fmt::format("**Cut:** {} rows in ", 3000 - shown)), std::string::npos);
  EXPECT_NE(text.find("3000 edges added"), std::string::npos) << "the summary is about all";

  // A single row that is longer than all of it.
  report = report_of({{.name = "x", .edges = {link(Change::added, std::string(100'000, '<'), "b")}}});
  EXPECT_LE(write("markdown", report).size(), 5000U);
}

TEST(DiffWriter, PictureTellsApartWithoutColour) {
  const DiffReport report =
      report_of({{.name = "core",
                  .targets = {{.change = Change::added, .name = "b", .type = "STATIC_LIBRARY", .directory = "core"}},
                  .edges = {link(Change::added, "a", "b"), link(Change::removed, "a", "c")}}});
  const Picture picture = build_diff_picture(report);
  ASSERT_EQ(picture.edges.size(), 2U);
  EXPECT_TRUE(picture.edges[0].label.starts_with("+ link"));
  EXPECT_TRUE(picture.edges[1].label.starts_with("- link"));
  EXPECT_EQ(picture.edges[0].stroke, Stroke::added);
  EXPECT_EQ(picture.edges[1].stroke, Stroke::removed);
  ASSERT_EQ(picture.nodes.size(), 3U);
  EXPECT_EQ(picture.nodes[1].label, "+ b");
  EXPECT_EQ(picture.nodes[1].mark, Stroke::added);
  const std::string dot = write("dot", report);
  EXPECT_NE(dot.find("style=dashed"), std::string::npos);
  EXPECT_NE(dot.find("style=solid"), std::string::npos);
}

TEST(DiffWriter, PictureSaysWhatItLeavesOut) {
  DiffGroup group{.name = "core"};
  for (int i = 0; i < 100; ++i) group.edges.push_back(link(Change::added, "a", fmt::format("b{}", i)));
  const Picture picture = build_diff_picture(report_of({group}), {.nodes = 11, .edges = 50});
  EXPECT_EQ(picture.nodes.size(), 11U);
  EXPECT_EQ(picture.edges.size(), 10U);
  EXPECT_NE(picture.caption.find("90 edges"), std::string::npos) << picture.caption;
}

TEST(DiffWriter, ColoursOnlyWhenAsked) {
  const DiffReport report = report_of({{.name = "core", .edges = {link(Change::added, "a", "b")}}});
  EXPECT_EQ(count(write("text", report), "\x1b"), 0U);
  EXPECT_NE(count(write("text", report, true), "\x1b"), 0U);
}

}  // namespace
}  // namespace bulkhead::test
