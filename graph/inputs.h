// What was at hand beside the codemodel, for what is missing cannot be seen.
#pragma once

#include <cstdint>

namespace bulkhead {

/// What became of the capture of a build tree.
enum class CaptureState : std::uint8_t {
  none,     ///< There is none.
  foreign,  ///< It comes from another configure than the reply, and was not used.
  used,
};

/// What became of build.ninja.
enum class CommandState : std::uint8_t {
  no_ninja,  ///< Another generator: its command lines are not read.
  missing,   ///< There is no build.ninja.
  stale,     ///< It is younger than the reply.
  used,
};

/// What was read beside the codemodel.
struct Inputs {
  bool cmake_files = false;             ///< The reply has a cmakeFiles object.
  bool optimised_dependencies = false;  ///< CMAKE_OPTIMIZE_DEPENDENCIES is on.
  bool shared_dependencies = false;     ///< `dependencies` is merged over several configurations.
  CaptureState capture = CaptureState::none;
  CommandState commands = CommandState::no_ninja;
};

}  // namespace bulkhead
