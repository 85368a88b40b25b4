#include "auditor/edge_words.h"

#include <fmt/format.h>

namespace bulkhead {
namespace {

// A format string over both names.
std::string_view sentence(const Edge& edge) {
  switch (edge.kind) {
    case EdgeKind::link: return "{} links {}";
    case EdgeKind::compile: return "{} compiles against {}";
    case EdgeKind::object: return "{} takes the objects of {}";
    case EdgeKind::order: return "{} is built after {}";
    case EdgeKind::file_link: return edge.to.is_target() ? "{} links {} by its path" : "{} links {}";
    case EdgeKind::source: return "{} compiles {}";
    case EdgeKind::include_dir: return "{} has {} on its include path";
    case EdgeKind::define: return "{} is compiled with {}";
    case EdgeKind::include: return "{} includes {}";
    case EdgeKind::command: return "{} has a build step that uses {}";
    case EdgeKind::configure: return "{} brings in {}";
    case EdgeKind::install: return "{} installs {}";
  }
  return "{} depends on {}";
}

}  // namespace

std::string say_edge(const Edge& edge, std::string_view from, std::string_view to) {
  return fmt::format(fmt::runtime(sentence(edge)), from, to);
}

std::string say_repair(EdgeKind kind, std::string_view to) {
  switch (kind) {
    case EdgeKind::link:
    case EdgeKind::compile:
    case EdgeKind::object:
    case EdgeKind::file_link: return fmt::format("take '{}' out of the call", to);
    case EdgeKind::order: return fmt::format("take the dependency on '{}' out", to);
    case EdgeKind::source: return "list the file in a target that may have it";
    case EdgeKind::include_dir: return "take the directory off the include path";
    case EdgeKind::define: return "take the definition out";
    case EdgeKind::include: return "include a header that may be used here, or move what is needed to where it may be";
    case EdgeKind::command: return "take it out of the command or property that names it";
    case EdgeKind::configure: return "enter or include it from a CMake file that may";
    case EdgeKind::install: return "install it from a CMake file that may";
  }
  return "take it out";
}

}  // namespace bulkhead
