// The scorecard for programs: docs/schema/bulkhead-scorecard-1.json.

#include <nlohmann/json.hpp>

#include "reports/report_json.h"
#include "reports/scorecard_writer.h"

namespace bulkhead {
namespace {

using Json = ReportJson;

// "no disruption" is a word for people.
std::string_view key_of(Promise promise) {
  return promise == Promise::disruption ? "disruption" : to_string(promise);
}

Json write_findings(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json json{{"rule", finding.rule}, {"severity", to_string(finding.severity)}, {"status", to_string(finding.status)}};
    if (!finding.module.empty()) json["module"] = finding.module;
    add_brief(json, finding);
    list.push_back(std::move(json));
  }
  return list;
}

Json write_preview(const StagePreview& preview) {
  Json json = Json::object();
  if (!preview.from.empty()) json["from"] = preview.from;
  json["to"] = preview.to;
  json["come"] = write_findings(preview.come);
  json["go"] = write_findings(preview.go);
  json["errors"] = preview.errors;
  json["entries"] = preview.entries;
  json["new_entries"] = preview.fresh_entries;
  json["policy"] = preview.policy;
  if (!preview.file.empty()) json["file"] = preview.file;
  if (preview.line != 0) json["line"] = preview.line;
  json["unseen_rules"] = preview.unseen;
  json["unseen_kinds"] = Json::array();
  for (const EdgeKind kind : preview.blind) json["unseen_kinds"].push_back(to_string(kind));
  return json;
}

Json write_module(const ModuleScore& module) {
  Json json{{"name", module.proof.module}};
  if (!module.proof.stage.empty()) json["stage"] = module.proof.stage;
  json["toggle"] = module.toggle;
  json["state"] = module.on ? "on" : "off";
  json["promises"] = Json::array();
  for (const PromiseProof& proof : module.proof.promises) {
    Json one{{"promise", key_of(proof.promise)}, {"state", to_string(proof.state)}, {"evidence", proof.evidence}};
    if (!proof.command.empty()) one["command"] = proof.command;
    json["promises"].push_back(std::move(one));
  }
  if (module.next) json["next_stage"] = write_preview(*module.next);
  return json;
}

}  // namespace

Result<std::string> write_scorecard_json(const Scorecard& scorecard, const WriteOptions&) {
  const ScorecardSummary summary = summarise(scorecard);
  Json json{{"schema", "bulkhead-scorecard-1"},
            {"tool", {{"name", "bulkhead"}, {"version", scorecard.tool_version}}},
            {"cmake", {{"version", scorecard.cmake_version}, {"generator", scorecard.generator}}},
            {"configurations", scorecard.configurations},
            {"modules", Json::array()},
            {"summary", {{"kept", summary.kept}, {"broken", summary.broken}, {"unproven", summary.unproven}}}};
  for (const ModuleScore& module : scorecard.modules) json["modules"].push_back(write_module(module));
  return dump(json, 2);
}

}  // namespace bulkhead
