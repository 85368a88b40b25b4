// The bulkhead executable, run as users run it.
#pragma once

#include <string>
#include <vector>

#include "tests/support/process.h"

namespace bulkhead::test {

/// Runs bulkhead with these arguments. NO_COLOR and CLICOLOR_FORCE are unset unless the options set them.
[[nodiscard]] ProcessResult bulkhead(const std::vector<std::string>& arguments, ProcessOptions options = {});

/// The same with stdout going to a file, such as /dev/full; ProcessResult::out stays empty.
[[nodiscard]] ProcessResult bulkhead_into(const std::string& file, const std::vector<std::string>& arguments);

/// The policy of a fixture project.
[[nodiscard]] std::string policy_of(const std::string& project);

/// How often `part` stands in `text`, without overlaps.
[[nodiscard]] std::size_t count(const std::string& text, const std::string& part);

}  // namespace bulkhead::test
