// The findings for spreadsheets: RFC 4180, with a header, a finding a line.

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "reports/finding_text.h"
#include "reports/label.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 17> header = {
    "status", "severity", "rule", "module",  "name", "configuration", "kind",   "from",       "to",
    "known",  "file",     "line", "message", "help", "inherited_by",  "waived", "fingerprint"};

// On one line, and in quotes where it has to be. Spreadsheets take what begins with one of a few characters for a
// formula, which may run programs: a quotation mark before it makes it text.
std::string field(std::string_view raw) {
  std::string text = displayable(raw);
  constexpr std::string_view formula = "=+-@";
  const std::size_t first = text.find_first_not_of(' ');
  if (first != std::string::npos && formula.find(text[first]) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string row(const std::array<std::string, header.size()>& fields) {
  std::string text;
  for (const std::string& one : fields) text += (&one == fields.data() ? "" : ",") + field(one);
  return text + "\r\n";
}

std::string write_finding(const Finding& finding) {
  const Evidence nowhere{.file = {}};
  const Evidence& place = finding.evidence.empty() ? nowhere : finding.evidence.front();
  std::string inheritors;
  for (const FindingEnd& end : finding.inherited_by) inheritors += (inheritors.empty() ? "" : " ") + end.label;
  return row({std::string(to_string(finding.status)), std::string(to_string(finding.severity)), finding.rule,
              finding.module, finding.name, finding.configuration,
              finding.edge ? std::string(to_string(finding.edge->kind)) : "",
              finding.edge ? finding.edge->from.label : "", finding.edge ? finding.edge->to.label : "",
              finding.edge ? std::string(to_string(finding.edge->known)) : "", place.file,
              place.line == 0 ? "" : std::to_string(place.line), finding.message, finding.help, inheritors,
              finding.waiver ? say_waiver(*finding.waiver) : "", finding.fingerprint});
}

}  // namespace

Result<std::string> write_csv(const Report& report, const WriteOptions&) {
  std::string text;
  for (const std::string_view name : header) text += (text.empty() ? "" : ",") + std::string(name);
  text += "\r\n";
  for (const Finding& finding : report.findings) text += write_finding(finding);
  return text;
}

}  // namespace bulkhead
