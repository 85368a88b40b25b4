#include "graph/cache.h"

#include "tests/graph/reply_objects.h"

namespace bulkhead {
namespace {

using test::OneObjectReply;

Result<Cache> read(std::string_view text) {
  return read_cache(OneObjectReply("cache", 2, 0, text).read());
}

TEST(Cache, FindsValuesByName) {
  const auto cache = read(R"({
    "entries": [
      {"name": "USE_X", "properties": [{"name": "HELPSTRING", "value": "x"}], "type": "BOOL", "value": "ON"},
      {"name": "BUILD_TYPE", "type": "STRING", "value": ""},
      {"name": "USE_LLVM", "type": "UNINITIALIZED", "value": "/usr/bin/llvm-config", "later": {"a": [1]}},
      {"name": "A", "value": "caf\u00e9 \"q\"", "type": "STRING"}
    ],
    "kind": "cache", "version": {"major": 2, "minor": 0}
  })");
  ASSERT_TRUE(cache) << cache.error().message;
  EXPECT_EQ(cache->find("USE_X"), "ON");
  EXPECT_EQ(cache->find("BUILD_TYPE"), "");
  EXPECT_EQ(cache->find("USE_LLVM"), "/usr/bin/llvm-config");
  EXPECT_EQ(cache->find("A"), "caf\xc3\xa9 \"q\"");
  EXPECT_EQ(cache->find("USE"), std::nullopt);
  EXPECT_EQ(cache->find("ZZZ"), std::nullopt);
  ASSERT_EQ(cache->entries().size(), 4U);
  EXPECT_EQ(cache->entries().front().name, "A");
  EXPECT_EQ(cache->entries().back().type, "BOOL");
}

TEST(Cache, MayBeEmpty) {
  const auto cache = read(R"({"kind": "cache", "entries": []})");
  ASSERT_TRUE(cache) << cache.error().message;
  EXPECT_TRUE(cache->entries().empty());
  EXPECT_EQ(Cache().find("X"), std::nullopt);
}

TEST(Cache, RefusesWhatIsNoCache) {
  EXPECT_NE(test::message_of(read("{}")), "no error");
  EXPECT_NE(test::message_of(read(R"({"entries": {}})")), "no error");
  EXPECT_NE(test::message_of(read(R"({"entries": ["USE_X"]})")), "no error");
  EXPECT_NE(test::message_of(read(R"({"entries": [{"name": "USE_X", "value": true}]})")), "no error");
  EXPECT_NE(test::message_of(read("{\"entries\": [{\"name\": \"\xff\"}]}")), "no error");
}

TEST(Cache, FailsWhereverItIsCutOff) {
  // The entries come last here, so that no cut leaves all of them.
  test::expect_every_cut_to_fail(
      R"({"version": {"major": 2}, "entries": [{"name": "A", "value": "1", "type": "BOOL"}]})", read);
}

TEST(Cache, IsMissedWhenTheIndexDoesNotNameIt) {
  const auto cache = read_cache(OneObjectReply("codemodel", 2, 0, "{}").read());
  ASSERT_FALSE(cache);
  EXPECT_EQ(cache.error().message, "this reply has no cache object");
  EXPECT_TRUE(cache.error().location.file.ends_with("index-2026.json"));
}

}  // namespace
}  // namespace bulkhead
