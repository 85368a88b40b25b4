// An Error as people read it.
#pragma once

#include <string>

#include "graph/result.h"
#include "reports/style.h"

namespace bulkhead {

/// "error: message", the place with an excerpt where there is one, and the hint; each line ended by a newline.
[[nodiscard]] std::string write_error(const Error& error, const Style& style);

}  // namespace bulkhead
