#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "graph/ninja_build.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

constexpr std::size_t files_end = std::string_view::npos;

void explore_command(std::string_view command) {
  const auto paths = find_command_paths(command);
  expect_promise(std::set<std::string>(paths.begin(), paths.end()).size() == paths.size(), "a path is there once");
  for (const std::string& path : paths) expect_promise(!path.empty(), "a path is not empty");
}

void explore_build(const NinjaBuild& build) {
  std::uint32_t end = 0;
  for (const NinjaStatement& statement : build.statements) {
    expect_promise(statement.outputs.begin == end && statement.outputs.size() > 0, "a statement has outputs");
    expect_promise(statement.inputs.begin == statement.outputs.end, "inputs follow the outputs");
    expect_promise(statement.inputs.end >= statement.inputs.begin, "ranges have a size");
    end = statement.inputs.end;
    expect_promise(!build.strings[statement.rule].empty(), "a rule has a name");
    explore_command(build.strings[statement.command]);
  }
  expect_promise(end == build.paths.size(), "every path belongs to a statement");
  for (const StringId path : build.paths) expect_promise(path.value() < build.strings.size(), "paths are strings");
}

}  // namespace

bool fuzz_ninja(std::string_view input) {
  static const TemporaryDirectory scratch;
  // The first file is the one to read, the others are there to be included. Names that could leave the directory, or
  // that nobody includes, are none.
  constexpr std::string_view mark = "--- ";
  const bool is_multi = input.starts_with("--- build-Debug.ninja\n");
  std::set<std::string> names;
  std::string name = "build.ninja";
  for (std::string_view rest = input; !rest.empty();) {
    if (rest.starts_with(mark)) {
      const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size()));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      for (const char* const known :
           {"build.ninja", "build-Debug.ninja", "build-Release.ninja", "rules.ninja", "CMakeFiles/rules.ninja",
            "CMakeFiles/common.ninja", "CMakeFiles/impl-Debug.ninja"}) {
        if (line.substr(mark.size()) == known) name = known;
      }
    }
    const std::size_t next = rest.find("\n--- ");
    const std::size_t size = next == files_end ? rest.size() : next + 1;
    write_file(scratch.path() / name, rest.substr(0, size));
    names.insert(name);
    rest.remove_prefix(size);
  }
  const auto build = read_ninja_build(scratch.path(), is_multi ? std::optional<std::string>("Debug") : std::nullopt);
  for (const std::string& written : names) std::filesystem::remove(scratch.path() / written);
  explore_command(input);
  if (!build) {
    const Error& error = build.error();
    expect_promise(!error.message.empty(), "an error says what is wrong");
    expect_promise(!error.location.file.empty(), "an error says where");
    expect_promise(error.location.line <= static_cast<std::size_t>(std::count(input.begin(), input.end(), '\n')) + 1,
                   "an error lies in a file");
    return false;
  }
  if (!build->has_value()) return false;
  explore_build(**build);
  return true;
}

}  // namespace bulkhead::test
