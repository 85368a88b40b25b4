// Answers for programs: docs/schema/bulkhead-paths-1.json and docs/schema/bulkhead-neighbours-1.json.

#include <nlohmann/json.hpp>

#include "reports/answer.h"
#include "reports/report_json.h"

namespace bulkhead {
namespace {

using Json = ReportJson;

Json write_kinds(const std::vector<EdgeKind>& kinds) {
  Json json = Json::array();
  for (const EdgeKind kind : kinds) json.push_back(to_string(kind));
  return json;
}

Json write_end(const FindingEnd& end) {
  Json json{{"label", end.label}};
  if (!end.type.empty()) json["type"] = end.type;
  if (!end.module.empty()) json["module"] = end.module;
  return json;
}

void write_place(const Evidence& evidence, Json& json) {
  if (evidence.file.empty()) return;
  json["file"] = evidence.file;
  if (evidence.line != 0) json["line"] = evidence.line;
  if (!evidence.command.empty()) json["command"] = evidence.command;
}

Json write_edge(const AnswerEdge& edge) {
  Json json{{"from", write_end(edge.from)},
            {"to", write_end(edge.to)},
            {"kind", to_string(edge.kind)},
            {"known", to_string(edge.known)}};
  if (!edge.also.empty()) json["also"] = write_kinds(edge.also);
  write_place(edge.evidence, json);
  return json;
}

Json write_edges(const std::vector<AnswerEdge>& edges) {
  Json json = Json::array();
  for (const AnswerEdge& edge : edges) json.push_back(write_edge(edge));
  return json;
}

Json write_scope(const AnswerScope& scope) {
  return {{"name", scope.configuration}, {"edges", scope.edges}, {"unseen", write_kinds(scope.unseen)}};
}

Json write_maybe(const std::vector<ConditionalLink>& links) {
  Json json = Json::array();
  for (const ConditionalLink& link : links) {
    json.push_back({{"from", "target:" + link.from},
                    {"name", link.name},
                    {"expression", link.expression},
                    {"condition", link.is_false ? "false" : "unknown"}});
  }
  return json;
}

}  // namespace

std::string write_paths_json(const PathReport& report) {
  Json json{{"schema", "bulkhead-paths-1"}, {"from", report.from}, {"to", report.to}};
  json["kinds"] = write_kinds(report.kinds);
  json["avoid"] = report.avoid;
  json["limit"] = report.limit.value_or(1);
  json["configurations"] = Json::array();
  for (const PathAnswer& answer : report.configurations) {
    Json one = write_scope(answer.scope);
    one["paths"] = Json::array();
    for (const auto& path : answer.paths) one["paths"].push_back({{"hops", write_edges(path)}});
    // Who asks for the shortest way only is not told whether there are others.
    if (report.limit) one["more"] = answer.more;
    one["doubtful"] = write_edges(answer.doubtful);
    one["conditional"] = write_maybe(answer.scope.maybe);
    json["configurations"].push_back(std::move(one));
  }
  return dump(json, 2);
}

std::string write_neighbours_json(const NeighbourReport& report) {
  Json json{{"schema", "bulkhead-neighbours-1"}, {"command", report.command}, {"of", report.of}};
  json["kinds"] = write_kinds(report.kinds);
  if (report.depth) json["depth"] = *report.depth;
  json["configurations"] = Json::array();
  for (const NeighbourAnswer& answer : report.configurations) {
    Json one = write_scope(answer.scope);
    one["found"] = Json::array();
    for (const Neighbour& neighbour : answer.found) {
      Json found = write_end(neighbour.end);
      found["depth"] = neighbour.depth;
      found["edge"] = write_edge(neighbour.edge);
      one["found"].push_back(std::move(found));
    }
    one["inherited"] = answer.inherited;
    one["conditional"] = write_maybe(answer.scope.maybe);
    json["configurations"].push_back(std::move(one));
  }
  return dump(json, 2);
}

}  // namespace bulkhead
