#include <filesystem>
#include <string>

#include "graph/capture.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {

bool fuzz_capture(std::string_view input) {
  static const TemporaryDirectory scratch;
  const std::filesystem::path file = scratch.path() / ".cmake/bulkhead/capture.json";
  write_file(file, input);
  const auto read = read_capture(scratch.path());
  if (!read) {
    expect_promise(!read.error().message.empty(), "an error says what is wrong");
    expect_promise(read.error().location.file == file.string(), "an error says where");
    return false;
  }
  expect_promise(read->has_value(), "a file that is there is read");
  const Capture& capture = **read;
  expect_promise(!capture.directories.empty(), "a capture has a directory");
  const auto expect_text = [&](StringId id) { expect_promise(id.value() < capture.strings.size(), "a text is there"); };
  for (const CapturedTarget& target : capture.targets) {
    expect_promise(!capture.strings[target.name].empty(), "a target has a name");
    expect_promise(target.directory < capture.directories.size(), "a target is in a directory");
    expect_promise(target.object_depends.begin <= target.object_depends.end &&
                       target.object_depends.end <= capture.object_depends.size(),
                   "a target's OBJECT_DEPENDS are there");
    for (const StringId property : target.properties) expect_text(property);
  }
  for (const CapturedDirectory& directory : capture.directories) {
    for (const StringId id : {directory.source, directory.binary, directory.tests}) expect_text(id);
  }
  for (std::size_t i = 1; i < capture.variables.size(); ++i) {
    expect_promise(capture.strings[capture.variables[i - 1].name] <= capture.strings[capture.variables[i].name],
                   "variables are sorted");
  }
  return true;
}

}  // namespace bulkhead::test
