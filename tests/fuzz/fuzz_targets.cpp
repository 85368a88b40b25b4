#include "tests/fuzz/fuzz_targets.h"

#include <array>

namespace bulkhead::test {

std::span<const FuzzTarget> fuzz_targets() {
  static constexpr std::array all = {
      FuzzTarget{"capture", fuzz_capture},
      FuzzTarget{"reply", fuzz_reply},
      FuzzTarget{"target", fuzz_target},
      FuzzTarget{"cmake_calls", fuzz_cmake_calls},
      FuzzTarget{"ninja", fuzz_ninja},
      FuzzTarget{"deps_log", fuzz_deps_log},
      FuzzTarget{"depfile", fuzz_depfile},
      FuzzTarget{"policy", fuzz_policy},
      FuzzTarget{"toggle", fuzz_toggle},
      FuzzTarget{"glob", fuzz_glob},
      FuzzTarget{"source", fuzz_source},
      FuzzTarget{"baseline", fuzz_baseline},
      FuzzTarget{"waiver_comments", fuzz_waiver_comments},
      FuzzTarget{"saved_graph", fuzz_saved_graph},
  };
  return all;
}

}  // namespace bulkhead::test
