// The diff for programs: docs/schema/bulkhead-diff-1.json.

#include <nlohmann/json.hpp>

#include "reports/diff_writer.h"
#include "reports/report_json.h"

namespace bulkhead {
namespace {

using Json = ReportJson;

Json write_side(const DiffSide& side) {
  return {{"cmake", side.cmake_version},
          {"generator", side.generator},
          {"codemodel", side.codemodel},
          {"capture", side.captured},
          {"saved", side.saved}};
}

// Sets what targets and edges have in common.
template <class Item>
void set_place(Json& json, const Item& item) {
  if (!item.file.empty()) json["file"] = item.file;
  if (item.line != 0) json["line"] = item.line;
  if (!item.configurations.empty()) json["configurations"] = item.configurations;
  if (item.uncertain) json["uncertain"] = true;
}

Json write_target(const TargetChange& target) {
  Json json{{"change", to_string(target.change)},
            {"name", target.name},
            {"type", target.type},
            {"directory", target.directory}};
  if (target.change == Change::changed) {
    json["old_type"] = target.old_type;
    json["old_directory"] = target.old_directory;
  }
  set_place(json, target);
  return json;
}

Json write_edge(const DiffReport& report, const EdgeChange& edge) {
  Json json{{"change", to_string(edge.change)},
            {"kind", to_string(edge.kind)},
            {"from", edge.from},
            {"to", edge.to},
            {"known", to_string(edge.known)}};
  if (const auto module = report.modules.find(edge.to); module != report.modules.end())
    json["to_module"] = module->second;
  set_place(json, edge);
  return json;
}

Json write_findings(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json json{{"rule", finding.rule}, {"severity", to_string(finding.severity)}};
    if (!finding.module.empty()) json["module"] = finding.module;
    if (!finding.configuration.empty()) json["configuration"] = finding.configuration;
    add_brief(json, finding);
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

Result<std::string> write_diff_json(const DiffReport& report, const WriteOptions&) {
  Json json{{"schema", "bulkhead-diff-1"},
            {"tool", {{"name", "bulkhead"}, {"version", report.tool_version}}},
            {"old", write_side(report.before)},
            {"new", write_side(report.after)},
            {"configurations", report.configurations},
            {"remarks", report.remarks},
            {"not_compared", Json::array()},
            {"groups", Json::array()}};
  for (const EdgeKind kind : report.not_compared) json["not_compared"].push_back(to_string(kind));
  for (const DiffGroup& group : report.groups) {
    Json one{
        {report.by_module ? "module" : "folder", group.name}, {"targets", Json::array()}, {"edges", Json::array()}};
    for (const TargetChange& target : group.targets) one["targets"].push_back(write_target(target));
    for (const EdgeChange& edge : group.edges) one["edges"].push_back(write_edge(report, edge));
    json["groups"].push_back(std::move(one));
  }
  if (report.findings) {
    json["findings"] = Json{{"new", write_findings(report.findings->fresh)},
                            {"fixed", write_findings(report.findings->fixed)},
                            {"unseen", report.findings->unseen}};
  }
  const DiffSummary summary = summarise(report);
  json["summary"] = Json{
      {"targets",
       {{"added", summary.targets_added}, {"removed", summary.targets_removed}, {"changed", summary.targets_changed}}},
      {"edges", {{"added", summary.edges_added}, {"removed", summary.edges_removed}}},
      {"inherited", {{"added", report.inherited_added}, {"removed", report.inherited_removed}}},
      {"uncertain", summary.uncertain}};
  if (report.findings) {
    json["summary"]["findings"] =
        Json{{"new", report.findings->fresh.size()}, {"fixed", report.findings->fixed.size()}};
  }
  return dump(json, 2);
}

}  // namespace bulkhead
