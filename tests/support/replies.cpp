#include "tests/support/replies.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {

namespace fs = std::filesystem;

namespace {

std::size_t replace_all(std::string& text, std::string_view what, std::string_view replacement) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + replacement.size())) {
    text.replace(at, what.size(), replacement);
    ++count;
  }
  return count;
}

void unpack(std::string_view name, const fs::path& directory) {
  fs::create_directories(directory);
  const fs::path archive = test_directory() / "replies" / (std::string(name) + ".tar.zst");
  const ProcessResult result =
      run({cmake_command(), "-E", "tar", "xf", archive.string()}, {.directory = directory.string()});
  if (result.status != 0) throw std::runtime_error("cannot unpack " + archive.string() + ": " + result.err);
}

}  // namespace

fs::path test_directory() {
  return BULKHEAD_TEST_DIRECTORY;
}
std::string cmake_command() {
  return BULKHEAD_CMAKE_COMMAND;
}
std::string bulkhead_command() {
  return BULKHEAD_EXECUTABLE;
}

void unpack_reply(std::string_view name, const fs::path& build) {
  unpack(name, build / ".cmake" / "api" / "v1");
}

void unpack_tree(std::string_view name, const fs::path& build) {
  unpack(name, build);
}

fs::path reply_directory(const fs::path& build) {
  return build / ".cmake" / "api" / "v1" / "reply";
}

fs::path find_reply_file(const fs::path& build, std::string_view prefix) {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(reply_directory(build))) {
    if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
  }
  if (found.empty()) throw std::runtime_error("the reply has no file " + std::string(prefix) + "*");
  return *std::min_element(found.begin(), found.end());
}

void replace_in_file(const fs::path& file, std::string_view text, std::string_view replacement) {
  std::string content = read_file(file);
  if (replace_all(content, text, replacement) == 0) {
    throw std::runtime_error(file.string() + " does not hold " + std::string(text));
  }
  write_file(file, content);
}

void move_sources(const fs::path& build, const std::string& from, const fs::path& to) {
  std::vector<fs::path> files;
  for (const char* const directory : {".cmake/api/v1/reply", ".cmake/bulkhead", ".", "CMakeFiles"}) {
    if (!fs::exists(build / directory)) continue;
    for (const fs::directory_entry& entry : fs::directory_iterator(build / directory)) {
      const std::string extension = entry.path().extension();
      if (extension == ".json" || extension == ".ninja") files.push_back(entry.path());
    }
  }
  std::size_t count = 0;
  for (const fs::path& file : files) {
    std::string content = read_file(file);
    const std::size_t here = replace_all(content, from, to.string());
    const fs::file_time_type written = fs::last_write_time(file);
    if (here != 0) write_file(file, content);
    fs::last_write_time(file, written);  // build.ninja must not become younger than the reply
    count += here;
  }
  if (count == 0) throw std::runtime_error("the reply does not speak of " + from);
}

}  // namespace bulkhead::test
