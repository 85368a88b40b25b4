#include "reports/report_json.h"

namespace bulkhead {
namespace {

using Json = ReportJson;

Json write_module(const ModuleReport& module) {
  Json json{{"name", module.name}};
  if (!module.stage.empty()) json["stage"] = module.stage;
  json["configuration"] = module.configuration;
  json["toggle"] = module.toggle;
  json["state"] = module.on ? "on" : "off";
  json["verdict"] = to_string(module.verdict);
  if (module.verdict == Verdict::violated) json["status"] = to_string(module.status);
  json["targets"] = module.targets;
  json["files"] = module.files;
  json["edges_checked"] = module.edges_checked;
  json["sources_scanned"] = module.sources_scanned;
  json["sources_recorded"] = module.sources_recorded;
  json["blind_spots"] = Json::array();
  for (const EdgeKind kind : module.blind_spots) json["blind_spots"].push_back(to_string(kind));
  if (!module.note.empty()) json["note"] = module.note;
  return json;
}

Json write_rule(const RuleReport& rule) {
  Json json{{"rule", rule.rule},
            {"name", rule.name},
            {"configuration", rule.configuration},
            {"verdict", to_string(rule.verdict)},
            {"kinds", Json::array()},
            {"dependers", rule.dependers},
            {"dependees", rule.dependees},
            {"edges_checked", rule.edges_checked},
            {"sources_scanned", rule.sources_scanned},
            {"findings", rule.findings},
            {"blind_spots", Json::array()}};
  for (const EdgeKind kind : rule.kinds) json["kinds"].push_back(to_string(kind));
  for (const EdgeKind kind : rule.blind_spots) json["blind_spots"].push_back(to_string(kind));
  return json;
}

Json write_module_rule(const ModuleRuleReport& rule) {
  Json json{
      {"rule", rule.rule},         {"configuration", rule.configuration}, {"modules", rule.modules},
      {"targets", rule.targets},   {"edges_checked", rule.edges_checked}, {"sources_scanned", rule.sources_scanned},
      {"findings", rule.findings}, {"blind_spots", Json::array()}};
  for (const EdgeKind kind : rule.blind_spots) json["blind_spots"].push_back(to_string(kind));
  return json;
}

Json write_evidence(const Evidence& evidence) {
  Json json{{"file", evidence.file}};
  if (evidence.line != 0) json["line"] = evidence.line;
  if (!evidence.command.empty()) json["command"] = evidence.command;
  if (!evidence.stack.empty()) json["stack"] = evidence.stack;
  if (!evidence.conditions.empty()) json["conditions"] = evidence.conditions;
  return json;
}

Json write_waiver(const AppliedWaiver& waiver) {
  Json json{{"reason", waiver.reason}};
  if (!waiver.owner.empty()) json["owner"] = waiver.owner;
  if (!waiver.expires.empty()) json["expires"] = waiver.expires;
  json["file"] = waiver.file;
  if (waiver.line != 0) json["line"] = waiver.line;
  return json;
}

Json write_entries(const std::vector<MissingEntry>& entries) {
  Json json = Json::array();
  for (const MissingEntry& entry : entries) {
    json.push_back({{"text", entry.text}, {"fingerprint", entry.fingerprint}});
    if (!entry.reason.empty()) json.back()["reason"] = entry.reason;
  }
  return json;
}

}  // namespace

ReportJson run_to_json(const Report& report) {
  ConfigurationReport total;
  Json configurations = Json::array();
  for (const ConfigurationReport& one : report.configurations) {
    total.targets += one.targets;
    total.dependencies += one.dependencies;
    total.edges += one.edges;
    total.sources += one.sources;
    configurations.push_back(one.name);
  }
  Json json{
      {"schema", "bulkhead-report-1"},
      {"tool", {{"name", "bulkhead"}, {"version", report.tool_version}}},
      {"cmake", {{"version", report.cmake_version}, {"generator", report.generator}, {"codemodel", report.codemodel}}},
      {"configurations", configurations},
      {"graph",
       {{"targets", total.targets},
        {"dependencies", total.dependencies},
        {"edges", total.edges},
        {"sources", total.sources}}}};
  json["modules"] = Json::array();
  for (const ModuleReport& module : report.modules) json["modules"].push_back(write_module(module));
  json["rules"] = Json::array();
  for (const RuleReport& rule : report.rules) json["rules"].push_back(write_rule(rule));
  json["module_rules"] = Json::array();
  for (const ModuleRuleReport& rule : report.module_rules) json["module_rules"].push_back(write_module_rule(rule));
  return json;
}

ReportJson finding_to_json(const Finding& finding) {
  Json json{{"rule", finding.rule}, {"severity", to_string(finding.severity)}, {"status", to_string(finding.status)}};
  if (!finding.module.empty()) json["module"] = finding.module;
  if (!finding.name.empty()) json["name"] = finding.name;
  json["configuration"] = finding.configuration;
  if (finding.edge) {
    json["edge"] = Json{{"kind", to_string(finding.edge->kind)},
                        {"from", finding.edge->from.label},
                        {"to", finding.edge->to.label},
                        {"known", to_string(finding.edge->known)}};
    if (finding.conditional) json["edge"]["conditional"] = true;
  }
  json["path"] = finding.path;
  json["inherited_by"] = Json::array();
  for (const FindingEnd& end : finding.inherited_by) json["inherited_by"].push_back(end.label);
  json["evidence"] = Json::array();
  for (const Evidence& evidence : finding.evidence) {
    // Without a file there is nothing to show, and readers may count on one.
    if (!evidence.file.empty()) json["evidence"].push_back(write_evidence(evidence));
  }
  json["message"] = finding.message;
  json["help"] = finding.help;
  if (!finding.why.empty()) json["why"] = finding.why;
  json["fingerprint"] = finding.fingerprint;
  if (finding.waiver) json["waived"] = write_waiver(*finding.waiver);
  if (!finding.waiver_text.empty()) json["waiver"] = finding.waiver_text;
  return json;
}

ReportJson baseline_to_json(const BaselineReport& baseline) {
  return Json{{"file", baseline.file},
              {"entries", baseline.entries},
              {"fixed", write_entries(baseline.fixed)},
              {"unseen", write_entries(baseline.unseen)}};
}

ReportJson summary_to_json(const Summary& summary) {
  return Json{{"errors", summary.errors},
              {"warnings", summary.warnings},
              {"new", summary.fresh},
              {"known", summary.known},
              {"waived", summary.waived}};
}

void add_brief(ReportJson& json, const Finding& finding) {
  json["message"] = finding.message;
  if (!finding.evidence.empty() && !finding.evidence.front().file.empty()) {
    json["file"] = finding.evidence.front().file;
    if (finding.evidence.front().line != 0) json["line"] = finding.evidence.front().line;
  }
  json["fingerprint"] = finding.fingerprint;
}

std::string dump(const ReportJson& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bulkhead
