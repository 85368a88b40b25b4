#include "graph/reply.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/reply_writer.h"
#include "tests/support/temporary_directory.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using test::TemporaryDirectory;
using test::write_file;

constexpr const char* small_index = R"({
  "cmake": {"generator": {"multiConfig": true, "name": "Ninja Multi-Config", "platform": "x"},
            "paths": {"cmake": "/usr/bin/cmake"},
            "version": {"string": "3.31.6", "major": 3, "isDirty": false}},
  "objects": [
    {"jsonFile": "codemodel-v2-1.json", "kind": "codemodel", "version": {"major": 2, "minor": 7}},
    {"jsonFile": "cache-v2-1.json", "kind": "cache", "version": {"minor": 0, "major": 2}},
    {"kind": "configureLog", "jsonFile": "log.json", "version": {"major": 1, "minor": 0}, "later": [1, {"x": "y"}]}
  ],
  "reply": {"client-x": {"query.json": {}}}
})";

Error error_of(const fs::path& build) {
  const auto reply = read_reply(build);
  return reply ? Error{{}, "no error at all"} : reply.error();
}

TEST(Reply, SaysWhatTheIndexSays) {
  const TemporaryDirectory build;
  write_file(test::reply_directory(build.path()) / "index-2026-01-01T00-00-00-0000.json", small_index);
  const auto reply = read_reply(build.path());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->index.file, "index-2026-01-01T00-00-00-0000.json");
  EXPECT_EQ(reply->index.cmake_version, "3.31.6");
  EXPECT_EQ(reply->index.generator, "Ninja Multi-Config");
  EXPECT_TRUE(reply->index.multi_config);
  ASSERT_EQ(reply->index.objects.size(), 3U);
  const ReplyObject* const cache = find_object(reply->index, "cache", 2);
  ASSERT_NE(cache, nullptr);
  EXPECT_EQ(cache->file, "cache-v2-1.json");
  EXPECT_EQ(find_object(reply->index, "cache", 1), nullptr);
  EXPECT_EQ(find_object(reply->index, "toolchains", 1), nullptr);
}

TEST(Reply, ChoosesTheHighestMinorVersion) {
  ReplyIndex index;
  index.objects = {{"codemodel", 2, 3, "old"},
                   {"codemodel", 2, 9, "new"},
                   {"codemodel", 2, 4, "middle"},
                   {"codemodel", 3, 0, "other"}};
  EXPECT_EQ(find_object(index, "codemodel", 2)->file, "new");
  EXPECT_EQ(find_object(index, "codemodel", 3)->file, "other");
}

TEST(Reply, IsTheNewestByName) {
  const TemporaryDirectory build;
  const fs::path directory = test::reply_directory(build.path());
  write_file(directory / "index-2026-01-02T00-00-00-0000.json", small_index);
  write_file(directory / "index-2026-01-01T23-59-59-9999.json", "{ broken");
  write_file(directory / "index-2026-01-03T00-00-00-0000.json.tmp", "{ broken");
  write_file(directory / "zindex-2027.json", "{ broken");
  const auto reply = read_reply(build.path());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->index.file, "index-2026-01-02T00-00-00-0000.json");
}

TEST(Reply, MayBeNamedByItsOwnDirectory) {
  const TemporaryDirectory directory;
  write_file(directory / "index-2026-01-01T00-00-00-0000.json", small_index);
  const auto reply = read_reply(directory.path());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->directory.path(), directory.path());
}

TEST(Reply, IsStaleWhenTheLastRunFailed) {
  const TemporaryDirectory build;
  const fs::path directory = test::reply_directory(build.path());
  write_file(directory / "index-2026-01-02T00-00-00-0000.json", small_index);
  write_file(directory / "error-2026-01-01T00-00-00-0000.json", "{}");
  EXPECT_TRUE(read_reply(build.path())) << "an error that a later run has mended";

  write_file(directory / "error-2026-01-02T00-00-01-0000.json", "{}");
  const Error error = error_of(build.path());
  EXPECT_EQ(error.message, "CMake's last run on this build tree failed, so there is no reply to audit");
  EXPECT_EQ(error.location.file, (directory / "error-2026-01-02T00-00-01-0000.json").string());
}

TEST(Reply, IsMissedWithTheWayToGetOne) {
  const TemporaryDirectory build;
  EXPECT_EQ(error_of(build.path() / "nowhere").message, "there is no such build tree");
  const Error none = error_of(build.path());
  EXPECT_EQ(none.message, "this build tree has no File API reply");
  EXPECT_NE(none.hint.find("bulkhead query -B build"), std::string::npos) << none.hint;
  write_file(build / "CMakeCache.txt", "");
  EXPECT_NE(error_of(build.path()).hint.find("bulkhead query -B " + build.path().string()), std::string::npos);
  fs::create_directories(test::reply_directory(build.path()));
  EXPECT_EQ(error_of(build.path()).message, "this build tree has no File API reply");
}

TEST(Reply, NamesThePlaceOfWhatIsWrong) {
  const auto complaint = [](const std::string& text) {
    const TemporaryDirectory build;
    write_file(test::reply_directory(build.path()) / "index-2026.json", text);
    const Error error = error_of(build.path());
    EXPECT_TRUE(error.location.file.ends_with("/reply/index-2026.json")) << error.location.file;
    EXPECT_FALSE(error.hint.empty());
    return std::pair(error.message, error.location.line);
  };
  EXPECT_EQ(complaint("").first, "cannot read this reply: the file is empty");
  EXPECT_EQ(complaint("{\n\"objects\": [{\"kind\": 1}]}").second, 2U);
  EXPECT_NE(complaint("{\"objects\": {}}").first, "no error at all");
  EXPECT_NE(complaint("[]").first, "no error at all");
  EXPECT_NE(complaint("{\"cmake\": 3}").first, "no error at all");
  EXPECT_NE(complaint("{\"objects\": [{\"kind\": \"x\", \"version\": {\"major\": -1, \"minor\": 0}}]}").first,
            "no error at all");
  EXPECT_NE(complaint("{\"objects\": [{\"version\": {\"major\": 4294967296, \"minor\": 0}}]}").first.find("too large"),
            std::string::npos);
}

TEST(Reply, NeverLeadsOutOfItsDirectory) {
  for (const std::string_view name : {"../../secret.json", "/etc/passwd", "a/b.json", ""}) {
    const TemporaryDirectory build;
    const nlohmann::json index = {
        {"objects", {{{"kind", "cache"}, {"version", {{"major", 2}, {"minor", 0}}}, {"jsonFile", name}}}}};
    write_file(test::reply_directory(build.path()) / "index-2026.json", index.dump());
    EXPECT_EQ(error_of(build.path()).message, "cannot read this reply: jsonFile is no file name") << name;
  }
}

TEST(Reply, FailsWhereverTheIndexIsCutOff) {
  const std::string text = small_index;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const TemporaryDirectory build;
    write_file(test::reply_directory(build.path()) / "index-2026.json", text.substr(0, size));
    EXPECT_FALSE(read_reply(build.path())) << "cut at byte " << size;
  }
}

TEST(Query, AsksForEveryObjectThatIsRead) {
  const TemporaryDirectory scratch;
  const fs::path build = scratch.path() / "not" / "there" / "yet";
  const auto query = write_query(build);
  ASSERT_TRUE(query) << query.error().message;
  EXPECT_EQ(*query, build / ".cmake" / "api" / "v1" / "query" / "client-bulkhead" / "query.json");
  const nlohmann::json json = nlohmann::json::parse(test::read_file(*query));
  std::vector<std::string> kinds;
  for (const auto& request : json.at("requests")) {
    kinds.push_back(request.at("kind").get<std::string>() + "-v" + std::to_string(request.at("version").get<int>()));
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"codemodel-v2", "cache-v2", "cmakeFiles-v1", "toolchains-v1"}));
  EXPECT_TRUE(write_query(build)) << "again";
}

TEST(Query, FailsWhereItCannotBeWritten) {
  const TemporaryDirectory scratch;
  write_file(scratch / "file", "in the way");
  const auto query = write_query(scratch.path() / "file");
  ASSERT_FALSE(query);
  EXPECT_NE(query.error().message.find("cannot create this directory"), std::string::npos);
}

}  // namespace
}  // namespace bulkhead
