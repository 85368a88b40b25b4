#include "graph/deps_log.h"
#include "tests/fuzz/fuzz_targets.h"

namespace bulkhead::test {

bool fuzz_deps_log(std::string_view input) {
  const DepsLog log = decode_deps_log(input);
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < log.records.size(); ++i) {
    const DepsLogRecord& record = log.records[i];
    expect_promise(record.output.value() < log.paths.size(), "an output is a path");
    expect_promise(i == 0 || log.records[i - 1].output < record.output,
                   "an output has one record, and they are sorted");
    expect_promise(record.dependencies.begin == end && record.dependencies.end >= end, "lists follow each other");
    end = record.dependencies.end;
    expect_promise(log.find(log.paths[record.output]) == &record, "what is there is found");
  }
  expect_promise(end == log.dependencies.size(), "every dependency belongs to a record");
  for (const StringId path : log.dependencies)
    expect_promise(path.value() < log.paths.size(), "a dependency is a path");
  for (std::size_t i = 0; i < log.paths.size(); ++i) {
    expect_promise(!log.paths[StringId(i)].empty(), "a path is not empty");
  }
  expect_promise(log.end != DepsLogEnd::discarded || log.paths.size() == 0, "what is discarded is not read");
  return log.end == DepsLogEnd::complete;
}

}  // namespace bulkhead::test
