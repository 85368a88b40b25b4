#include "graph/reply.h"

#include <array>
#include <fstream>
#include <system_error>

#include "graph/json.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using simdjson::ondemand::object;

constexpr std::string_view index_prefix = "index-";
constexpr std::string_view error_prefix = "error-";

// The newest index and the newest error, by name: CMake puts a time stamp into it so that the largest is the newest.
struct Newest {
  std::string index;
  std::string error;
};

Newest find_newest(const ReadDirectory& directory) {
  constexpr std::array prefixes = {index_prefix, error_prefix};
  std::vector<std::string> names = directory.largest_names(prefixes, ".json");
  return {std::move(names[0]), std::move(names[1])};
}

std::string how_to_get_one(const fs::path& build) {
  // A directory without a cache may be the source tree itself; do not advise to build in it.
  std::error_code ignored;
  if (!fs::exists(build / "CMakeCache.txt", ignored)) {
    return "name a configured build tree with -B; for a new one: bulkhead query -B build && cmake -B build";
  }
  return "run 'bulkhead query -B " + build.string() + "', then 'cmake " + build.string() + "'";
}

ReplyObject decode_object(object json) {
  ReplyObject result;
  for (auto field : json) {
    const std::string_view key = field.unescaped_key();
    if (key == "kind") {
      result.kind = std::string_view(field.value());
    } else if (key == "jsonFile") {
      result.file = std::string_view(field.value());
    } else if (key == "version") {
      object version = field.value();
      result.major = to_index(version["major"]);
      result.minor = to_index(version["minor"]);
    }
  }
  // The name comes from outside; it must not lead out of the reply directory.
  if (result.file.find('/') != std::string::npos || result.file.empty()) throw DecodeError("jsonFile is no file name");
  return result;
}

void decode_index(object json, ReplyIndex& index) {
  for (auto field : json) {
    const std::string_view key = field.unescaped_key();
    if (key == "cmake") {
      object cmake = field.value();
      for (auto part : cmake) {
        const std::string_view name = part.unescaped_key();
        if (name == "version") {
          index.cmake_version = std::string_view(part.value()["string"]);
        } else if (name == "generator") {
          object generator = part.value();
          for (auto fact : generator) {
            const std::string_view what = fact.unescaped_key();
            if (what == "name") index.generator = std::string_view(fact.value());
            if (what == "multiConfig") index.multi_config = fact.value().get_bool();
          }
        }
      }
    } else if (key == "objects") {
      for (object entry : field.value().get_array()) index.objects.push_back(decode_object(entry));
    }
  }
}

Result<ReplyIndex> read_index(const ReadDirectory& directory, const std::string& name) {
  FileBuffer buffer;
  const auto text = buffer.read(directory, name);
  if (!text) return tl::unexpected(text.error());
  ReplyIndex index;
  index.file = name;
  simdjson::ondemand::parser parser;
  const std::string shown_path = (directory.path() / name).string();
  const auto decoded = decode_json(parser, {shown_path, *text}, [&index](object json) { decode_index(json, index); });
  if (!decoded) return tl::unexpected(decoded.error());
  return index;
}

}  // namespace

const ReplyObject* find_object(const ReplyIndex& index, std::string_view kind, std::uint32_t major) {
  const ReplyObject* found = nullptr;
  for (const ReplyObject& object : index.objects) {
    if (object.kind != kind || object.major != major) continue;
    if (found == nullptr || object.minor > found->minor) found = &object;
  }
  return found;
}

Result<Reply> read_reply(const fs::path& build) {
  std::error_code ignored;
  if (!fs::is_directory(build, ignored)) {
    return fail({build.string()}, "there is no such build tree", "name a configured build tree with -B");
  }
  fs::path path = build / ".cmake" / "api" / "v1" / "reply";
  if (!fs::is_directory(path, ignored)) {
    auto as_reply = ReadDirectory::open(build);
    if (!as_reply || find_newest(*as_reply).index.empty()) {
      return fail({build.string()}, "this build tree has no File API reply", how_to_get_one(build));
    }
    path = build;
  }
  auto directory = ReadDirectory::open(path);
  if (!directory) return tl::unexpected(directory.error());

  // CMake removes the old index only after it has written the new one: a name that has gone means that there is a
  // newer.
  for (int attempt = 0;; ++attempt) {
    const auto [name, error] = find_newest(*directory);
    const auto stamp = [](std::string_view file, std::string_view prefix) {
      return file.empty() ? file : file.substr(prefix.size());
    };
    if (stamp(error, error_prefix) > stamp(name, index_prefix)) {
      return fail({(path / error).string()},
                  "CMake's last run on this build tree failed, so there is no reply to audit",
                  "mend the configure error, then run cmake again");
    }
    // While names come and go, a walk of the directory may miss both the old index and the new one.
    if (name.empty() && attempt < 2) continue;
    if (name.empty()) {
      return fail({build.string()}, "this build tree has no File API reply", how_to_get_one(build));
    }
    auto index = read_index(*directory, name);
    if (index) return Reply{std::move(*directory), std::move(*index)};
    if (attempt >= 2) return tl::unexpected(index.error());
  }
}

std::string_view query_text() {
  // A plain major number asks for the newest minor that this CMake has.
  return R"({
  "requests": [
    {"kind": "codemodel", "version": 2},
    {"kind": "cache", "version": 2},
    {"kind": "cmakeFiles", "version": 1},
    {"kind": "toolchains", "version": 1}
  ]
}
)";
}

Result<fs::path> write_query(const fs::path& build) {
  const fs::path directory = build / ".cmake" / "api" / "v1" / "query" / "client-bulkhead";
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return fail({directory.string()}, "cannot create this directory: " + error.message());
  const fs::path path = directory / "query.json";
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << query_text();
  file.close();
  if (!file) return fail({path.string()}, "cannot write this file");
  return path;
}

}  // namespace bulkhead
