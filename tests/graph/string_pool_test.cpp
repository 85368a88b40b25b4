#include "graph/string_pool.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace bulkhead {
namespace {

TEST(StringPool, CountsUpInOrderOfFirstAppearance) {
  StringPool pool;
  EXPECT_EQ(pool.intern("b").value(), 0U);
  EXPECT_EQ(pool.intern("a").value(), 1U);
  EXPECT_EQ(pool.intern("b").value(), 0U);
  EXPECT_EQ(pool.intern("c").value(), 2U);
  EXPECT_EQ(pool.size(), 3U);
  EXPECT_EQ(pool[StringId(1)], "a");
}

TEST(StringPool, FindsOnlyWhatIsThere) {
  StringPool pool;
  EXPECT_FALSE(pool.find("").has_value());
  EXPECT_FALSE(pool.find("core").has_value());
  const StringId core = pool.intern("core");
  EXPECT_EQ(pool.find("core"), core);
  EXPECT_FALSE(pool.find("cor").has_value());
  EXPECT_FALSE(pool.find("core2").has_value());
  EXPECT_EQ(pool.size(), 1U);
}

TEST(StringPool, HoldsTheEmptyStringAndBytesOfAnyKind) {
  StringPool pool;
  const StringId empty = pool.intern({});
  const std::string with_nul("a\0b", 3);
  const StringId binary = pool.intern(with_nul);
  const StringId plain = pool.intern("a");
  EXPECT_EQ(pool.intern(""), empty);
  EXPECT_EQ(pool[empty], "");
  EXPECT_EQ(pool[binary], with_nul);
  EXPECT_NE(binary, plain);
}

TEST(StringPool, KeepsItsOwnCopies) {
  StringPool pool;
  std::string text = "core";
  const StringId id = pool.intern(text);
  text = "none";
  EXPECT_EQ(pool[id], "core");
  // A view into the pool may be interned again while the pool grows.
  for (int i = 0; i < 1000; ++i) {
    const StringId again = pool.intern(pool[StringId(pool.size() - 1)].substr(0, 4));
    EXPECT_LT(again.value(), pool.size());
    pool.intern("core" + std::to_string(i));
  }
}

TEST(StringPool, AgreesWithAMapOnManyStrings) {
  std::mt19937 random(20260101);
  std::uniform_int_distribution<int> number(0, 40'000);
  std::uniform_int_distribution<std::size_t> length(0, 300);
  StringPool pool;
  std::map<std::string, StringId> expected;
  for (int i = 0; i < 60'000; ++i) {
    std::string text = std::to_string(number(random));
    if (i % 100 == 0) text.append(length(random), 'x');
    const auto [known, is_new] = expected.try_emplace(text, pool.size());
    ASSERT_EQ(pool.intern(text), known->second) << text;
    ASSERT_EQ(pool.size(), expected.size());
  }
  for (const auto& [text, id] : expected) {
    ASSERT_EQ(pool.find(text), id);
    ASSERT_EQ(pool[id], text);
  }
  EXPECT_FALSE(pool.find("no such text").has_value());
}

TEST(StringPool, HoldsStringsLargerThanItsBlocks) {
  StringPool pool;
  const std::string large(200'000, 'l');
  const StringId before = pool.intern("before");
  const StringId id = pool.intern(large);
  const StringId after = pool.intern("after");
  EXPECT_EQ(pool[id], large);
  EXPECT_EQ(pool[before], "before");
  EXPECT_EQ(pool[after], "after");
  EXPECT_EQ(pool.intern(large), id);
}

TEST(StringPool, KeepsViewsValidWhenItMovesAndGrows) {
  StringPool pool;
  const StringId id = pool.intern("core");
  const std::string_view view = pool[id];
  for (int i = 0; i < 5'000; ++i) pool.intern(std::to_string(i));
  StringPool moved = std::move(pool);
  EXPECT_EQ(view, "core");
  EXPECT_EQ(moved[id].data(), view.data());
  EXPECT_EQ(moved.find("core"), id);
  EXPECT_EQ(moved.find("4999")->value(), 5'000U);
}

}  // namespace
}  // namespace bulkhead
