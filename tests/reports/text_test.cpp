#include <gtest/gtest.h>

#include "reports/writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

FindingEnd target(const std::string& name) {
  return {.label = "target:" + name, .type = "STATIC_LIBRARY"};
}

// core links `name`, by the call on that line of core/CMakeLists.txt.
Finding link_to(const std::string& name, std::uint32_t line) {
  return {
      .rule = "off-edge",
      .module = "cuda",
      .edge = FindingEdge{.kind = EdgeKind::link, .from = target("core"), .to = target(name), .known = Known::derived},
      .path = {"target:core", "target:" + name},
      .evidence = {{.file = "core/CMakeLists.txt", .line = line, .mark = name}},
      .message = "core links " + name + " of module cuda, which is off",
      .help = "guard the call"};
}

Report report_of(std::vector<Finding> findings) {
  return {.tool_version = "1",
          .cmake_version = "3.25.1",
          .generator = "Ninja",
          .codemodel = "2.4",
          .source_root = "/nowhere",
          .configurations = {{.name = "Release", .targets = 2, .dependencies = 1, .edges = 5, .sources = 3}},
          .modules = {{.name = "cuda", .verdict = Verdict::violated, .edges_checked = 5}},
          .findings = std::move(findings)};
}

std::string text_of(const Report& report, bool verbose = false) {
  return write_text(report, {.verbose = verbose}).value();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Text, TellsTheWholeStory) {
  const test::TemporaryDirectory source;
  test::write_file(source / "core/CMakeLists.txt", "\ntarget_link_libraries(core PRIVATE cuda_rt)\n");
  Finding finding = link_to("cuda_rt", 2);
  finding.evidence[0].stack = {"CMakeLists.txt:4", "core/CMakeLists.txt:2"};
  finding.inherited_by = {target("app")};
  Report report = report_of({finding});
  report.source_root = source.path().string();
  EXPECT_EQ(text_of(report),
            "error[off-edge]: core links cuda_rt of module cuda, which is off\n"
            "  --> core/CMakeLists.txt:2\n"
            "   |\n"
            " 2 | target_link_libraries(core PRIVATE cuda_rt)\n"
            "   |                                    ^~~~~~~\n"
            "  = calls: CMakeLists.txt:4 > core/CMakeLists.txt:2\n"
            "  = edge: core -> cuda_rt  [link, derived]\n"
            "  = inherited by 1 target: app\n"
            "  = help: guard the call\n"
            "\n"
            "cuda  off  violated  5 edges of the core checked\n"
            "1 error, 0 warnings in 2 targets and 5 edges (CMake 3.25.1, Ninja)\n");
}

TEST(Text, TellsFindingsOfOneCallOnce) {
  std::vector<Finding> findings = {link_to("a", 2), link_to("b", 2), link_to("c", 2), link_to("d", 9)};
  const std::string text = text_of(report_of(findings));
  EXPECT_EQ(count(text, "error[off-edge]"), 2U);
  EXPECT_NE(text.find("  = 2 more findings by the same call: b, c\n"), std::string::npos);
  EXPECT_NE(text.find("core links d"), std::string::npos);
  EXPECT_NE(text.find("4 errors, 0 warnings"), std::string::npos) << "each counts";
}

TEST(Text, KeepsApartWhatOnlyLooksLikeOneCall) {
  const auto told = [](auto&& change) {
    std::vector<Finding> findings = {link_to("a", 2), link_to("b", 2)};
    change(findings[1]);
    return count(text_of(report_of(findings)), "[off-edge]") + count(text_of(report_of(findings)), "[core-edge]");
  };
  EXPECT_EQ(told([](Finding&) {}), 1U);
  EXPECT_EQ(told([](Finding& finding) { finding.rule = "core-edge"; }), 2U);
  EXPECT_EQ(told([](Finding& finding) { finding.module = "metal"; }), 2U);
  EXPECT_EQ(told([](Finding& finding) { finding.configuration = "Debug"; }), 2U);
  EXPECT_EQ(told([](Finding& finding) { finding.edge->kind = EdgeKind::order; }), 2U);
  EXPECT_EQ(told([](Finding& finding) { finding.edge->from.label = "target:app"; }), 2U);
  EXPECT_EQ(told([](Finding& finding) { finding.evidence[0].file = "app/CMakeLists.txt"; }), 2U);
  EXPECT_EQ(told([](Finding& finding) { finding.evidence.clear(); }), 2U);
  EXPECT_EQ(told([](Finding& finding) { finding.edge.reset(); }), 2U);
  std::vector<Finding> without_line = {link_to("a", 0), link_to("b", 0)};
  EXPECT_EQ(count(text_of(report_of(without_line)), "[off-edge]"), 2U);
}

TEST(Text, CutsLongListsUnlessAskedForAll) {
  std::vector<Finding> findings;
  for (int i = 0; i < 10; ++i) findings.push_back(link_to("t" + std::to_string(i), 2));
  for (int i = 0; i < 9; ++i) findings[0].inherited_by.push_back(target("i" + std::to_string(i)));
  for (std::uint32_t i = 0; i < 4; ++i) findings[0].evidence.push_back({.file = "more.cmake", .line = i + 1});
  const std::string brief = text_of(report_of(findings));
  EXPECT_NE(brief.find("= inherited by 9 targets: i0, i1, i2, i3, i4, i5 and 3 more\n"), std::string::npos);
  EXPECT_NE(brief.find("= 9 more findings by the same call: t1, t2, t3, t4, t5, t6 and 3 more\n"), std::string::npos);
  EXPECT_NE(brief.find("= also: 2 more places\n"), std::string::npos);
  EXPECT_EQ(count(brief, "--> "), 3U);
  const std::string verbose = text_of(report_of(findings), true);
  EXPECT_NE(verbose.find("= inherited by 9 targets: i0, i1, i2, i3, i4, i5, i6, i7, i8\n"), std::string::npos);
  EXPECT_NE(verbose.find("call: t1, t2, t3, t4, t5, t6, t7, t8, t9\n"), std::string::npos);
  EXPECT_EQ(count(verbose, "--> "), 5U);
  EXPECT_NE(verbose.find("Release: 2 targets, 1 entries of dependencies, 5 edges, 3 sources\n"), std::string::npos);
}

TEST(Text, SaysBlindSpotsOnceUnlessAskedForAll) {
  const Finding spot{.rule = "blind-spot", .severity = Severity::warning, .message = "#include lines are in no reply"};
  const std::string brief = text_of(report_of({spot, spot}));
  EXPECT_EQ(brief.find("#include lines"), std::string::npos);
  EXPECT_NE(brief.find("note: 2 blind spots leave modules unproven; -v says"), std::string::npos);
  EXPECT_NE(text_of(report_of({spot})).find("note: 1 blind spot leaves modules unproven"), std::string::npos);
  const std::string verbose = text_of(report_of({spot, spot}), true);
  EXPECT_EQ(count(verbose, "warning[blind-spot]: #include lines are in no reply\n"), 2U);
  EXPECT_EQ(verbose.find("note:"), std::string::npos);

  Finding strict = spot;
  strict.severity = Severity::error;
  EXPECT_NE(text_of(report_of({strict})).find("error[blind-spot]: #include"), std::string::npos)
      << "what fails the check is told";
}

TEST(Text, NamesTheConfigurationWhereThereAreSeveral) {
  Finding finding = link_to("a", 2);
  finding.configuration = "Debug";
  Report report = report_of({finding});
  EXPECT_EQ(text_of(report).find("(Debug)"), std::string::npos);
  report.configurations.push_back({.name = "Debug", .targets = 3, .edges = 5});
  report.modules[0].configuration = "Debug";
  report.modules.push_back({.name = "m", .configuration = "", .verdict = Verdict::isolated, .edges_checked = 1});
  const std::string text = text_of(report);
  EXPECT_NE(text.find("which is off (Debug)\n"), std::string::npos);
  EXPECT_NE(text.find("cuda  off  violated (Debug)  5 edges of the core checked\n"), std::string::npos);
  EXPECT_NE(text.find("m     off  isolated (no build type)  1 edge of the core checked\n"), std::string::npos);
  EXPECT_NE(text.find("in 5 targets and 10 edges"), std::string::npos);
}

TEST(Text, GivesAVerdictOnEveryModule) {
  Report report = report_of({});
  report.modules = {{.name = "a", .on = true},
                    {.name = "long_name",
                     .verdict = Verdict::unproven,
                     .edges_checked = 7,
                     .blind_spots = {EdgeKind::include, EdgeKind::command}}};
  EXPECT_EQ(text_of(report),
            "a          on   not checked while it is on\n"
            "long_name  off  unproven  7 edges of the core checked; not visible: include command\n"
            "0 errors, 0 warnings in 2 targets and 5 edges (CMake 3.25.1, Ninja)\n");
}

TEST(Text, SaysThatALineIsUnknown) {
  Finding finding = link_to("a", 0);
  finding.evidence = {{.file = {}}, {.file = "core/CMakeLists.txt"}};
  const std::string text = text_of(report_of({finding}));
  EXPECT_NE(text.find("  = place: no line is known for it\n"), std::string::npos);
  EXPECT_NE(text.find("  --> core/CMakeLists.txt\n"), std::string::npos);
}

TEST(Text, IsColouredOnRequest) {
  const Report report = report_of({link_to("a", 2)});
  EXPECT_EQ(text_of(report).find('\x1b'), std::string::npos);
  EXPECT_NE(write_text(report, {.colour = true}).value().find("\x1b[1;31merror[off-edge]:\x1b[0m"), std::string::npos);
}

}  // namespace
}  // namespace bulkhead
