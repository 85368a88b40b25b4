// The command line of Bulkhead.

#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "auditor/commands/command.h"
#include "auditor/version.h"
#include "reports/error_text.h"

namespace {

using namespace bulkhead;

int run(int argc, char** argv) {
  CLI::App app("Bulkhead keeps the optional parts of a CMake project optional.", "bulkhead");
  CommonOptions common;
  RunCommand chosen;
  app.set_version_flag("--version", fmt::format("bulkhead {}", version), "Print the version and exit");
  app.add_option("--color", common.colour, "Colour the output: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_flag("-q,--quiet", common.quiet, "Say nothing but the result");
  app.add_flag("-v,--verbose", common.verbose, "Say more");
  app.require_subcommand(1);
  app.fallthrough();  // the options above may stand behind the command, too
  add_check(app, common, chosen);
  add_query(app, common, chosen);
  add_why(app, common, chosen);
  add_rules(app, common, chosen);
  app.footer("Begin with: bulkhead query -B build && cmake -B build && bulkhead check -B build");

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wish) {  // --help, --version
    return app.exit(wish);
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
