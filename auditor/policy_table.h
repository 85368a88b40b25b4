// Reads a table of the policy key by key; what is wrong becomes a located error.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auditor/glob.h"
#include "auditor/policy_value.h"
#include "auditor/selector.h"
#include "graph/result.h"

namespace bulkhead {

class Declaration;

/// A glob and where the policy writes it.
struct PolicyGlob {
  Glob glob;
  Location where;
};

/// A name, of a module for instance, and where the policy writes it.
struct PolicyName {
  std::string name;
  Location where;
};

/// A table of the policy: a heading such as `[[module]]` and the keys below it. Each read function leaves its result as
/// it was when the key is not there, and returns the first thing that is wrong. Borrows from its arguments.
class PolicyTable {
 public:
  /// `place` is said of unknown keys: "in [[module]]". Precondition: `value` is a table. What is wrong with a table
  /// that CMake code declared is wrong with that call.
  PolicyTable(const PolicyValue& value, std::string place, const Declaration* declaration = nullptr)
      : value_(value), place_(std::move(place)), declaration_(declaration) {}

  [[nodiscard]] Location where() const { return at(value_); }
  /// The value of a key; null when it is not there.
  [[nodiscard]] const PolicyValue* find(std::string_view key) const;
  /// Where a value stands.
  [[nodiscard]] Location at(const PolicyValue& value) const;
  /// Where the text of a string begins: behind its quote.
  [[nodiscard]] Location inside(const PolicyValue& value) const;

  /// Refuses all other keys.
  [[nodiscard]] Result<void> check_keys(std::span<const std::string_view> known) const;

  /// A string that may not be empty; `name` is what messages call it: "'stage'".
  [[nodiscard]] Result<std::string> to_string(const PolicyValue& value, std::string_view name) const;

  [[nodiscard]] Result<void> read_string(std::string_view key, std::string& text) const;
  /// One of the words of `known`.
  [[nodiscard]] Result<void> read_word(std::string_view key, std::span<const std::string_view> known,
                                       std::string& word) const;
  /// true or false.
  [[nodiscard]] Result<void> read_flag(std::string_view key, bool& flag) const;
  /// A whole number from `least` to a million.
  [[nodiscard]] Result<void> read_count(std::string_view key, std::uint32_t least,
                                        std::optional<std::uint32_t>& count) const;
  /// A day, as TOML writes it without quotes: 2027-03-31.
  [[nodiscard]] Result<void> read_date(std::string_view key, std::optional<std::chrono::year_month_day>& date) const;

  /// A list of strings.
  [[nodiscard]] Result<void> read_strings(std::string_view key, std::vector<std::string>& texts) const;
  /// The same, with the places.
  [[nodiscard]] Result<void> read_names(std::string_view key, std::vector<PolicyName>& names) const;
  /// A list of globs over names.
  [[nodiscard]] Result<void> read_globs(std::string_view key, std::vector<PolicyGlob>& globs) const;
  /// A list of globs over paths; those of a declared table are relative to the directory of the call.
  [[nodiscard]] Result<void> read_paths(std::string_view key, std::vector<PolicyGlob>& globs) const;
  /// A list of selectors.
  [[nodiscard]] Result<void> read_selectors(std::string_view key, std::vector<Selector>& selectors) const;
  /// A list of selectors, or one without brackets.
  [[nodiscard]] Result<void> read_ends(std::string_view key, std::vector<Selector>& selectors) const;

  /// The selector that a string holds.
  [[nodiscard]] Result<Selector> to_selector(const PolicyValue& value, std::string_view name) const;

  /// Calls `add` for each string of a list, which is never empty.
  [[nodiscard]] Result<void> for_each_string(
      std::string_view key, const std::function<Result<void>(const std::string&, const PolicyValue&)>& add) const;

 private:
  [[nodiscard]] Result<Glob> to_glob(const std::string& text, const PolicyValue& value, bool is_path) const;
  [[nodiscard]] Result<void> add_globs(std::string_view key, bool are_paths, std::vector<PolicyGlob>& globs) const;

  const PolicyValue& value_;
  std::string place_;
  const Declaration* declaration_;
};

/// Calls `read` for each `[[key]]` of a document, in the order of the file.
[[nodiscard]] Result<void> for_each_table(const PolicyTable& document, std::string_view key,
                                          const std::function<Result<void>(const PolicyValue&)>& read);

/// "did you mean 'paths'?", or the words there are when none is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

}  // namespace bulkhead
