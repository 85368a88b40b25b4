// bulkhead rules: the catalogue.

#include <fmt/format.h>

#include <string>

#include "auditor/commands/command.h"
#include "auditor/rule.h"

namespace bulkhead {

void add_rules(CLI::App& app, const CommonOptions&, RunCommand& run) {
  CLI::App* const command = app.add_subcommand("rules", "List the rules");
  command->callback([&run] {
    run = []() -> Result<ExitStatus> {
      std::string text;
      for (const Rule& rule : catalogue()) {
        text += fmt::format("{:<14} {:<8} {}\n", rule.code, to_string(rule.severity), rule.summary);
      }
      if (auto printed = print(text); !printed) return tl::unexpected(printed.error());
      return ExitStatus::clean;
    };
  });
}

}  // namespace bulkhead
