#include "tests/support/hostile_report.h"

#include <algorithm>

namespace bulkhead::test {
namespace {

Finding make_finding(const std::string& name, Status status, Severity severity) {
  Finding finding{.rule = "off-edge",
                  .severity = severity,
                  .status = status,
                  .module = name,
                  .configuration = "Debug",
                  .edge = FindingEdge{.kind = EdgeKind::link,
                                      .from = {.label = "target:" + name, .type = "STATIC_LIBRARY"},
                                      .to = {.label = "library:" + name, .type = {}, .module = name},
                                      .known = Known::derived},
                  .path = {"target:" + name, "target:mid" + name, "library:" + name},
                  .inherited_by = {{.label = "target:heir" + name, .type = "EXECUTABLE"}},
                  .evidence = {{.file = "a/" + name,
                                .line = 3,
                                .command = name,
                                .stack = {"CMakeLists.txt:7", "a/" + name + ":3"},
                                .conditions = {name},
                                .mark = name},
                               {.file = "b/" + name, .line = 4}},
                  .message = name,
                  .help = name,
                  .why = name};
  finding.fingerprint = fingerprint_of(finding);
  if (status == Status::waived) {
    finding.waiver = AppliedWaiver{.reason = name, .owner = name, .expires = name, .file = name, .line = 9};
  }
  return finding;
}

}  // namespace

const std::vector<std::string>& hostile_names() {
  static const std::vector<std::string> names = {
      "\"double\" 'single'",
      "</script><script>alert(1)</script>",
      "]]><!-- --> --",
      "line\nbreak\r\n::error::x\n##[error]y",
      "bell\x07 esc\x1b[31m null\x01",
      "latin-\xe9 cut-\xe2\x82",
      "a|b|c",
      "`tick` ```fence```",
      "::error file=x::boo",
      "%0A%25 100%",
      "=1+1",
      "@SUM(A1)",
      "##vso[task.complete result=Succeeded;]done",
      "##teamcity[buildProblem description='x']",
      "%%{init: {}}%% end",
      "&lt;b&gt; #quot; #35;",
      "[link](http://x) <b>bold</b> @everyone #1",
      "semi;colon, comma: {brace} $(x) ${y} \\ back\\n",
      "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x9a\xa7",
      " - lead",
  };
  return names;
}

Report make_hostile_report() {
  Report report{.tool_version = "1.2.3",
                .cmake_version = "3.25.1",
                .generator = "Ninja \"<&>",
                .codemodel = "2.4",
                .source_root = "/no/sources",
                .policy = {.file = "bulkhead.toml", .path = "bulkhead.toml"},
                .configurations = {{.name = "Debug", .targets = 3}, {.name = "Release", .targets = 3}},
                .modules = {},
                .findings = {},
                .catalogue = {{.code = "off-edge",
                               .severity = Severity::error,
                               .summary = "the core has an edge to a module that is off",
                               .page = "# off-edge\n\nSee [life](../life.md) and [others](core-edge.md).\n",
                               .about_modules = true,
                               .while_on = false}},
                .baseline = BaselineReport{.file = "bulkhead.baseline", .entries = 3}};
  for (const std::string& name : hostile_names()) {
    report.modules.push_back({.name = name,
                              .stage = name,
                              .configuration = "Debug",
                              .toggle = name,
                              .verdict = Verdict::violated,
                              .edges_checked = 2,
                              .blind_spots = {EdgeKind::include}});
    report.rules.push_back({.rule = "forbidden", .name = name, .configuration = "Debug"});
    report.findings.push_back(make_finding(name, Status::fresh, Severity::error));
    report.findings.push_back(make_finding("w" + name, Status::fresh, Severity::warning));
    report.findings.push_back(make_finding("k" + name, Status::known, Severity::error));
    report.findings.push_back(make_finding("a" + name, Status::waived, Severity::error));
  }
  std::stable_sort(report.findings.begin(), report.findings.end(), shown_before);
  return report;
}

}  // namespace bulkhead::test
