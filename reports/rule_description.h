// What formats say of a rule beside its findings: for viewers that explain rules, and for lists of what has passed.
#pragma once

#include <string_view>

#include "reports/finding.h"

namespace bulkhead {

/// A rule of the catalogue. The texts are the program's own, and outlive everything.
struct RuleDescription {
  std::string_view code;  ///< "off-edge".
  Severity severity = Severity::error;
  std::string_view summary;      ///< One line.
  std::string_view page;         ///< Its manual page in Markdown; links are relative to docs/rules/.
  bool about_modules = false;    ///< It judges the modules of the policy, one by one.
  bool about_audit = false;      ///< It judges the policy, or what the audit cannot see.
  bool while_off = true;         ///< It can find something about a module that is off.
  bool while_on = true;          ///< Likewise, of one that is on.
  std::string_view stages = {};  ///< Those of the modules that it judges, "S0"; empty for all modules.
};

}  // namespace bulkhead
