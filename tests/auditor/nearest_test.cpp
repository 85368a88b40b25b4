#include "auditor/nearest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 6> rules = {"acyclic",   "core-edge", "layers",
                                                   "namespace", "off-edge",  "off-target"};

TEST(Nearest, FindsWhatOneEditAwayMeans) {
  EXPECT_EQ(nearest("of-edge", rules), "off-edge");      // deleted
  EXPECT_EQ(nearest("namespaces", rules), "namespace");  // inserted
  EXPECT_EQ(nearest("layars", rules), "layers");         // replaced
  EXPECT_EQ(nearest("acylcic", rules), "acyclic");       // swapped
  EXPECT_EQ(nearest("layers", rules), "layers");
}

TEST(Nearest, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest("visibility", rules), std::nullopt);
  EXPECT_EQ(nearest("", rules), std::nullopt);
  EXPECT_EQ(nearest("off-edge", {}), std::nullopt);
}

TEST(Nearest, AllowsOneEditForThreeBytes) {
  const std::array<std::string_view, 1> three = {"NOT"};
  EXPECT_EQ(nearest("NTO", three), "NOT");
  EXPECT_EQ(nearest("NO", three), "NOT");
  EXPECT_EQ(nearest("TON", three), std::nullopt);
  const std::array<std::string_view, 1> two = {"OR"};
  EXPECT_EQ(nearest("ON", two), std::nullopt);
  const std::array<std::string_view, 1> nine = {"abcdefghi"};
  EXPECT_EQ(nearest("xbcdxfghx", nine), "abcdefghi");
  EXPECT_EQ(nearest("xbcdxfgxx", nine), std::nullopt);
}

TEST(Nearest, TakesASwapForOneEdit) {
  // Two replacements would be too far for four letters.
  const std::array<std::string_view, 1> known = {"abcd"};
  EXPECT_EQ(nearest("abdc", known), "abcd");
  EXPECT_EQ(nearest("abxy", known), std::nullopt);
}

TEST(Nearest, TakesCaseLightly) {
  const std::array<std::string_view, 3> known = {"AND", "STREQUAL", "USE_CUDA"};
  EXPECT_EQ(nearest("and", known), "AND");
  EXPECT_EQ(nearest("use_cuda", known), "USE_CUDA");
  EXPECT_EQ(nearest("StrEqual", known), "STREQUAL");
  const std::array<std::string_view, 2> both = {"foo_bar", "FOO_BAZ"};
  EXPECT_EQ(nearest("FOO_bar", both), "foo_bar") << "three differences in case weigh less than an edit and two of them";
}

TEST(Nearest, PrefersTheNearerThenTheAlphabeticallyFirst) {
  std::vector<std::string_view> known = {"module_c", "module_a", "module_b", "modules_x"};
  std::sort(known.begin(), known.end());
  do {
    EXPECT_EQ(nearest("module_d", known), "module_a");
    EXPECT_EQ(nearest("modules_b", known), "module_b");
  } while (std::next_permutation(known.begin(), known.end()));
}

TEST(Nearest, DoesNotMindAbsurdlyLongWords) {
  const std::string word(1'000'000, 'x');
  EXPECT_EQ(nearest(word, rules), std::nullopt);
}

}  // namespace
}  // namespace bulkhead
