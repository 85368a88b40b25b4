#include "auditor/policy_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "auditor/declaration.h"
#include "auditor/nearest.h"

namespace bulkhead {
namespace {

constexpr std::int64_t most = 1'000'000;

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  if (const auto meant = nearest(word, known)) return fmt::format("did you mean '{}'?", *meant);
  return fmt::format("known here: {}", fmt::join(known, ", "));
}

const PolicyValue* PolicyTable::find(std::string_view key) const {
  const auto found =
      std::find_if(value_.keys.begin(), value_.keys.end(), [key](const PolicyKey& one) { return one.name == key; });
  if (found == value_.keys.end()) return nullptr;
  return &value_.items[static_cast<std::size_t>(found - value_.keys.begin())];
}

Location PolicyTable::at(const PolicyValue& value) const {
  if (declaration_ == nullptr) return value.where;
  return value.type == PolicyType::string ? declaration_->find(value.text) : declaration_->where();
}

Location PolicyTable::inside(const PolicyValue& value) const {
  Location where = at(value);
  if (declaration_ == nullptr) ++where.column;
  return where;
}

Result<void> PolicyTable::check_keys(std::span<const std::string_view> known) const {
  for (const PolicyKey& key : value_.keys) {
    if (std::find(known.begin(), known.end(), key.name) == known.end()) {
      return fail(key.where, fmt::format("unknown key '{}' {}", key.name, place_), did_you_mean(key.name, known));
    }
  }
  return {};
}

Result<std::string> PolicyTable::to_string(const PolicyValue& value, std::string_view name) const {
  if (value.type != PolicyType::string) return fail(at(value), fmt::format("{} must be a string", name));
  if (value.text.empty()) return fail(at(value), fmt::format("{} is empty", name));
  return value.text;
}

Result<void> PolicyTable::read_string(std::string_view key, std::string& text) const {
  const PolicyValue* const value = find(key);
  if (value == nullptr) return {};
  auto read = to_string(*value, fmt::format("'{}'", key));
  if (!read) return tl::unexpected(read.error());
  text = std::move(*read);
  return {};
}

Result<void> PolicyTable::read_word(std::string_view key, std::span<const std::string_view> known,
                                    std::string& word) const {
  std::string text;
  if (auto read = read_string(key, text); !read) return read;
  if (text.empty()) return {};
  if (std::find(known.begin(), known.end(), text) == known.end()) {
    return fail(at(*find(key)), fmt::format("'{}' is no value of '{}'", text, key), did_you_mean(text, known));
  }
  word = std::move(text);
  return {};
}

Result<void> PolicyTable::read_flag(std::string_view key, bool& flag) const {
  const PolicyValue* const value = find(key);
  if (value == nullptr) return {};
  if (value->type != PolicyType::boolean) {
    return fail(at(*value), fmt::format("'{}' must be true or false", key), "without quotes");
  }
  flag = value->boolean;
  return {};
}

Result<void> PolicyTable::read_count(std::string_view key, std::uint32_t least,
                                     std::optional<std::uint32_t>& count) const {
  const PolicyValue* const value = find(key);
  if (value == nullptr) return {};
  if (value->type != PolicyType::integer || value->integer < least || value->integer > most) {
    return fail(at(*value), fmt::format("'{}' must be a whole number, {} or more", key, least));
  }
  count = static_cast<std::uint32_t>(value->integer);
  return {};
}

Result<void> PolicyTable::read_date(std::string_view key, std::optional<std::chrono::year_month_day>& date) const {
  const PolicyValue* const value = find(key);
  if (value == nullptr) return {};
  if (value->type != PolicyType::date || !value->date.ok()) {
    return fail(at(*value), fmt::format("'{}' must be a day", key),
                fmt::format("write {} = 2027-03-31, without quotes", key));
  }
  date = value->date;
  return {};
}

Result<void> PolicyTable::for_each_string(
    std::string_view key, const std::function<Result<void>(const std::string&, const PolicyValue&)>& add) const {
  const PolicyValue* const list = find(key);
  if (list == nullptr) return {};
  if (list->type != PolicyType::list) {
    return fail(at(*list), fmt::format("'{}' must be a list of strings", key), fmt::format("write {} = [\"…\"]", key));
  }
  for (const PolicyValue& item : list->items) {
    const auto text = to_string(item, fmt::format("an entry of '{}'", key));
    if (!text) return tl::unexpected(text.error());
    if (Result<void> added = add(*text, item); !added) return added;
  }
  return {};
}

Result<void> PolicyTable::read_strings(std::string_view key, std::vector<std::string>& texts) const {
  return for_each_string(key, [&texts](const std::string& text, const PolicyValue&) -> Result<void> {
    texts.push_back(text);
    return {};
  });
}

Result<void> PolicyTable::read_names(std::string_view key, std::vector<PolicyName>& names) const {
  return for_each_string(key, [&](const std::string& text, const PolicyValue& value) -> Result<void> {
    names.push_back({text, at(value)});
    return {};
  });
}

// The glob as it is written is parsed first: its columns are those of the text.
Result<Glob> PolicyTable::to_glob(const std::string& text, const PolicyValue& value, bool is_path) const {
  auto glob = Glob::parse(text, inside(value));
  if (!glob || declaration_ == nullptr || !is_path) return glob;
  return Glob::parse(declaration_->from_root(text), inside(value));
}

Result<void> PolicyTable::add_globs(std::string_view key, bool are_paths, std::vector<PolicyGlob>& globs) const {
  return for_each_string(key, [&](const std::string& text, const PolicyValue& value) -> Result<void> {
    auto glob = to_glob(text, value, are_paths);
    if (!glob) return tl::unexpected(glob.error());
    globs.push_back({std::move(*glob), at(value)});
    return {};
  });
}

Result<void> PolicyTable::read_globs(std::string_view key, std::vector<PolicyGlob>& globs) const {
  return add_globs(key, false, globs);
}

Result<void> PolicyTable::read_paths(std::string_view key, std::vector<PolicyGlob>& globs) const {
  return add_globs(key, true, globs);
}

Result<Selector> PolicyTable::to_selector(const PolicyValue& value, std::string_view name) const {
  const auto text = to_string(value, name);
  if (!text) return tl::unexpected(text.error());
  auto selector = Selector::parse(*text, inside(value));
  if (!selector || declaration_ == nullptr || selector->kind != SelectorKind::path) return selector;
  return Selector::parse("path:" + declaration_->from_root(selector->glob->text()), inside(value));
}

Result<void> PolicyTable::read_selectors(std::string_view key, std::vector<Selector>& selectors) const {
  return for_each_string(key, [&](const std::string&, const PolicyValue& value) -> Result<void> {
    auto selector = to_selector(value, fmt::format("an entry of '{}'", key));
    if (!selector) return tl::unexpected(selector.error());
    selectors.push_back(std::move(*selector));
    return {};
  });
}

Result<void> PolicyTable::read_ends(std::string_view key, std::vector<Selector>& selectors) const {
  const PolicyValue* const value = find(key);
  if (value == nullptr) return {};
  if (value->type == PolicyType::list) return read_selectors(key, selectors);
  if (value->type != PolicyType::string) {
    return fail(at(*value), fmt::format("'{}' must be a selector, or a list of them", key),
                fmt::format("write {} = \"target:…\" or {} = [\"…\"]", key, key));
  }
  auto selector = to_selector(*value, fmt::format("'{}'", key));
  if (!selector) return tl::unexpected(selector.error());
  selectors.push_back(std::move(*selector));
  return {};
}

Result<void> for_each_table(const PolicyTable& document, std::string_view key,
                            const std::function<Result<void>(const PolicyValue&)>& read) {
  const PolicyValue* const list = document.find(key);
  if (list == nullptr) return {};
  if (list->type != PolicyType::list) {
    return fail(document.at(*list), fmt::format("'{}' is no list of tables", key),
                fmt::format("write [[{}]], with two brackets", key));
  }
  for (const PolicyValue& item : list->items) {
    if (item.type != PolicyType::table) {
      return fail(document.at(item), fmt::format("a '{}' is no table", key), fmt::format("write [[{}]]", key));
    }
    if (Result<void> done = read(item); !done) return done;
  }
  return {};
}

}  // namespace bulkhead
