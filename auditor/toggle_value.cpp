#include "auditor/toggle_value.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "auditor/toggle.h"

namespace bulkhead {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

template <std::size_t size>
bool is_one_of(std::string_view value, const std::array<std::string_view, size>& names) {
  constexpr std::size_t longest_name = 8;
  if (value.size() > longest_name) return false;
  return std::find(names.begin(), names.end(), to_upper(value)) != names.end();
}

// Takes the digits that `version` begins with, without leading zeros, and the dot after them.
std::string_view take_component(std::string_view& version) {
  std::size_t begin = 0;
  while (begin < version.size() && version[begin] == '0') ++begin;
  std::size_t end = begin;
  while (end < version.size() && is_digit(version[end])) ++end;
  const std::string_view digits = version.substr(begin, end - begin);
  version.remove_prefix(end < version.size() && version[end] == '.' ? end + 1 : end);
  return digits;
}

}  // namespace

bool is_true_constant(std::string_view value) {
  constexpr std::array<std::string_view, 5> names = {"1", "ON", "YES", "TRUE", "Y"};
  if (is_one_of(value, names)) return true;
  const std::optional<double> number = read_number(std::string(value));
  return number && *number != 0;
}

// Both use the C functions that CMake itself calls, because the corners ("1e", "0x", "infinite") are theirs. They read
// the decimal point of the C locale, which no part of Bulkhead changes.
std::optional<double> read_number(const std::string& value) {
  if (value.empty()) return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  if (*end != '\0') return std::nullopt;
  return number;
}

std::optional<double> read_leading_number(const std::string& value) {
  double number = 0;
  if (std::sscanf(value.c_str(), "%lg", &number) != 1) return std::nullopt;
  return number;
}

std::strong_ordering compare_versions(std::string_view left, std::string_view right) {
  const auto goes_on = [](std::string_view version) { return !version.empty() && is_digit(version.front()); };
  while (goes_on(left) || goes_on(right)) {
    const std::string_view a = take_component(left);
    const std::string_view b = take_component(right);
    // Without leading zeros the longer number is the greater.
    if (a.size() != b.size()) return a.size() <=> b.size();
    if (const auto order = a <=> b; order != 0) return order;
  }
  return std::strong_ordering::equal;
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> elements(1);
  int nesting = 0;  // may fall below 0, and then nothing is split either
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (c == '[') ++nesting;
    if (c == ']') --nesting;
    if (c == '\\' && i + 1 < list.size() && list[i + 1] == ';') {
      elements.back().push_back(';');
      ++i;
    } else if (c == ';' && nesting == 0) {
      elements.emplace_back();
    } else {
      elements.back().push_back(c);
    }
  }
  return elements;
}

}  // namespace bulkhead
