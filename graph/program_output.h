// Runs a program for what it prints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// How a program ended, and what it printed.
struct ProgramOutput {
  int status = 0;   ///< Its exit status; 128 + n when signal n ended it.
  std::string out;  ///< stdout
  std::string err;  ///< stderr
};

/// Runs a program, found on PATH unless its name has a slash, without a shell, with `input` as its stdin, and waits
/// for it. `environment` is added to ours: "NAME=VALUE". Fails when it cannot be started.
[[nodiscard]] Result<ProgramOutput> read_program_output(const std::vector<std::string>& command,
                                                        const std::vector<std::string>& environment,
                                                        std::string_view input = {});

}  // namespace bulkhead
