// removal: the project does not configure without the files of a module that is off.

#include <fmt/format.h>

#include <algorithm>

#include "auditor/evidence.h"
#include "auditor/rule.h"

namespace bulkhead {

std::vector<Finding> run_removal(const RuleInput& input) {
  std::vector<Finding> findings;
  for (const ModuleExperiments& experiments : input.experiments) {
    const auto found = std::find_if(input.policy.modules.begin(), input.policy.modules.end(),
                                    [&](const Module& one) { return one.name == experiments.module; });
    if (found == input.policy.modules.end() || found->stage != "S0") continue;
    for (const CMakeError& error : experiments.removal) {
      Finding finding{.rule = {},
                      .module = found->name,
                      .message = fmt::format("without the files of module {}, and with it off, CMake fails: {}",
                                             found->name, error.message),
                      .help = fmt::format("do this under if({}) only", found->toggle.text())};
      if (!error.place.file.empty()) {
        finding.evidence.push_back(error.place);
        finding.subjects.push_back("file:" + error.place.file);
      }
      finding.subjects.push_back(error.message);
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace bulkhead
