// The recorded replies and the fixture projects of this repository.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bulkhead::test {

/// The directory of the tests' sources.
[[nodiscard]] std::filesystem::path test_directory();
/// The cmake that configured this build.
[[nodiscard]] std::string cmake_command();
/// The bulkhead executable of this build.
[[nodiscard]] std::string bulkhead_command();

/// Unpacks tests/replies/<name>.tar.zst into `build`/.cmake/api/v1, so that `build` looks like a build tree.
void unpack_reply(std::string_view name, const std::filesystem::path& build);

}  // namespace bulkhead::test
