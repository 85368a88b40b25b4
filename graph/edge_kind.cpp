#include "graph/edge_kind.h"

namespace bulkhead {

std::string_view to_string(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::link: return "link";
    case EdgeKind::compile: return "compile";
    case EdgeKind::object: return "object";
    case EdgeKind::order: return "order";
    case EdgeKind::file_link: return "file-link";
    case EdgeKind::source: return "source";
    case EdgeKind::include_dir: return "include-dir";
    case EdgeKind::define: return "define";
    case EdgeKind::include: return "include";
    case EdgeKind::command: return "command";
    case EdgeKind::configure: return "configure";
    case EdgeKind::install: return "install";
  }
  return "";
}

std::optional<EdgeKind> parse_edge_kind(std::string_view name) {
  for (const EdgeKind kind : edge_kinds) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace bulkhead
