#include "auditor/evidence.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "graph/declaring_call.h"
#include "graph/source_paths.h"

namespace bulkhead {
namespace {

// The word of the call to point at.
std::string mark_of(const TargetGraph& graph, const Edge& edge) {
  std::string name = short_name(graph, edge.to);
  if (edge.kind == EdgeKind::define) return name.substr(0, name.find('='));
  if (edge.to.kind() == EndpointKind::library) return name.substr(2);
  if (edge.kind == EdgeKind::source || edge.kind == EdgeKind::install) return name.substr(name.find_last_of('/') + 1);
  return name;
}

}  // namespace

FindingEnd describe(const RuleInput& input, Endpoint endpoint) {
  FindingEnd end{.label = to_label(input.graph, endpoint), .type = {}};
  if (endpoint.is_target()) {
    const Target& target = input.graph[endpoint.target_id()];
    end.type = to_string(target.type);
    end.directory = input.graph.text(target.source_directory);
  }
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

std::string shown_path(const SourcePaths& paths, const std::string& file) {
  std::error_code error;
  const std::string absolute = std::filesystem::absolute(file, error).generic_string();
  std::string buffer;
  const std::string_view relative = paths.normalise(absolute, buffer);
  const bool below = !error && !is_outside(relative) && !relative.starts_with("../");
  return below ? std::string(relative) : file;
}

CallEvidence show_call(CMakeSources& sources, const TargetGraph& graph, const Edge& edge, OptionalFrameId otherwise) {
  const bool wrong = is_wrong_call(sources, graph, edge);
  // A frame may name the file alone: `target_precompile_headers(… REUSE_FROM …)` leaves such a one.
  const bool has_call = edge.frame && graph.call_site(*edge.frame).has_value();
  if (has_call && !wrong) return {show(graph, edge.frame, mark_of(graph, edge)), false};
  if (const auto found = find_declaring_call(sources, graph, edge)) {
    return {{.file = found->file,
             .line = found->call->line,
             .command = found->call->command,
             .stack = {fmt::format("{}:{}", found->file, found->call->line)},
             .mark = found->argument->text},
            false};
  }
  return {show(graph, has_call ? edge.frame : otherwise, mark_of(graph, edge)), wrong};
}

std::string say_off(const Module& module) {
  const std::string& toggle = module.toggle.text();
  if (module.toggle.variables().empty()) return fmt::format("its toggle is always {}", toggle);
  const bool plain = toggle.find(' ') == std::string::npos;
  return plain ? fmt::format("{} is off", toggle) : fmt::format("its toggle '{}' is off", toggle);
}

}  // namespace bulkhead
