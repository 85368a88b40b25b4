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
/// The same for a recorded build tree: the reply, the capture and build.ninja, such as "kinds-captured/4.3-Ninja".
void unpack_tree(std::string_view name, const std::filesystem::path& build);

/// The reply directory of a build tree.
[[nodiscard]] std::filesystem::path reply_directory(const std::filesystem::path& build);
/// The file of the reply whose name begins with `prefix` ("index-", "codemodel-v2-", "target-core-"); the first by
/// name. Throws when there is none.
[[nodiscard]] std::filesystem::path find_reply_file(const std::filesystem::path& build, std::string_view prefix);
/// Replaces a text wherever it stands in a file. Throws when it is not there.
void replace_in_file(const std::filesystem::path& file, std::string_view text, std::string_view replacement);

/// Makes a reply speak of the sources at `to` instead of `from`, as if it had been recorded there.
void move_sources(const std::filesystem::path& build, const std::string& from, const std::filesystem::path& to);

}  // namespace bulkhead::test
