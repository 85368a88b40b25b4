#include "graph/program_output.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace bulkhead {
namespace {

/// A pipe, closed with all that is left of it.
class Pipe {
 public:
  Pipe() { is_open_ = ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] int end(std::size_t which) const { return ends_[which]; }
  void close_end(std::size_t which) {
    if (is_open_ && ends_[which] >= 0) ::close(std::exchange(ends_[which], -1));
  }

 private:
  std::array<int, 2> ends_ = {-1, -1};
  bool is_open_ = false;
};

// Reads both until both have ended.
void drain(Pipe& out, Pipe& err, ProgramOutput& output) {
  std::array<pollfd, 2> waiting = {pollfd{out.end(0), POLLIN, 0}, pollfd{err.end(0), POLLIN, 0}};
  std::array<std::string*, 2> texts = {&output.out, &output.err};
  std::array<char, 65536> buffer{};
  for (std::size_t open = 2; open > 0;) {
    if (::poll(waiting.data(), waiting.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return;
    }
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].fd < 0 || waiting[i].revents == 0) continue;
      const ssize_t count = ::read(waiting[i].fd, buffer.data(), buffer.size());
      if (count > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
      } else if (count == 0 || errno != EINTR) {
        waiting[i].fd = -1;
        --open;
      }
    }
  }
}

/// A file without a name, which holds a program's input: unlike a pipe, it does not have to be read.
class Input {
 public:
  explicit Input(std::string_view text) : file_(::memfd_create("input", MFD_CLOEXEC)) {
    while (is_open() && !text.empty()) {
      const ssize_t count = ::write(file_, text.data(), text.size());
      if (count < 0 && errno != EINTR) close();
      if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
    if (is_open()) ::lseek(file_, 0, SEEK_SET);
  }
  ~Input() { close(); }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  [[nodiscard]] bool is_open() const { return file_ >= 0; }
  [[nodiscard]] int file() const { return file_; }

 private:
  void close() {
    if (is_open()) ::close(std::exchange(file_, -1));
  }

  int file_;
};

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Result<ProgramOutput> read_program_output(const std::vector<std::string>& command,
                                          const std::vector<std::string>& environment, std::string_view input) {
  std::vector<std::string> words = command;
  std::vector<std::string> variables = environment;  // of two of a name, the first counts
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> settings = pointers_to(variables);

  Pipe out;
  Pipe err;
  const Input in(input);
  if (!out.is_open() || !err.is_open() || !in.is_open()) {
    return fail({}, "cannot make a pipe: " + std::string(std::strerror(errno)));
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in.file(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.end(1), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.end(1), STDERR_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), settings.data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return fail({}, "cannot run '" + command.front() + "': " + std::strerror(error));

  out.close_end(1);
  err.close_end(1);
  ProgramOutput output;
  drain(out, err, output);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return fail({}, "lost sight of '" + command.front() + "': " + std::strerror(errno));
  }
  output.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return output;
}

}  // namespace bulkhead
