// A report whose names try to be something else in every format.
#pragma once

#include <string>
#include <vector>

#include "reports/report.h"

namespace bulkhead::test {

/// Names with quotes, ends of elements and comments, line breaks, control characters, bytes that are no UTF-8, and the
/// commands of CI systems.
[[nodiscard]] const std::vector<std::string>& hostile_names();

/// For each such name a new, a known and a waived finding that have it wherever a name can stand: target, module, file,
/// configuration, message, reason and so on.
[[nodiscard]] Report make_hostile_report();

}  // namespace bulkhead::test
