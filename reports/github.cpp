// The new findings as annotations: workflow commands in the log of GitHub Actions, which GitHub shows at the lines of a
// pull request. Of each kind it shows ten for each step; what comes behind them would be lost, so it is counted
// instead.

#include <fmt/format.h>

#include "reports/finding_text.h"
#include "reports/label.h"
#include "reports/repository_paths.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

constexpr std::size_t most_annotations = 10;  // of each severity, for each step
constexpr std::size_t most_message = 4'000;   // bytes; far below what GitHub takes, and more than anybody reads

// The escapes of the runner: "%", and what ends a line; in a property also what ends it.
std::string escape(std::string_view text, std::string_view special) {
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) {
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      escaped += c;
    }
  }
  return escaped;
}
std::string escape_data(std::string_view text) {
  return escape(text, "%\r\n");
}
std::string escape_property(std::string_view text) {
  return escape(text, "%\r\n:,");
}

std::string annotate(const Report& report, const RepositoryPaths& paths, const MergedFinding& merged) {
  const Finding& finding = *merged.front();
  const RepositoryPlace place = paths.place_of(finding);
  std::string message = say_message(report, merged);
  for (const std::string& line : say_details(finding)) message += "\n" + line;
  const std::string title = finding.module.empty() ? finding.rule : fmt::format("{}: {}", finding.rule, finding.module);
  return fmt::format("::{} file={},line={},title={}::{}\n", to_string(finding.severity),
                     escape_property(displayable(place.path)), place.line, escape_property(displayable(title)),
                     escape_data(cut(message, most_message)));
}

}  // namespace

Result<std::string> write_github(const Report& report, const WriteOptions&) {
  const RepositoryPaths paths(report);
  std::string text;
  std::string left_out;
  for (const Severity severity : {Severity::error, Severity::warning}) {
    const auto ranked = rank(report, severity);
    for (std::size_t i = 0; i < std::min(ranked.size(), most_annotations); ++i)
      text += annotate(report, paths, ranked[i]);
    if (ranked.size() <= most_annotations) continue;
    left_out += fmt::format("{}{} more {}{}", left_out.empty() ? "" : " and ", ranked.size() - most_annotations,
                            to_string(severity), ranked.size() - most_annotations == 1 ? "" : "s");
  }
  const std::string counts = say_counts(summarise(report));
  if (!left_out.empty()) {
    text += fmt::format("::notice title=Bulkhead::{}\n",
                        escape_data(fmt::format("{}; {} without an annotation, as GitHub shows {} of each kind", counts,
                                                left_out, most_annotations)));
  }
  return text + fmt::format("Bulkhead: {}\n", counts);
}

}  // namespace bulkhead
