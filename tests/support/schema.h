// JSON reports and policies against their schemas.
#pragma once

#include <string>
#include <vector>

namespace bulkhead::test {

/// What docs/schema/bulkhead-report-1.json, as python3-jsonschema reads it, objects to in each of these reports; an
/// empty text for a valid one. Throws when it cannot say, for instance because python3-jsonschema is not installed.
[[nodiscard]] std::vector<std::string> validate_reports(const std::vector<std::string>& reports);

/// The same for saved graphs and docs/schema/bulkhead-graph-1.json.
[[nodiscard]] std::vector<std::string> validate_graphs(const std::vector<std::string>& graphs);

/// The same for diffs and docs/schema/bulkhead-diff-1.json.
[[nodiscard]] std::vector<std::string> validate_diffs(const std::vector<std::string>& diffs);

/// The same for scorecards and docs/schema/bulkhead-scorecard-1.json.
[[nodiscard]] std::vector<std::string> validate_scorecards(const std::vector<std::string>& scorecards);

/// The same for answers of `bulkhead why`, and docs/schema/bulkhead-paths-1.json.
[[nodiscard]] std::vector<std::string> validate_paths(const std::vector<std::string>& answers);

/// The same for answers of `bulkhead refs` and `bulkhead deps`, and docs/schema/bulkhead-neighbours-1.json.
[[nodiscard]] std::vector<std::string> validate_neighbours(const std::vector<std::string>& answers);

/// The same for GitLab's Code Quality reports, and tests/schemas/gitlab-code-quality.json.
[[nodiscard]] std::vector<std::string> validate_code_quality(const std::vector<std::string>& reports);

/// The same for the texts of policies and docs/schema/bulkhead-policy-1.json. What is no TOML is objected to as such.
[[nodiscard]] std::vector<std::string> validate_policies(const std::vector<std::string>& policies);

}  // namespace bulkhead::test
