#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <string>

#include "graph/build_tree.h"
#include "tests/fuzz/explore.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead::test {
namespace {

constexpr std::string_view mark = "--- ";
constexpr std::size_t most_files = 40;
constexpr std::size_t longest_name = 100;

// A name that stays in its directory.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
         });
}

std::map<std::string, std::string, std::less<>> split_files(std::string_view input) {
  std::map<std::string, std::string, std::less<>> files;
  std::string* current = nullptr;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(end);
    if (!line.starts_with(mark)) {
      if (current != nullptr) current->append(line);
      continue;
    }
    const std::string_view name = line.substr(mark.size(), line.size() - mark.size() - (line.ends_with('\n') ? 1 : 0));
    current = is_plain_name(name) && files.size() < most_files ? &files[std::string(name)] : nullptr;
  }
  return files;
}

}  // namespace

bool fuzz_reply(std::string_view input) {
  static const TemporaryDirectory scratch;
  const auto files = split_files(input);
  for (const auto& [name, text] : files) write_file(scratch.path() / name, text);
  const auto tree = read_build_tree(scratch.path(), {.threads = 1});
  for (const auto& [name, text] : files) std::filesystem::remove(scratch.path() / name);
  if (!tree) {
    expect_promise(!tree.error().message.empty(), "an error says what is wrong");
    expect_promise(!tree.error().location.file.empty(), "an error says where");
    return false;
  }
  expect_promise(!tree->graphs.empty(), "a build tree has a configuration");
  for (const TargetGraph& graph : tree->graphs) explore(graph);
  for (const CacheEntry& entry : tree->cache.entries()) {
    expect_promise(tree->cache.find(entry.name).has_value(), "the cache finds its entries");
  }
  return true;
}

}  // namespace bulkhead::test
