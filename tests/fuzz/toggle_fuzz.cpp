#include <map>
#include <string>

#include "auditor/toggle.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {

bool fuzz_toggle(std::string_view input) {
  const std::size_t first_end = std::min(input.find('\n'), input.size());
  const std::string_view text = input.substr(0, first_end);
  std::map<std::string, std::string, std::less<>> variables;
  for (std::string_view rest = input.substr(first_end); rest.size() > 1;) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const std::size_t equals = std::min(line.find('='), line.size());
    variables[std::string(line.substr(0, equals))] = line.substr(std::min(equals + 1, line.size()));
    rest.remove_prefix(end);
  }
  const auto toggle = Toggle::parse(text, {"bulkhead.toml", 3, 11});
  if (!toggle) {
    const Location& where = toggle.error().location;
    expect_promise(where.line == 3, "a toggle of one line has its errors on it");
    expect_promise(where.column >= 11 && where.column <= 11 + text.size(), "an error lies in the toggle");
    return false;
  }
  expect_promise(toggle->text() == text, "a toggle keeps its text");
  const auto look_up = [&variables](std::string_view name) -> std::optional<std::string_view> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
  const auto value = toggle->evaluate(look_up);
  expect_promise(value == toggle->evaluate(look_up), "a toggle has one value");
  // Once negated in parentheses, which keep it one condition.
  const auto negated = Toggle::parse("NOT (" + std::string(text) + ")", {});
  if (!negated || !value) return true;
  const auto negated_value = negated->evaluate(look_up);
  expect_promise(negated_value.has_value() && *negated_value != *value, "NOT turns a value round");
  return true;
}

}  // namespace bulkhead::test
