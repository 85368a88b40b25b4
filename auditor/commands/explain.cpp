// bulkhead explain: the manual page of a rule.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "auditor/commands/command.h"
#include "auditor/nearest.h"
#include "auditor/rule.h"

namespace bulkhead {
namespace {

Result<ExitStatus> run_explain(std::string code) {
  // The heading of the policy, [[within_view]], will do.
  std::replace(code.begin(), code.end(), '_', '-');
  std::vector<std::string_view> codes;
  for (const Rule& rule : catalogue()) {
    codes.push_back(rule.code);
    if (rule.code != code) continue;
    if (auto printed = print(*rule.page); !printed) return tl::unexpected(printed.error());
    return ExitStatus::clean;
  }
  const auto meant = nearest(code, codes);
  return fail({}, fmt::format("there is no rule '{}'", code),
              meant ? fmt::format("did you mean {}?", *meant) : std::string("'bulkhead rules' lists them"));
}

}  // namespace

void add_explain(CLI::App& app, const CommonOptions&, RunCommand& run) {
  auto code = std::make_shared<std::string>();
  CLI::App* const command = app.add_subcommand("explain", "Print the manual page of a rule");
  command->add_option("RULE", *code, "Its code, as 'bulkhead rules' lists it")->required();
  command->footer("Example: bulkhead explain off-edge");
  command->callback([code, &run] { run = [code] { return run_explain(*code); }; });
}

}  // namespace bulkhead
