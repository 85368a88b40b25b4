#include "graph/blind_spots.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace bulkhead {
namespace {

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

// Neither the reply nor a capture says who declared what.
bool has_no_declarations(const TargetGraph& graph) {
  return !graph.has_direct_edges();
}

constexpr std::string_view get_declarations =
    "configure with 'bulkhead configure', which captures them, or with CMake 4.2 or newer";

// A row holds when its condition does. One kind of edge may have several.
struct Row {
  BlindSpot spot;
  bool (*holds)(const TargetGraph& graph, const Inputs& inputs);
};

constexpr std::array rows = {
    Row{{EdgeKind::link, BlindScope::anything,
         "INTERFACE links, and INTERFACE libraries without sources, are not in a reply of this CMake",
         get_declarations},
        [](const TargetGraph& graph, const Inputs&) { return has_no_declarations(graph); }},
    Row{{EdgeKind::link, BlindScope::anything, "CMAKE_OPTIMIZE_DEPENDENCIES drops edges between static libraries",
         get_declarations},
        [](const TargetGraph& graph, const Inputs& inputs) {
          return has_no_declarations(graph) && inputs.optimised_dependencies;
        }},
    Row{{EdgeKind::compile, BlindScope::anything, "$<COMPILE_ONLY:> shows only as include directories and definitions",
         get_declarations},
        [](const TargetGraph& graph, const Inputs&) {
          return has_no_declarations(graph) && version_number(graph.info().cmake_version) >= 3027;
        }},
    Row{{EdgeKind::file_link, BlindScope::anything,
         "what STATIC, OBJECT and INTERFACE libraries link by path or by a name that is no target leaves no trace",
         get_declarations},
        [](const TargetGraph& graph, const Inputs&) {
          return has_no_declarations(graph) && has_target_without_link_line(graph);
        }},
    Row{{EdgeKind::command, BlindScope::files,
         "command lines, and dependencies on files (DEPENDS, OBJECT_DEPENDS, LINK_DEPENDS), are in no reply",
         "configure with the generator Ninja: build.ninja has them"},
        [](const TargetGraph&, const Inputs& inputs) { return inputs.commands == CommandState::no_ninja; }},
    Row{{EdgeKind::command, BlindScope::files,
         "command lines, and dependencies on files, are in build.ninja, which is not there",
         "check the build tree itself, and not a copy of its reply"},
        [](const TargetGraph&, const Inputs& inputs) { return inputs.commands == CommandState::missing; }},
    Row{{EdgeKind::command, BlindScope::files,
         "command lines, and dependencies on files, are in build.ninja, which is younger than the reply",
         "run cmake again"},
        [](const TargetGraph&, const Inputs& inputs) { return inputs.commands == CommandState::stale; }},
    Row{{EdgeKind::configure, BlindScope::files, "the reply has no cmakeFiles object",
         "run 'bulkhead query', then cmake again"},
        [](const TargetGraph&, const Inputs& inputs) { return !inputs.cmake_files; }},
    Row{{EdgeKind::install, BlindScope::anything, "install rules are not in a reply of this CMake",
         "configure with CMake 3.21 or newer"},
        [](const TargetGraph& graph, const Inputs&) { return graph.info().codemodel_minor < 3; }},
};

}  // namespace

BlindSpot blind_spot_of(IncludeGap gap) {
  constexpr std::string_view build = "build, then check again";
  constexpr std::string_view record = "build, then check again: a build writes down what it has included";
  const auto spot = [](std::string_view reason, std::string_view remedy) {
    return BlindSpot{EdgeKind::include, BlindScope::files, reason, remedy};
  };
  switch (gap) {
    case IncludeGap::no_sources:
      return spot("#include lines are in the sources, which are not at hand", "check where the source tree is");
    case IncludeGap::compiler:
      return spot("a compiler does not tell its macros and directories",
                  "check where the compiler can be run, or after a build, which writes down what it has included");
    case IncludeGap::language: return spot("there are sources in a language whose includes are not read", record);
    case IncludeGap::missing_source: return spot("there are sources that the build has not made yet", build);
    case IncludeGap::missing_header: return spot("headers are included that the build has not made yet", build);
    case IncludeGap::unreadable: return spot("there are files that cannot be read", "make them readable");
    case IncludeGap::unknown_name:
      return spot("there are includes whose name is made of macros that cannot be known here", record);
    case IncludeGap::too_much_work: break;
  }
  return spot("there are sources whose includes take too long to follow", record);
}

std::vector<BlindSpot> find_blind_spots(const TargetGraph& graph, const Inputs& inputs) {
  std::vector<BlindSpot> spots;
  for (const Row& row : rows) {
    if (row.holds(graph, inputs)) spots.push_back(row.spot);
  }
  if (inputs.capture == CaptureState::foreign) {
    for (BlindSpot& spot : spots) {
      if (spot.remedy == get_declarations) spot.remedy = "the capture is of another configure: run cmake again";
    }
  }
  return spots;
}

}  // namespace bulkhead
