#include "reports/sarif_rules.h"

#include <fmt/format.h>

#include "reports/label.h"

namespace bulkhead {
namespace {

using Json = ReportJson;

constexpr std::string_view home = "https://github.com/bulkhead/bulkhead";

// "off-edge" → "OffEdge": names of rules are identifiers, to those who heed them.
std::string pascal_case(std::string_view code) {
  std::string name;
  bool starts = true;
  for (const char c : code) {
    const bool is_letter = c >= 'a' && c <= 'z';
    if (c != '-') name += starts && is_letter ? static_cast<char>(c - 'a' + 'A') : c;
    starts = c == '-';
  }
  return name;
}

// A page's links lead from docs/rules/ to other pages; whoever shows the page elsewhere needs them in full.
std::string absolute_links(std::string_view page) {
  std::string text;
  constexpr std::string_view mark = "](";
  while (!page.empty()) {
    const std::size_t at = std::min(page.find(mark), page.size());
    text += page.substr(0, at);
    page.remove_prefix(at);
    if (page.empty()) break;
    text += mark;
    page.remove_prefix(mark.size());
    if (page.starts_with("../")) {
      text += fmt::format("{}/blob/main/docs/", home);
      page.remove_prefix(3);
    } else if (!page.starts_with("http") && !page.starts_with('#')) {
      text += fmt::format("{}/blob/main/docs/rules/", home);
    }
  }
  return text;
}

Json text_of(std::string_view text) {
  return {{"text", text}};
}

Json write_rule(const RuleDescription& rule) {
  std::string summary(rule.summary);
  summary += '.';
  if (summary.front() >= 'a' && summary.front() <= 'z')
    summary.front() = static_cast<char>(summary.front() - 'a' + 'A');
  const std::string page = absolute_links(rule.page);
  Json json{{"id", rule.code}};
  // A name that says no more than the id is none.
  if (rule.code.find('-') != std::string_view::npos) json["name"] = pascal_case(rule.code);
  json["shortDescription"] = text_of(summary);
  json["fullDescription"] = text_of(summary);
  json["help"] = Json{{"text", page}, {"markdown", page}};
  json["helpUri"] = fmt::format("{}/blob/main/docs/rules/{}.md", home, rule.code);
  json["defaultConfiguration"] = Json{{"level", to_string(rule.severity)}};
  json["properties"] = Json{
      {"tags", {"architecture", "cmake"}}, {"precision", "very-high"}, {"problem.severity", to_string(rule.severity)}};
  return json;
}

}  // namespace

SarifRules::SarifRules(const Report& report) : report_(report) {
  for (const RuleDescription& rule : report.catalogue) {
    places_.emplace(rule.code, rules_.size());
    rules_.push_back(write_rule(rule));
  }
  for (const Finding& finding : report.findings) {
    if (!places_.emplace(finding.rule, rules_.size()).second) continue;
    const std::string code = displayable(finding.rule);
    rules_.push_back({{"id", code}, {"shortDescription", text_of(code)}});
  }
}

ReportJson SarifRules::driver() const {
  Json cut = Json{{"id", "cut"}};
  cut["shortDescription"] = text_of("Findings were left out.");
  cut["fullDescription"] =
      text_of("There are more findings than a reader of SARIF takes; the last ones were left out.");
  cut["help"] = text_of("Other formats have all findings: --format json=report.json, for instance.");
  return {{"name", "Bulkhead"},
          {"informationUri", home},
          {"version", report_.tool_version},
          {"semanticVersion", report_.tool_version},
          {"notifications", Json::array({cut})},
          {"rules", rules_}};
}

}  // namespace bulkhead
