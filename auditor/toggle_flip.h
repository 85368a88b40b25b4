// How to turn a module on or off: values for the variables of its toggle.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auditor/policy.h"

namespace bulkhead {

/// Names of variables, and the values that they are to get.
using Assignments = std::vector<std::pair<std::string, std::string>>;

/// The fewest variables to set, and to what, so that the module's toggle becomes `wanted`; empty when it already is.
/// Tried are, for each variable, the other truth value, and values that the toggle itself names: an element of
/// IN_LIST added to or taken out of the list, the right side of STREQUAL. At most three variables change. None when
/// nothing of that helps.
[[nodiscard]] std::optional<Assignments> find_flip(const Module& module, bool wanted, const LookUpVariable& look_up);

}  // namespace bulkhead
