// The index of a File API reply: which objects there are, and in which files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/file_io.h"
#include "graph/result.h"

namespace bulkhead {

/// An object that the index names.
struct ReplyObject {
  std::string kind;  ///< "codemodel", "cache", "cmakeFiles", "toolchains", …
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  std::string file;  ///< Below the reply directory.
};

/// What `index-*.json` says. See cmake-file-api(7), "v1 Reply Index File".
struct ReplyIndex {
  std::string file;  ///< The index's own name.
  std::string cmake_version;
  std::string generator;
  bool multi_config = false;
  std::vector<ReplyObject> objects;
};

/// A reply directory and its index.
struct Reply {
  ReadDirectory directory;
  ReplyIndex index;
};

/// The object of that kind with the highest version whose major number is `major`, or null.
[[nodiscard]] const ReplyObject* find_object(const ReplyIndex& index, std::string_view kind, std::uint32_t major);

/// Finds and reads the newest index of a build tree. `build` is the build tree, or a reply directory itself. Fails when
/// there is no reply, and when CMake's last run failed, so that the reply is older than the project.
[[nodiscard]] Result<Reply> read_reply(const std::filesystem::path& build);

/// The query: a JSON text that asks for all objects that Bulkhead reads.
[[nodiscard]] std::string_view query_text();

/// Writes the query that makes CMake's next run on this build tree answer it. Creates the directory when there is no
/// build tree yet. Returns the query's path.
[[nodiscard]] Result<std::filesystem::path> write_query(const std::filesystem::path& build);

}  // namespace bulkhead
