// Runs programs and tells what came of it.
#pragma once

#include <string>
#include <vector>

namespace bulkhead::test {

struct ProcessResult {
  int status = -1;  ///< Exit status; 128 + n for signal n.
  std::string out;  ///< stdout
  std::string err;  ///< stderr
};

/// How to run.
struct ProcessOptions {
  std::string directory{};                 ///< Working directory; this process's own when empty.
  std::vector<std::string> environment{};  ///< "NAME=VALUE", added to this process's own.
};

/// Runs a program, found on PATH, without a shell, and waits for it. It does not see the variables of CI systems that
/// these tests may run in, unless the options set them.
[[nodiscard]] ProcessResult run(const std::vector<std::string>& command, const ProcessOptions& options = {});

}  // namespace bulkhead::test
