// JSON reports against their schema.
#pragma once

#include <string>
#include <vector>

namespace bulkhead::test {

/// What docs/schema/bulkhead-report-1.json, as python3-jsonschema reads it, objects to in each of these reports; an
/// empty text for a valid one. Throws when it cannot say, for instance because python3-jsonschema is not installed.
[[nodiscard]] std::vector<std::string> validate_reports(const std::vector<std::string>& reports);

}  // namespace bulkhead::test
