// Runs another program in this one's place at the terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// How a program ended.
struct ProcessEnd {
  int status = 0;                     ///< Its exit status, unless a signal ended it.
  std::optional<int> signal{};        ///< The signal that ended it.
  std::optional<int> interruption{};  ///< The signal by which this process was asked to stop meanwhile.
};

/// Where a program's stdout goes; its stderr and stdin are ours.
enum class ProcessOutput : std::uint8_t { to_stderr, dropped };

/// Runs a program, found on PATH unless its name has a slash, without a shell, and waits for it. While it runs,
/// SIGINT, SIGTERM and SIGHUP do not end this process, so that the caller can clean up; SIGTERM and SIGHUP are passed
/// on, SIGINT has come to both from the terminal. Fails when the program cannot be started. Not for use in threads.
[[nodiscard]] Result<ProcessEnd> run_process(const std::vector<std::string>& command, ProcessOutput output);

/// What run_group() shall do.
struct GroupRun {
  std::vector<std::string> command;  ///< As for run_process().
  std::filesystem::path errors;      ///< The file that its stderr goes to; its stdout is dropped, its stdin empty.
  std::chrono::seconds limit{};      ///< After that long it is ended; zero for never.
};

/// How a program of run_group() ended.
struct GroupEnd {
  ProcessEnd end{};
  bool timed_out = false;
};

/// Runs a program in a process group of its own, which is ended as a whole, SIGTERM first, SIGKILL two seconds later,
/// when the time is over or this process is asked to stop. Otherwise as run_process().
[[nodiscard]] Result<GroupEnd> run_group(const GroupRun& run);

/// Ends this process as that signal does by default, so that a calling shell sees what happened.
[[noreturn]] void die_of(int signal);

}  // namespace bulkhead
