// The cmakes that live tests run.
#pragma once

#include <string>
#include <vector>

namespace bulkhead::test {

/// The one that configured this build, and those that BULKHEAD_TEST_CMAKES names, separated by : or ;.
[[nodiscard]] const std::vector<std::string>& live_cmakes();

}  // namespace bulkhead::test
