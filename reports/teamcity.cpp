// The findings as service messages of TeamCity: inspections, and counts for its charts. No build problem: whether the
// step fails is for the exit status alone.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reports/finding_text.h"
#include "reports/label.h"
#include "reports/repository_paths.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_text = 4'000;  // bytes of a value; TeamCity takes as many characters
constexpr std::size_t most_name = 255;    // likewise, of a type's id and name

char32_t take_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t code = length == 1 ? first : first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(length);
  return code;
}

// Valid UTF-8 as a value: a bar before what has a meaning, and numbers in UTF-16 for all that is not ASCII, so that
// the agent's encoding does not matter.
std::string escape(std::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const char32_t code = take_character(text);
    if (code >= 0x10000) {
      const auto rest = static_cast<std::uint32_t>(code - 0x10000);
      escaped += fmt::format("|0x{:04X}|0x{:04X}", 0xD800 + (rest >> 10U), 0xDC00 + (rest & 0x3FFU));
    } else if (code >= 0x80) {
      escaped += fmt::format("|0x{:04X}", static_cast<std::uint32_t>(code));
    } else if (code == '\n') {
      escaped += "|n";
    } else {
      const char c = static_cast<char>(code);
      if (std::string_view("|'[]").find(c) != std::string_view::npos) escaped += '|';
      escaped += c;
    }
  }
  return escaped;
}

std::string write_type(const Report& report, const std::string& rule) {
  const auto found = std::find_if(report.catalogue.begin(), report.catalogue.end(),
                                  [&rule](const RuleDescription& one) { return one.code == rule; });
  const std::string summary = displayable(found == report.catalogue.end() ? rule : found->summary);
  const std::string id = escape(cut(displayable(rule), most_name));
  return fmt::format("##teamcity[inspectionType id='{0}' name='{0}' description='{1}' category='Bulkhead']\n", id,
                     escape(summary));
}

// What is accepted is shown, but counts neither as an error nor as a warning.
std::string_view severity_of(const Finding& finding) {
  switch (finding.status) {
    case Status::fresh: return finding.severity == Severity::error ? "ERROR" : "WARNING";
    case Status::known: return "WEAK WARNING";
    case Status::waived: return "INFO";
  }
  return "";
}

std::string write_inspection(const Report& report, const RepositoryPaths& paths, const MergedFinding& merged) {
  const Finding& finding = *merged.front();
  const RepositoryPlace place = paths.place_of(finding);
  std::string message = say_message(report, merged);
  if (finding.status != Status::fresh) message = fmt::format("{}: {}", to_string(finding.status), message);
  for (const std::string& line : say_details(finding)) message += "\n" + line;
  return fmt::format("##teamcity[inspection typeId='{}' message='{}' file='{}' line='{}' SEVERITY='{}']\n",
                     escape(cut(displayable(finding.rule), most_name)), escape(cut(message, most_text)),
                     escape(cut(displayable(place.path), most_text)), place.line, severity_of(finding));
}

}  // namespace

Result<std::string> write_teamcity(const Report& report, const WriteOptions&) {
  const RepositoryPaths paths(report);
  std::string text;
  std::set<std::string> rules;
  for (const Finding& finding : report.findings) rules.insert(finding.rule);
  for (const std::string& rule : rules) text += write_type(report, rule);
  for (const MergedFinding& merged : merge_configurations(report)) text += write_inspection(report, paths, merged);
  const Summary summary = summarise(report);
  const auto count = [&text](std::string_view what, std::uint64_t number) {
    text += fmt::format("##teamcity[buildStatisticValue key='bulkhead.{}' value='{}']\n", what, number);
  };
  count("errors", summary.errors);
  count("warnings", summary.warnings);
  count("known", summary.known);
  count("waived", summary.waived);
  return text;
}

}  // namespace bulkhead
