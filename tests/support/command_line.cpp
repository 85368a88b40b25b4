#include "tests/support/command_line.h"

#include "tests/support/replies.h"

namespace bulkhead::test {

ProcessResult bulkhead(const std::vector<std::string>& arguments, ProcessOptions options) {
  std::vector<std::string> command = {bulkhead_command()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  // An empty value counts as unset; what the caller says comes last and wins.
  options.environment.insert(options.environment.begin(), {"NO_COLOR=", "CLICOLOR_FORCE="});
  return run(command, options);
}

ProcessResult bulkhead_into(const std::string& file, const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {"sh", "-c", "file=$1; shift; exec \"$@\" >\"$file\"",
                                      "sh", file, bulkhead_command()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command);
}

std::string policy_of(const std::string& project) {
  return (test_directory() / "projects" / project / "bulkhead.toml").string();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace bulkhead::test
