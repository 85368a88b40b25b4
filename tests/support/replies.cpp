#include "tests/support/replies.h"

#include <stdexcept>

#include "tests/support/process.h"

namespace bulkhead::test {

namespace fs = std::filesystem;

fs::path test_directory() { return BULKHEAD_TEST_DIRECTORY; }
std::string cmake_command() { return BULKHEAD_CMAKE_COMMAND; }
std::string bulkhead_command() { return BULKHEAD_EXECUTABLE; }

void unpack_reply(std::string_view name, const fs::path& build) {
  const fs::path api = build / ".cmake" / "api" / "v1";
  fs::create_directories(api);
  const fs::path archive = test_directory() / "replies" / (std::string(name) + ".tar.zst");
  const ProcessResult result = run({cmake_command(), "-E", "tar", "xf", archive.string()}, {.directory = api.string()});
  if (result.status != 0) throw std::runtime_error("cannot unpack " + archive.string() + ": " + result.err);
}

}  // namespace bulkhead::test
