#include "auditor/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace bulkhead {

Progress::Progress(std::string work, std::string things, Show show)
    : work_(std::move(work)),
      things_(std::move(things)),
      show_(std::move(show)),
      next_(Clock::now() + std::chrono::milliseconds(500)) {}

Progress::~Progress() {
  if (is_shown_) show_({});
}

void Progress::report(std::size_t done, std::size_t total, Clock::time_point now) {
  if (!show_) return;
  const std::lock_guard lock(mutex_);
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  is_shown_ = true;
  show_(fmt::format("{}  {} of {} {}", work_, done, total, things_));
}

Progress::Show terminal_line() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  // To the line's begin, and away with what is on it: ECMA-48, EL.
  return [](const std::string& line) {
    fmt::print(stderr, "\r\x1b[K{}", line);
    static_cast<void>(std::fflush(stderr));
  };
}

}  // namespace bulkhead
