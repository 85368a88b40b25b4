#include "graph/part_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "tests/property/chance.h"

namespace bulkhead {
namespace {

using Numbers = std::vector<std::size_t>;
using Expected = std::set<std::size_t>;

constexpr std::size_t most = 200;  // three words and more

PartSet set_of(const Expected& numbers) {
  PartSet set;
  for (const std::size_t number : numbers) set.add(number);
  return set;
}

Expected random_numbers(test::Chance& chance) {
  Expected numbers;
  const std::size_t below = chance.below(2) == 0 ? most : 10;
  for (std::size_t i = chance.below(12); i != 0; --i) numbers.insert(chance.below(below));
  return numbers;
}

void expect_same(const PartSet& set, const Expected& expected) {
  ASSERT_EQ(set.parts(), Numbers(expected.begin(), expected.end()));
  ASSERT_EQ(set.empty(), expected.empty());
  for (std::size_t number = 0; number < most + 70; ++number) {
    ASSERT_EQ(set.contains(number), expected.contains(number)) << number;
  }
}

TEST(PartSet, HoldsWhatWasAdded) {
  PartSet set(64);
  set.add(0);
  set.add(63);
  EXPECT_EQ(set.parts(), (Numbers{0, 63, 64}));
  EXPECT_TRUE(PartSet().empty());
  EXPECT_FALSE(PartSet().contains(1000));
}

TEST(PartSet, IsEqualHoweverItCameAbout) {
  PartSet large(150);
  large.add(3);
  large.remove(PartSet(150));
  EXPECT_EQ(large, PartSet(3));
  large.keep(PartSet(4));
  EXPECT_EQ(large, PartSet());
}

// Against std::set, by the same random steps.
TEST(PartSet, AgreesWithASetOfNumbers) {
  test::Chance chance(20261126);
  std::size_t shared = 0;
  for (int round = 0; round < 1000; ++round) {
    const Expected a = random_numbers(chance);
    const Expected b = random_numbers(chance);
    Expected both;
    Expected rest;
    Expected all = a;
    all.insert(b.begin(), b.end());
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(rest, rest.end()));
    shared += both.size();
    expect_same(set_of(a), a);
    expect_same(common(set_of(a), set_of(b)), both);
    expect_same(without(set_of(a), set_of(b)), rest);
    PartSet joined = set_of(a);
    joined.add(set_of(b));
    expect_same(joined, all);
    // Equal sets are equal bytes, which is what they are sorted and found by.
    ASSERT_EQ(common(set_of(a), set_of(b)), set_of(both));
    ASSERT_EQ(without(set_of(a), set_of(b)), set_of(rest));
    ASSERT_EQ(set_of(a) == set_of(b), a == b);
    ASSERT_EQ(set_of(a) < set_of(b) || set_of(b) < set_of(a), a != b);
  }
  EXPECT_GT(shared, 100U);
}

TEST(PartSetPool, NumbersEqualSetsAlike) {
  test::Chance chance(20261127);
  PartSetPool pool;
  std::vector<std::pair<Expected, std::size_t>> known;
  for (int round = 0; round < 200; ++round) {
    const Expected numbers = random_numbers(chance);
    const std::size_t number = pool.intern(set_of(numbers));
    for (const auto& [other, its] : known) ASSERT_EQ(number == its, numbers == other);
    known.emplace_back(numbers, number);
  }
  for (const auto& [numbers, number] : known) expect_same(pool[number], numbers);
}

}  // namespace
}  // namespace bulkhead
