// The new findings as logging commands of Azure Pipelines, which shows the first of them with the run, and all in the
// log. No task.complete: whether the step fails is for the exit status alone.

#include <fmt/format.h>

#include "reports/finding_text.h"
#include "reports/label.h"
#include "reports/repository_paths.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

// As the agent decodes it: "%" as "%AZP25", and what ends a line, or a property, by its number.
std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '%': escaped += "%AZP25"; break;
      case '\r': escaped += "%0D"; break;
      case '\n': escaped += "%0A"; break;
      case ';': escaped += "%3B"; break;
      case ']': escaped += "%5D"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

// The message ends with the line.
std::string message_of(const Report& report, const MergedFinding& merged) {
  std::string message = say_message(report, merged);
  for (const std::string& line : say_details(*merged.front())) message += "; " + line;
  std::string escaped;
  for (const char c : message) escaped += c == '%' ? "%AZP25" : std::string(1, c);
  return escaped;
}

}  // namespace

Result<std::string> write_azure(const Report& report, const WriteOptions&) {
  const RepositoryPaths paths(report);
  std::string text;
  for (const Severity severity : {Severity::error, Severity::warning}) {
    for (const MergedFinding& merged : rank(report, severity)) {
      const Finding& finding = *merged.front();
      const RepositoryPlace place = paths.place_of(finding);
      text += fmt::format("##vso[task.logissue type={};sourcepath={};linenumber={};code={}]{}\n", to_string(severity),
                          escape(displayable(place.path)), place.line, escape(displayable(finding.rule)),
                          message_of(report, merged));
    }
  }
  return text + fmt::format("Bulkhead: {}\n", say_counts(summarise(report)));
}

}  // namespace bulkhead
