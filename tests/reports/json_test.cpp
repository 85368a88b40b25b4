#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/writer.h"

namespace bulkhead {
namespace {

using Json = nlohmann::json;

Report sample() {
  Report report{.tool_version = "1.2.3",
                .cmake_version = "3.25.1",
                .generator = "Ninja",
                .codemodel = "2.4",
                .source_root = "/home/me/secret",
                .configurations = {{.name = "Debug", .targets = 3, .dependencies = 2, .edges = 10, .sources = 4},
                                   {.name = "Release", .targets = 4, .dependencies = 1, .edges = 20, .sources = 5}},
                .modules = {{.name = "cuda",
                             .stage = "S0",
                             .configuration = "Debug",
                             .toggle = "USE_CUDA",
                             .verdict = Verdict::violated,
                             .status = Status::known,
                             .targets = 1,
                             .files = 2,
                             .edges_checked = 9,
                             .sources_scanned = 4,
                             .sources_recorded = 2,
                             .blind_spots = {EdgeKind::include, EdgeKind::file_link}},
                            {.name = "metal", .configuration = "Debug", .toggle = "X", .on = true, .note = "it is on"}},
                .rules = {{.rule = "forbidden",
                           .name = "no-exp",
                           .configuration = "Debug",
                           .verdict = RuleVerdict::broken,
                           .kinds = {EdgeKind::link, EdgeKind::include},
                           .dependers = 3,
                           .dependees = 2,
                           .edges_checked = 17,
                           .sources_scanned = 4,
                           .findings = 1,
                           .blind_spots = {EdgeKind::include}}},
                .module_rules = {{.rule = "off-edge",
                                  .configuration = "Debug",
                                  .modules = 1,
                                  .targets = 6,
                                  .edges_checked = 9,
                                  .sources_scanned = 4,
                                  .findings = 1,
                                  .blind_spots = {EdgeKind::file_link}}},
                .findings = {}};
  report.findings.push_back({.rule = "off-edge",
                             .module = "cuda",
                             .configuration = "Debug",
                             .edge = FindingEdge{.kind = EdgeKind::file_link,
                                                 .from = {.label = "target:core", .type = "STATIC_LIBRARY"},
                                                 .to = {.label = "library:cuda_rt", .type = {}, .module = "cuda"},
                                                 .known = Known::derived},
                             .path = {"target:core", "library:cuda_rt"},
                             .inherited_by = {{.label = "target:app", .type = "EXECUTABLE"}},
                             .evidence = {{.file = "core/CMakeLists.txt",
                                           .line = 12,
                                           .command = "target_link_libraries",
                                           .stack = {"core/CMakeLists.txt:12"},
                                           .conditions = {"core/CMakeLists.txt:3: #if X"},
                                           .mark = "cuda_rt"},
                                          {.file = {}}},
                             .message = "core links cuda_rt",
                             .help = "guard it",
                             .fingerprint = "0123456789abcdef",
                             .waiver_text = "# bulkhead: waive off-edge cuda -- REASON"});
  report.findings.push_back(
      {.rule = "blind-spot",
       .severity = Severity::warning,
       .status = Status::waived,
       .message = "cannot be seen",
       .waiver = AppliedWaiver{
           .reason = "issue 7", .owner = "@mira", .expires = "2027-03-31", .file = "bulkhead.toml", .line = 9}});
  report.baseline = BaselineReport{
      .file = "bulkhead.baseline",
      .entries = 3,
      .fixed = {{.text = "off-edge: a -> b [link]", .fingerprint = "00000000000000aa"}},
      .unseen = {{.text = "off-edge: a -> c [link]", .fingerprint = "00000000000000bb", .reason = "module c is on"}}};
  return report;
}

Json written(const Report& report) {
  return Json::parse(write_json(report, {}).value());
}

TEST(Json, IsWhatProgramsExpect) {
  EXPECT_EQ(written(sample()), Json::parse(R"({
    "schema": "bulkhead-report-1",
    "tool": {"name": "bulkhead", "version": "1.2.3"},
    "cmake": {"version": "3.25.1", "generator": "Ninja", "codemodel": "2.4"},
    "configurations": ["Debug", "Release"],
    "graph": {"targets": 7, "dependencies": 3, "edges": 30, "sources": 9},
    "modules": [
      {"name": "cuda", "stage": "S0", "configuration": "Debug", "toggle": "USE_CUDA", "state": "off",
       "verdict": "violated", "status": "known", "targets": 1, "files": 2, "edges_checked": 9,
       "sources_scanned": 4, "sources_recorded": 2, "blind_spots": ["include", "file-link"]},
      {"name": "metal", "configuration": "Debug", "toggle": "X", "state": "on", "verdict": "unproven", "targets": 0,
       "files": 0, "edges_checked": 0, "sources_scanned": 0, "sources_recorded": 0, "blind_spots": [], "note": "it is on"}
    ],
    "rules": [
      {"rule": "forbidden", "name": "no-exp", "configuration": "Debug", "verdict": "broken", "kinds": ["link", "include"],
       "dependers": 3, "dependees": 2, "edges_checked": 17, "sources_scanned": 4, "findings": 1,
       "blind_spots": ["include"]}
    ],
    "module_rules": [
      {"rule": "off-edge", "configuration": "Debug", "modules": 1, "targets": 6, "edges_checked": 9, "sources_scanned": 4,
       "findings": 1, "blind_spots": ["file-link"]}
    ],
    "findings": [
      {"rule": "off-edge", "severity": "error", "status": "new", "module": "cuda", "configuration": "Debug",
       "edge": {"kind": "file-link", "from": "target:core", "to": "library:cuda_rt", "known": "derived"},
       "path": ["target:core", "library:cuda_rt"], "inherited_by": ["target:app"],
       "evidence": [{"file": "core/CMakeLists.txt", "line": 12, "command": "target_link_libraries",
                     "stack": ["core/CMakeLists.txt:12"], "conditions": ["core/CMakeLists.txt:3: #if X"]}],
       "message": "core links cuda_rt", "help": "guard it", "fingerprint": "0123456789abcdef",
       "waiver": "# bulkhead: waive off-edge cuda -- REASON"},
      {"rule": "blind-spot", "severity": "warning", "status": "waived", "configuration": "", "path": [],
       "inherited_by": [], "evidence": [], "message": "cannot be seen", "help": "", "fingerprint": "",
       "waived": {"reason": "issue 7", "owner": "@mira", "expires": "2027-03-31", "file": "bulkhead.toml", "line": 9}}
    ],
    "baseline": {"file": "bulkhead.baseline", "entries": 3,
      "fixed": [{"text": "off-edge: a -> b [link]", "fingerprint": "00000000000000aa"}],
      "unseen": [{"text": "off-edge: a -> c [link]", "fingerprint": "00000000000000bb", "reason": "module c is on"}]},
    "summary": {"errors": 1, "warnings": 0, "new": 1, "known": 0, "waived": 1}
  })"));
}

TEST(Json, HasItsFieldsInAFixedOrderAndEndsInANewline) {
  const std::string text = write_json(sample(), {}).value();
  EXPECT_EQ(text, write_json(sample(), {.colour = true, .verbose = true}).value());
  EXPECT_TRUE(text.starts_with("{\n  \"schema\": \"bulkhead-report-1\",\n  \"tool\": {"));
  EXPECT_TRUE(text.ends_with("}\n"));
  EXPECT_LT(text.find("\"modules\""), text.find("\"findings\""));
  EXPECT_LT(text.find("\"findings\""), text.find("\"summary\""));
}

TEST(Json, KeepsTheMachineToItself) {
  EXPECT_EQ(write_json(sample(), {}).value().find("/home/me"), std::string::npos);
}

TEST(Json, IsValidWhateverTheNames) {
  // A name, and what a reader of the JSON gets: U+FFFD where it is no UTF-8, so that nothing goes without a trace.
  const std::string odd = "\xef\xbf\xbd";
  const std::vector<std::pair<std::string, std::string>> names = {
      {"caf\xc3\xa9", "caf\xc3\xa9"},
      {"latin-\xe9", "latin-" + odd},
      {"cut-\xe2\x82", "cut-" + odd},
      {"over\xc0\xaf", "over" + odd + odd},
      {"\xff\xfe", odd + odd},
      {"a\xff"
       "b",
       "a" + odd + "b"},
      {"q\"b\\s\n\t", "q\"b\\s\n\t"},
      {"esc\x1b[31m", "esc\x1b[31m"},
  };
  for (const auto& [name, shown] : names) {
    Report report = sample();
    report.modules[0].name = name;
    report.findings[0].edge->from.label = "target:" + name;
    report.findings[0].path[0] = "target:" + name;
    report.findings[0].evidence[0].file = name;
    report.findings[0].evidence[0].stack[0] = name;
    report.findings[0].message = name;
    const auto text = write_json(report, {});
    ASSERT_TRUE(text) << text.error().message;
    ASSERT_TRUE(Json::accept(*text)) << *text;
    const Json json = Json::parse(*text);
    EXPECT_EQ(json["modules"][0]["name"], shown);
    EXPECT_EQ(json["findings"][0]["message"], shown);
    EXPECT_EQ(json["findings"][0]["edge"]["from"], "target:" + shown);
    EXPECT_EQ(json["findings"][0]["path"][0], "target:" + shown);
    EXPECT_EQ(json["findings"][0]["evidence"][0]["file"], shown);
    EXPECT_EQ(json["findings"][0]["evidence"][0]["stack"][0], shown);
  }
}

TEST(Formats, AreFoundByName) {
  for (const Format& format : formats()) {
    EXPECT_EQ(find_format(format.name), &format);
    EXPECT_FALSE(format.summary.empty());
  }
  ASSERT_NE(find_format("json"), nullptr);
  EXPECT_EQ(find_format("json")->write, &write_json);
  EXPECT_EQ(find_format("xml"), nullptr);
  EXPECT_EQ(find_format(""), nullptr);
}

}  // namespace
}  // namespace bulkhead
