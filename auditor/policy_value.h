// A policy file as it is written: values and their places, before anybody knows what they mean.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"

namespace bulkhead {

/// A key of a table.
struct PolicyKey {
  std::string name;
  Location where;
};

/// The types that values of a policy have.
enum class PolicyType : std::uint8_t {
  string,
  boolean,
  integer,
  date,  ///< A day without a time.
  list,
  table,
  other,  ///< A number with a fraction, or a time: nothing that a policy could mean.
};

/// A value, with all that is in it. Only the member that belongs to its type means anything.
struct PolicyValue {
  PolicyType type = PolicyType::other;
  Location where{};  ///< Of its first character; of a string that is the quote.
  std::string text{};
  bool boolean = false;
  std::int64_t integer = 0;
  std::chrono::year_month_day date{};
  std::vector<PolicyKey> keys{};     ///< Of a table, sorted by name.
  std::vector<PolicyValue> items{};  ///< Of a list, in its order; of a table, the values of `keys`.
};

/// Parses TOML 1.0, https://toml.io/en/v1.0.0; `file` is for places. The result is a table.
[[nodiscard]] Result<PolicyValue> parse_policy_value(std::string_view text, const std::string& file);

}  // namespace bulkhead
