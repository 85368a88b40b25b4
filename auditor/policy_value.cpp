#include "auditor/policy_value.h"

#include <toml++/toml.h>

#include <utility>

namespace bulkhead {
namespace {

Location place_of(const toml::source_region& region, const std::string& file) {
  return {file, region.begin.line, region.begin.column};
}

// As deep as toml++ nests values, which refuses more than 256 levels.
PolicyValue convert(const toml::node& node, const std::string& file) {
  PolicyValue value{.where = place_of(node.source(), file)};
  if (const auto* const text = node.as_string()) {
    value.type = PolicyType::string;
    value.text = text->get();
  } else if (const auto* const flag = node.as_boolean()) {
    value.type = PolicyType::boolean;
    value.boolean = flag->get();
  } else if (const auto* const number = node.as_integer()) {
    value.type = PolicyType::integer;
    value.integer = number->get();
  } else if (const auto* const day = node.as_date()) {
    value.type = PolicyType::date;
    value.date = std::chrono::year(day->get().year) / day->get().month / day->get().day;
  } else if (const toml::array* const list = node.as_array()) {
    value.type = PolicyType::list;
    for (const toml::node& item : *list) value.items.push_back(convert(item, file));
  } else if (const toml::table* const table = node.as_table()) {
    value.type = PolicyType::table;
    for (const auto& [key, entry] : *table) {
      value.keys.push_back({std::string(key.str()), place_of(key.source(), file)});
      value.items.push_back(convert(entry, file));
    }
  }
  return value;
}

}  // namespace

Result<PolicyValue> parse_policy_value(std::string_view text, const std::string& file) {
  try {
    return convert(toml::parse(text, file), file);
  } catch (const toml::parse_error& error) {
    return fail(place_of(error.source(), file), std::string(error.description()));
  }
}

}  // namespace bulkhead
