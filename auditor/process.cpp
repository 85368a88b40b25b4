#include "auditor/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace bulkhead {
namespace {

constexpr std::array stopping_signals = {SIGINT, SIGTERM, SIGHUP};

// A signal handler sees nothing else.
std::atomic<int> received = 0;
std::atomic<pid_t> running = 0;
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<pid_t>::is_always_lock_free);

void note_signal(int signal) {
  const int kept = errno;
  received = signal;
  if (const pid_t child = running; signal != SIGINT && child != 0) ::kill(child, signal);
  errno = kept;
}

/// Notes signals while it lives. What was ignored stays ignored, here and in the child, as under nohup.
class SignalWatch {
 public:
  SignalWatch() {
    received = 0;
    struct sigaction action = {};
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < stopping_signals.size(); ++i) {
      ::sigaction(stopping_signals[i], nullptr, &before_[i]);
      if (before_[i].sa_handler != SIG_IGN) ::sigaction(stopping_signals[i], &action, nullptr);
    }
  }
  ~SignalWatch() {
    running = 0;
    for (std::size_t i = 0; i < stopping_signals.size(); ++i) {
      ::sigaction(stopping_signals[i], &before_[i], nullptr);
    }
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  std::array<struct sigaction, stopping_signals.size()> before_{};
};

/// What the child does with its descriptors before it becomes the program.
class FileActions {
 public:
  FileActions() { ::posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  [[nodiscard]] posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

}  // namespace

Result<ProcessEnd> run_process(const std::vector<std::string>& command, ProcessOutput output) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  FileActions actions;
  if (output == ProcessOutput::to_stderr) {
    ::posix_spawn_file_actions_adddup2(actions.get(), STDERR_FILENO, STDOUT_FILENO);
  } else {
    ::posix_spawn_file_actions_addopen(actions.get(), STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  }

  const SignalWatch watch;
  pid_t child = 0;
  if (const int error = ::posix_spawnp(&child, arguments[0], actions.get(), nullptr, arguments.data(), environ)) {
    return fail({}, fmt::format("cannot run '{}': {}", command.front(), std::strerror(error)));
  }
  running = child;
  if (const int signal = received; signal != 0) ::kill(child, signal);  // it came before there was a child

  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return fail({}, fmt::format("lost sight of '{}': {}", command.front(), std::strerror(errno)));
  }
  ProcessEnd end;
  if (WIFSIGNALED(status)) {
    end.signal = WTERMSIG(status);
  } else {
    end.status = WEXITSTATUS(status);
  }
  if (const int signal = received; signal != 0) end.interruption = signal;
  return end;
}

Result<GroupEnd> run_group(const GroupRun& run) {
  std::vector<std::string> words = run.command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  FileActions actions;
  const std::string errors = run.errors.string();
  ::posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(actions.get(), STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(actions.get(), STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  ::posix_spawnattr_setpgroup(&attributes, 0);

  const SignalWatch watch;
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, arguments[0], actions.get(), &attributes, arguments.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0) return fail({}, fmt::format("cannot run '{}': {}", run.command.front(), std::strerror(error)));

  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  std::optional<Clock::time_point> asked;
  GroupEnd group;
  int status = 0;
  for (;;) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) break;
    if (ended < 0 && errno != EINTR)
      return fail({}, fmt::format("lost sight of '{}': {}", run.command.front(), std::strerror(errno)));
    const Clock::time_point now = Clock::now();
    const bool is_late = run.limit.count() != 0 && now - begin >= run.limit;
    if (!asked && (is_late || received != 0)) {
      group.timed_out = is_late;
      asked = now;
      ::kill(-child, SIGTERM);
    } else if (asked && now - *asked >= std::chrono::seconds(2)) {
      ::kill(-child, SIGKILL);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ::kill(-child, SIGKILL);  // what it left behind
  if (WIFSIGNALED(status)) {
    group.end.signal = WTERMSIG(status);
  } else {
    group.end.status = WEXITSTATUS(status);
  }
  if (const int signal = received; signal != 0) group.end.interruption = signal;
  return group;
}

void die_of(int signal) {
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  ::sigaction(signal, &action, nullptr);
  ::raise(signal);
  std::_Exit(128 + signal);  // it was blocked
}

}  // namespace bulkhead
