// Days of the calendar: when waivers end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bulkhead {

/// A day, in UTC. The default is 1970-01-01, before which nothing ends.
struct Date {
  std::int32_t days = 0;  ///< Since 1970-01-01.

  auto operator<=>(const Date&) const = default;
};

/// The day that `text` names as YYYY-MM-DD; none when it is no such text, or no day of the Gregorian calendar.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// The day of a year, month (from 1) and day (from 1); none when there is no such day.
[[nodiscard]] std::optional<Date> make_date(std::uint32_t year, std::uint32_t month, std::uint32_t day);

/// "2027-03-31"
[[nodiscard]] std::string to_string(Date date);

}  // namespace bulkhead
