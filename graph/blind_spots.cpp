#include "graph/blind_spots.h"

#include <algorithm>
#include <charconv>

namespace bulkhead {
namespace {

constexpr std::string_view newer_cmake = "configure with CMake 4.2 or newer";

// "3.25.1" → 3025
unsigned version_number(std::string_view version) {
  unsigned major = 0;
  unsigned minor = 0;
  const char* const end = version.data() + version.size();
  const auto dot = std::from_chars(version.data(), end, major);
  if (dot.ptr != end) std::from_chars(dot.ptr + 1, end, minor);
  return major * 1000 + minor;
}

// A library that is only archived or listed has no link line in a reply.
bool has_target_without_link_line(const TargetGraph& graph) {
  return std::any_of(graph.targets().begin(), graph.targets().end(), [](const Target& target) {
    return target.type == TargetType::static_library || target.type == TargetType::object_library ||
           target.type == TargetType::interface_library;
  });
}

}  // namespace

std::vector<BlindSpot> find_blind_spots(const TargetGraph& graph, const Inputs& inputs) {
  std::vector<BlindSpot> spots;
  const unsigned cmake = version_number(graph.info().cmake_version);
  if (!graph.has_direct_edges()) {
    spots.push_back({EdgeKind::link, BlindScope::anything,
                     "INTERFACE links, and INTERFACE libraries without sources, are not in a reply of this CMake",
                     newer_cmake});
    if (inputs.optimised_dependencies) {
      spots.push_back({EdgeKind::link, BlindScope::anything,
                       "CMAKE_OPTIMIZE_DEPENDENCIES drops edges between static libraries", newer_cmake});
    }
    if (cmake >= 3027) {
      spots.push_back({EdgeKind::compile, BlindScope::anything,
                       "$<COMPILE_ONLY:> shows only as include directories and definitions", newer_cmake});
    }
    if (has_target_without_link_line(graph)) {
      spots.push_back({EdgeKind::file_link, BlindScope::anything,
                       "what STATIC, OBJECT and INTERFACE libraries link by path or by a name that is no target leaves "
                       "no trace",
                       newer_cmake});
    }
  }
  spots.push_back({EdgeKind::include, BlindScope::files, "#include lines are in no reply",
                   "none yet: this version does not scan sources"});
  spots.push_back({EdgeKind::command, BlindScope::files,
                   "command lines, and dependencies on files (DEPENDS, OBJECT_DEPENDS, LINK_DEPENDS), are in no reply",
                   "none yet: this version does not read build.ninja"});
  if (!inputs.cmake_files) {
    spots.push_back({EdgeKind::configure, BlindScope::files, "the reply has no cmakeFiles object",
                     "run 'bulkhead query', then cmake again"});
  }
  if (graph.info().codemodel_minor < 3) {
    spots.push_back({EdgeKind::install, BlindScope::anything, "install rules are not in a reply of this CMake",
                     "configure with CMake 3.21 or newer"});
  }
  return spots;
}

}  // namespace bulkhead
