#include "auditor/date.h"

#include <gtest/gtest.h>

namespace bulkhead {
namespace {

TEST(Date, IsReadAndWritten) {
  EXPECT_EQ(parse_date("1970-01-01"), Date{0});
  EXPECT_EQ(parse_date("2027-03-31"), Date{20908});
  for (const char* const text : {"1970-01-01", "2000-02-29", "2027-03-31", "0001-01-01", "9999-12-31"}) {
    const auto date = parse_date(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(to_string(*date), text);
  }
}

TEST(Date, KnowsTheCalendar) {
  EXPECT_FALSE(parse_date("2027-02-29"));
  EXPECT_TRUE(parse_date("2028-02-29"));
  EXPECT_FALSE(parse_date("2100-02-29"));
  EXPECT_FALSE(parse_date("2027-04-31"));
  EXPECT_FALSE(parse_date("2027-00-10"));
  EXPECT_FALSE(parse_date("2027-13-10"));
  EXPECT_FALSE(parse_date("2027-01-00"));
  EXPECT_EQ(parse_date("2028-03-01")->days - parse_date("2028-02-28")->days, 2);
}

TEST(Date, IsWrittenInOneWayOnly) {
  for (const char* const text : {"", "2027", "2027-3-31", "2027-03-1", "27-03-31", "2027/03/31", "2027-03-31 ",
                                 " 2027-03-31", "2027-03-3x", "-027-03-31", "2027-03-311", "2027-+3-31"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
  EXPECT_FALSE(make_date(10000, 1, 1));
}

}  // namespace
}  // namespace bulkhead
