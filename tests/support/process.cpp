#include "tests/support/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

// By which Bulkhead, and others, know a CI system. The tests may run in one, and have to come out the same.
constexpr const char* ci_variables[] = {"GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD", "TEAMCITY_VERSION",
                                        "GITLAB_CI"};

}  // namespace

// Output goes through files, so that neither side waits for a full pipe.
ProcessResult run(const std::vector<std::string>& command, const ProcessOptions& options) {
  const TemporaryDirectory scratch;
  const std::string out = scratch / "out";
  const std::string err = scratch / "err";
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);

  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    const auto redirect = [](const std::string& path, int descriptor) {
      const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      ::dup2(file, descriptor);
    };
    ::dup2(::open("/dev/null", O_RDONLY), 0);
    redirect(out, 1);
    redirect(err, 2);
    if (!options.directory.empty() && ::chdir(options.directory.c_str()) != 0) ::_exit(126);
    for (const char* const variable : ci_variables) ::unsetenv(variable);
    for (const std::string& entry : options.environment) ::putenv(const_cast<char*>(entry.c_str()));
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ProcessResult result;
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = read_file(out);
  result.err = read_file(err);
  return result;
}

}  // namespace bulkhead::test
