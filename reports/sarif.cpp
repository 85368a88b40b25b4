// The report as SARIF 2.1.0, within what GitHub code scanning takes:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and GitHub's "SARIF support for code scanning".

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "reports/finding_text.h"
#include "reports/label.h"
#include "reports/picture_text.h"
#include "reports/report_json.h"
#include "reports/repository_paths.h"
#include "reports/sarif_rules.h"
#include "reports/writer.h"

namespace bulkhead {
namespace {

using Json = ReportJson;

constexpr std::size_t most_results = 25'000;  // GitHub refuses a run that has more
constexpr std::size_t most_steps = 1'000;     // GitHub shows no more of a flow
constexpr std::size_t most_places = 100;      // likewise, of related locations
constexpr const char* base = "%SRCROOT%";     // as GitHub calls the top of the repository

Json message_of(std::string_view text) {
  return {{"text", displayable(text)}};
}

Json physical(const RepositoryPlace& place) {
  return {{"artifactLocation", {{"uri", percent_encode(place.path)}, {"uriBaseId", base}}},
          {"region", {{"startLine", place.line}}}};
}

Json location_at(const RepositoryPlace& place, std::string_view message) {
  Json location{{"physicalLocation", physical(place)}};
  if (!message.empty()) location["message"] = message_of(message);
  return location;
}

// "file:line", as of a call stack.
std::optional<RepositoryPlace> parse_frame(const RepositoryPaths& paths, std::string_view frame) {
  const std::size_t colon = frame.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Evidence evidence{.file = std::string(frame.substr(0, colon))};
  const std::string_view digits = frame.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), evidence.line);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return paths.find(evidence);
}

class ResultWriter {
 public:
  ResultWriter(const Report& report, const RepositoryPaths& paths, const SarifRules& rules)
      : report_(report), paths_(paths), rules_(rules) {}

  [[nodiscard]] Json write(const Finding& finding) const {
    Json result{{"ruleId", displayable(finding.rule)},
                {"ruleIndex", rules_.index_of(finding.rule)},
                {"level", to_string(finding.severity)},
                {"message", message_of(say(finding))},
                {"locations", Json::array({primary(finding)})}};
    if (Json related = related_locations(finding); !related.empty()) result["relatedLocations"] = std::move(related);
    if (Json steps = steps_of(finding); !steps.empty()) {
      result["codeFlows"] = Json::array({{{"threadFlows", Json::array({{{"locations", std::move(steps)}}})}}});
    }
    result["partialFingerprints"] = {{"bulkhead/v1", finding.fingerprint},
                                     {"primaryLocationLineHash", finding.fingerprint + ":1"}};
    if (report_.baseline) result["baselineState"] = finding.status == Status::known ? "unchanged" : "new";
    result["suppressions"] = suppressions(finding);
    result["properties"] = properties(finding);
    return result;
  }

 private:
  // The first sentence is what lists show.
  [[nodiscard]] std::string say(const Finding& finding) const {
    std::string text = say_message(report_, {&finding}) + ".";
    if (!finding.why.empty()) text += " Why: " + finding.why + ".";
    if (!finding.help.empty()) text += " Repair: " + finding.help + ".";
    return text;
  }

  [[nodiscard]] Json primary(const Finding& finding) const {
    Json location = location_at(paths_.place_of(finding), "");
    if (!finding.edge) return location;
    location["logicalLocations"] = Json::array();
    for (const FindingEnd* const end : {&finding.edge->from, &finding.edge->to}) {
      location["logicalLocations"].push_back(
          {{"name", displayable(bare_name(end->label))}, {"fullyQualifiedName", displayable(end->label)}});
    }
    return location;
  }

  [[nodiscard]] Json related_locations(const Finding& finding) const {
    Json related = Json::array();
    const auto add = [&](const RepositoryPlace& place, std::string_view message) {
      if (related.size() >= most_places) return;
      related.push_back(location_at(place, message));
      related.back()["id"] = related.size();
    };
    for (std::size_t i = 1; i < finding.evidence.size(); ++i) {
      if (const auto place = paths_.find(finding.evidence[i])) add(*place, "also: " + say_site(finding.evidence[i]));
    }
    if (finding.waiver) {
      const auto place = paths_.find(Evidence{.file = finding.waiver->file, .line = finding.waiver->line});
      if (place) add(*place, "the waiver");
    }
    return related;
  }

  // The path hop by hop, each with the calls, or the includes, that lead to it. A hop without a line is told with the
  // next place there is: a location has to be true.
  [[nodiscard]] Json steps_of(const Finding& finding) const {
    Json steps = Json::array();
    const bool is_way = finding.evidence.size() + 1 == finding.path.size();
    std::string untold;
    for (std::size_t i = 0; i < finding.evidence.size(); ++i) {
      const Evidence& evidence = finding.evidence[i];
      std::string hop = is_way ? fmt::format("{} -> {}", bare_name(finding.path[i]), bare_name(finding.path[i + 1]))
                               : finding.message;
      const auto place = paths_.find(evidence);
      if (!place) {
        untold += hop + " (no line is known for it); ";
        continue;
      }
      add_frames(steps, finding, evidence);
      add_step(steps, *place, untold + hop, 0);
      untold.clear();
    }
    // One place alone says no more than the location of the result.
    return steps.size() < 2 ? Json::array() : steps;
  }

  void add_frames(Json& steps, const Finding& finding, const Evidence& evidence) const {
    const bool is_include = finding.edge && finding.edge->kind == EdgeKind::include;
    for (std::size_t i = 0; i < evidence.stack.size(); ++i) {
      const auto place = parse_frame(paths_, evidence.stack[i]);
      const auto hop = paths_.find(evidence);
      if (!place || (place->path == hop->path && place->line == hop->line)) continue;
      add_step(steps, *place, is_include ? "included here" : "called here", 1);
    }
  }

  static void add_step(Json& steps, const RepositoryPlace& place, std::string_view message, int nesting) {
    if (steps.size() >= most_steps) return;
    Json step{{"location", location_at(place, message)}};
    if (nesting != 0) step["nestingLevel"] = nesting;
    steps.push_back(std::move(step));
  }

  [[nodiscard]] Json suppressions(const Finding& finding) const {
    if (finding.status == Status::fresh) return Json::array();
    if (!finding.waiver) {
      const std::string file = report_.baseline ? report_.baseline->file : "the baseline";
      return Json::array(
          {{{"kind", "external"}, {"status", "accepted"}, {"justification", displayable("known: listed in " + file)}}});
    }
    const bool in_policy = finding.waiver->file == report_.policy.file;
    Json suppression{{"kind", in_policy ? "external" : "inSource"},
                     {"status", "accepted"},
                     {"justification", say_waiver(*finding.waiver)}};
    if (const auto place = paths_.find(Evidence{.file = finding.waiver->file, .line = finding.waiver->line}))
      suppression["location"] = location_at(*place, "");
    return Json::array({suppression});
  }

  [[nodiscard]] static Json properties(const Finding& finding) {
    Json bag{{"status", to_string(finding.status)}};
    if (!finding.module.empty()) bag["module"] = displayable(finding.module);
    if (!finding.name.empty()) bag["name"] = displayable(finding.name);
    if (!finding.configuration.empty()) bag["configuration"] = displayable(finding.configuration);
    if (finding.edge) {
      bag["kind"] = to_string(finding.edge->kind);
      bag["known"] = to_string(finding.edge->known);
    }
    if (!finding.inherited_by.empty()) {
      bag["inheritedBy"] = Json::array();
      for (const FindingEnd& end : finding.inherited_by) bag["inheritedBy"].push_back(displayable(end.label));
    }
    return bag;
  }

  const Report& report_;
  const RepositoryPaths& paths_;
  const SarifRules& rules_;
};

// How the audit went: what was cut, as a notification.
Json write_invocation(const Report& report, Severity threshold, std::size_t kept) {
  Json invocation{{"executionSuccessful", true}, {"exitCode", fails_check(report, threshold) ? 1 : 0}};
  if (kept == report.findings.size()) return invocation;
  std::size_t fresh = 0;
  for (std::size_t i = kept; i < report.findings.size(); ++i) {
    if (report.findings[i].status == Status::fresh) ++fresh;
  }
  invocation["toolExecutionNotifications"] = Json::array(
      {{{"descriptor", {{"id", "cut"}, {"index", 0}}},
        {"level", "warning"},
        {"message",
         message_of(fmt::format(
             "{} of {}, {} of them new, are left out: GitHub takes {} results. Other formats have all.",
             report.findings.size() - kept, counted(report.findings.size(), "finding"), fresh, most_results))}}});
  return invocation;
}

Json write_verdicts(const Report& report) {
  Json modules = Json::array();
  for (const ModuleReport& module : report.modules) {
    modules.push_back({{"name", displayable(module.name)},
                       {"configuration", displayable(module.configuration)},
                       {"state", module.on ? "on" : "off"},
                       {"verdict", to_string(module.verdict)}});
  }
  return modules;
}

}  // namespace

Result<std::string> write_sarif(const Report& report, const WriteOptions& options) {
  const RepositoryPaths paths(report);
  const SarifRules rules(report);
  const ResultWriter writer(report, paths, rules);
  // Findings come in the order of their weight: new before known, errors before warnings.
  const std::size_t kept = std::min(report.findings.size(), most_results);
  Json results = Json::array();
  for (std::size_t i = 0; i < kept; ++i) results.push_back(writer.write(report.findings[i]));
  Json run{{"tool", {{"driver", rules.driver()}}},
           {"automationDetails", {{"id", displayable(options.category) + "/"}}},
           {"invocations", Json::array({write_invocation(report, options.threshold, kept)})},
           {"originalUriBaseIds", {{base, {{"description", message_of("The top of the repository")}}}}},
           {"columnKind", "utf16CodeUnits"},
           {"results", std::move(results)},
           {"properties", {{"modules", write_verdicts(report)}}}};
  const Json log{
      {"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", Json::array({std::move(run)})}};
  return dump(log, 2);
}

}  // namespace bulkhead
