#include "auditor/evidence.h"

#include <fmt/format.h>

namespace bulkhead {

FindingEnd describe(const RuleInput& input, Endpoint endpoint) {
  FindingEnd end{.label = to_label(input.graph, endpoint), .type = {}};
  if (endpoint.is_target()) end.type = to_string(input.graph[endpoint.target_id()].type);
  const Owner owner = input.modules.owner(endpoint);
  if (owner.is_module()) end.module = input.policy.modules[owner.module_index()].name;
  return end;
}

std::string short_name(const TargetGraph& graph, Endpoint endpoint) {
  if (endpoint.is_target()) return std::string(graph.name(endpoint.target_id()));
  const std::string text(graph.text(endpoint.string_id()));
  return endpoint.kind() == EndpointKind::library ? "-l" + text : text;
}

Evidence show(const TargetGraph& graph, OptionalFrameId frame, std::string mark) {
  Evidence evidence{.file = {}, .mark = std::move(mark)};
  if (!frame) return evidence;
  for (const CallFrame& call : graph.call_stack(*frame)) {
    evidence.stack.push_back(fmt::format("{}:{}", call.file, call.line));
  }
  if (const auto site = graph.call_site(*frame)) {
    evidence.file = site->file;
    evidence.line = site->line;
    evidence.command = site->command;
  }
  return evidence;
}

std::string say_off(const Module& module) {
  const std::string& toggle = module.toggle.text();
  const bool plain = toggle.find(' ') == std::string::npos;
  return plain ? fmt::format("{} is off", toggle) : fmt::format("its toggle '{}' is off", toggle);
}

}  // namespace bulkhead
