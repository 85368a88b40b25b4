#include <algorithm>
#include <set>

#include "auditor/baseline.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {

bool fuzz_baseline(std::string_view input) {
  const auto baseline = parse_baseline(input, "input");
  const auto line_count = static_cast<std::uint32_t>(std::count(input.begin(), input.end(), '\n') + 1);
  if (!baseline) {
    const Error& error = baseline.error();
    expect_promise(!error.message.empty(), "an error says what is wrong");
    expect_promise(error.location.file == "input", "an error names the file");
    expect_promise(error.location.line >= 1 && error.location.line <= line_count, "an error lies in the file");
    return false;
  }
  std::set<std::string> fingerprints;
  for (const BaselineEntry& entry : baseline->entries) {
    expect_promise(!entry.rule.empty(), "an entry has a rule");
    expect_promise(entry.line >= 1 && entry.line <= line_count, "an entry has its line");
    expect_promise(fingerprints.insert(entry.fingerprint).second, "no two entries have one fingerprint");
    expect_promise(!describe(entry).empty(), "an entry can be told");
  }
  const std::string text = write_baseline(baseline->entries);
  const auto again = parse_baseline(text, "input");
  expect_promise(again.has_value(), "what is written is read");
  expect_promise(again->entries.size() == baseline->entries.size(), "no entry is lost");
  expect_promise(write_baseline(again->entries) == text, "what is written stays as it is");
  return true;
}

}  // namespace bulkhead::test
