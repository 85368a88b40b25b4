// How far a long piece of work has come, for whoever waits for it at a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

namespace bulkhead {

/// Called with what is done and what there is to do; from any thread.
using ReportProgress = std::function<void(std::size_t done, std::size_t total)>;

/// A line on a terminal that says how far the work has come: "reading includes  312 of 5674 sources". It comes when the
/// work has lasted half a second, changes ten times a second at most, and goes with the object. Synchronised.
class Progress {
 public:
  /// What a progress writes its lines with; `line` is empty to clear it.
  using Show = std::function<void(const std::string& line)>;
  using Clock = std::chrono::steady_clock;

  /// "reading includes", "sources".
  Progress(std::string work, std::string things, Show show);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `now` is for tests.
  void report(std::size_t done, std::size_t total, Clock::time_point now = Clock::now());

 private:
  std::string work_;
  std::string things_;
  Show show_;
  std::mutex mutex_;
  Clock::time_point next_;
  bool is_shown_ = false;
};

/// Writes a line over the last one on stderr; none when stderr is no terminal.
[[nodiscard]] Progress::Show terminal_line();

}  // namespace bulkhead
