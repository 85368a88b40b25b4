#include "auditor/policy_table.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace bulkhead {
namespace {

PolicyValue parse(const std::string& text) {
  auto value = parse_policy_value(text, "p.toml");
  EXPECT_TRUE(value) << value.error().message;
  return value ? std::move(*value) : PolicyValue{};
}

std::string said(const Result<void>& result) {
  if (result) return "";
  const Error& error = result.error();
  return std::to_string(error.location.line) + ":" + std::to_string(error.location.column) + ": " + error.message;
}

TEST(PolicyValue, KnowsTypesAndPlaces) {
  const PolicyValue value = parse("a = 'x'\nb = [true, 3]\nc = 2027-03-31\n[d]\ne = 1.5\n");
  ASSERT_EQ(value.type, PolicyType::table);
  ASSERT_EQ(value.keys.size(), 4U);
  EXPECT_EQ(value.items[0].text, "x");
  EXPECT_EQ(value.keys[0].where, (Location{"p.toml", 1, 1}));
  EXPECT_EQ(value.items[0].where, (Location{"p.toml", 1, 5}));
  const PolicyValue& list = value.items[1];
  ASSERT_EQ(list.items.size(), 2U);
  EXPECT_TRUE(list.items[0].boolean);
  EXPECT_EQ(list.items[1].integer, 3);
  EXPECT_EQ(value.items[2].type, PolicyType::date);
  EXPECT_EQ(value.items[3].items.front().type, PolicyType::other);
}

TEST(PolicyTable, LeavesWhatIsNotThere) {
  const PolicyValue value = parse("x = 1\n");
  const PolicyTable table(value, "here");
  std::string text = "before";
  bool flag = true;
  std::optional<std::uint32_t> count = 7;
  std::optional<std::chrono::year_month_day> date;
  std::vector<Selector> ends;
  EXPECT_TRUE(table.read_string("none", text) && table.read_flag("none", flag) && table.read_count("none", 1, count) &&
              table.read_date("none", date) && table.read_ends("none", ends));
  EXPECT_EQ(text, "before");
  EXPECT_TRUE(flag);
  EXPECT_EQ(count, 7U);
  EXPECT_EQ(date, std::nullopt);
  EXPECT_TRUE(ends.empty());
}

TEST(PolicyTable, ReadsDaysFlagsAndNumbers) {
  const PolicyValue value =
      parse("day = 2028-02-29\ntime = 2028-02-29T12:00:00\nquoted = '2028-02-29'\nyes = true\nn = 3\nbig = 1000001\n");
  const PolicyTable table(value, "here");
  std::optional<std::chrono::year_month_day> date;
  EXPECT_EQ(said(table.read_date("day", date)), "");
  EXPECT_EQ(date, std::chrono::year(2028) / 2 / 29);
  EXPECT_EQ(said(table.read_date("time", date)), "2:8: 'time' must be a day");
  EXPECT_EQ(said(table.read_date("quoted", date)), "3:10: 'quoted' must be a day");
  bool flag = false;
  EXPECT_EQ(said(table.read_flag("yes", flag)), "");
  EXPECT_TRUE(flag);
  EXPECT_EQ(said(table.read_flag("n", flag)), "5:5: 'n' must be true or false");
  std::optional<std::uint32_t> count;
  EXPECT_EQ(said(table.read_count("n", 1, count)), "");
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(said(table.read_count("n", 4, count)), "5:5: 'n' must be a whole number, 4 or more");
  EXPECT_EQ(said(table.read_count("big", 1, count)), "6:7: 'big' must be a whole number, 1 or more");
  EXPECT_EQ(said(table.read_count("yes", 1, count)), "4:7: 'yes' must be a whole number, 1 or more");
}

TEST(PolicyTable, ReadsOneSelectorOrSeveral) {
  const PolicyValue value = parse("one = 'core'\nmore = ['target:a', 'path:b/**']\nwrong = ['target:a', 3]\n");
  const PolicyTable table(value, "here");
  std::vector<Selector> ends;
  EXPECT_EQ(said(table.read_ends("one", ends)), "");
  EXPECT_EQ(said(table.read_ends("more", ends)), "");
  ASSERT_EQ(ends.size(), 3U);
  EXPECT_EQ(ends[1].text, "target:a");
  EXPECT_EQ(ends[1].where, (Location{"p.toml", 2, 10}));
  EXPECT_EQ(said(table.read_ends("wrong", ends)), "3:22: an entry of 'wrong' must be a string");
}

TEST(PolicyTable, CountsTablesInTheOrderOfTheFile) {
  const PolicyValue value = parse("[[x]]\na = 1\n[[y]]\n[[x]]\na = 2\n");
  const PolicyTable table(value, "at the top level");
  std::vector<std::int64_t> seen;
  const auto read = for_each_table(table, "x", [&seen](const PolicyValue& one) -> Result<void> {
    seen.push_back(PolicyTable(one, "in [[x]]").find("a")->integer);
    return {};
  });
  EXPECT_EQ(said(read), "");
  EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(said(table.check_keys(std::array<std::string_view, 1>{"x"})), "3:3: unknown key 'y' at the top level");
}

}  // namespace
}  // namespace bulkhead
