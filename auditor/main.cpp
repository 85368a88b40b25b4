// The command line of Bulkhead.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/commands/command.h"
#include "auditor/nearest.h"
#include "auditor/version.h"
#include "reports/error_text.h"

namespace {

using namespace bulkhead;

// CLI11 only says that a command is missing; people want to know which one they mistyped.
std::optional<Error> find_unknown_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || *argv[1] == '-') return std::nullopt;
  const std::string_view word = argv[1];
  std::vector<std::string> names;
  for (const CLI::App* const command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return std::nullopt;
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto meant = nearest(word, views);
  return fail({}, fmt::format("there is no command '{}'", word),
              meant ? fmt::format("did you mean {}?", *meant)
                    : fmt::format("commands: {}; see bulkhead --help", fmt::join(names, ", ")))
      .value();
}

int run(int argc, char** argv) {
  CLI::App app("Bulkhead keeps the optional parts of a CMake project optional.", "bulkhead");
  CommonOptions common;
  std::vector<std::string> cmake_arguments;
  RunCommand chosen;
  app.set_version_flag("--version", fmt::format("bulkhead {}", version), "Print the version and exit");
  app.add_option("--color", common.colour, "Colour the output: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_flag("-q,--quiet", common.quiet, "Say nothing but the result");
  app.add_flag("-v,--verbose", common.verbose, "Say more");
  app.require_subcommand(1);
  app.fallthrough();  // the options above may stand behind the command, too
  add_baseline(app, common, chosen);
  add_check(app, common, chosen);
  add_configure(app, common, cmake_arguments, chosen);
  add_diff(app, common, chosen);
  add_graph(app, common, chosen);
  add_init(app, common, chosen);
  add_inventory(app, common, chosen);
  add_prove(app, common, chosen);
  add_query(app, common, chosen);
  add_why(app, common, chosen);
  add_refs(app, common, chosen);
  add_deps(app, common, chosen);
  add_scorecard(app, common, chosen);
  add_rules(app, common, chosen);
  add_explain(app, common, chosen);
  app.footer("Begin with: bulkhead configure -S . -B build");

  if (const auto wrong = find_unknown_command(app, argc, argv)) {
    fmt::print(stderr, "{}", write_error(*wrong, Style(wants_colour(common, 2))));
    return static_cast<int>(ExitStatus::no_audit);
  }
  std::vector<std::string> words(argv + 1, argv + argc);
  cmake_arguments = take_cmake_arguments(app, words);
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::Success& wish) {  // --help, --version
    const int status = app.exit(wish);
    return std::cout.flush() ? status : static_cast<int>(ExitStatus::no_audit);
  } catch (const CLI::ParseError& error) {
    const Error usage = fail({}, error.what(), "see bulkhead --help").value();
    fmt::print(stderr, "{}", write_error(usage, Style(wants_colour(common, 2))));
    return static_cast<int>(ExitStatus::no_audit);
  }
  const auto status = chosen();
  if (status) return static_cast<int>(*status);
  fmt::print(stderr, "{}", write_error(status.error(), Style(wants_colour(common, 2))));
  return static_cast<int>(ExitStatus::no_audit);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {  // out of memory, and what no one thought of
    std::fputs("error: ", stderr);
    std::fputs(error.what(), stderr);
    std::fputs("\n", stderr);
    return static_cast<int>(bulkhead::ExitStatus::no_audit);
  }
}
