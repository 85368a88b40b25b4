#include "auditor/waiver_reader.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "auditor/rule.h"
#include "auditor/waivers.h"

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 8> waiver_keys = {"rule",    "module", "from",  "to",
                                                         "message", "reason", "owner", "expires"};

Result<void> read_rule(const PolicyTable& table, std::string& code) {
  const PolicyValue* const value = table.find("rule");
  if (value == nullptr) {
    return fail(table.where(), "this waiver names no rule", "add rule = \"…\": no waiver is for all rules");
  }
  if (auto read = table.read_string("rule", code); !read) return read;
  if (find_rule(code) != nullptr) return {};
  std::vector<std::string_view> codes;
  for (const Rule& rule : catalogue()) codes.push_back(rule.code);
  return fail(table.inside(*value), fmt::format("there is no rule '{}'", code), did_you_mean(code, codes));
}

Result<void> read_selector(const PolicyTable& table, std::string_view key, std::optional<Selector>& selector) {
  const PolicyValue* const value = table.find(key);
  if (value == nullptr) return {};
  auto read = table.to_selector(*value, fmt::format("'{}'", key));
  if (!read) return tl::unexpected(read.error());
  selector = std::move(*read);
  return {};
}

// A date, or a string that is one.
Result<void> read_expiry(const PolicyTable& table, std::optional<Date>& expires) {
  const PolicyValue* const value = table.find("expires");
  if (value == nullptr) return {};
  if (value->type == PolicyType::string) {
    expires = parse_date(value->text);
  } else if (value->type == PolicyType::date) {
    const auto year = static_cast<int>(value->date.year());
    expires = make_date(static_cast<std::uint32_t>(year), static_cast<unsigned>(value->date.month()),
                        static_cast<unsigned>(value->date.day()));
  }
  if (!expires) return fail(table.at(*value), "'expires' must be a day", "write expires = 2027-03-31");
  return {};
}

Result<void> check_module(std::string_view name, const Location& where, const Policy& policy) {
  std::vector<std::string_view> names;
  for (const Module& module : policy.modules) {
    if (module.name == name) return {};
    names.push_back(module.name);
  }
  return fail(where, fmt::format("there is no module '{}'", name), did_you_mean(name, names));
}

Result<void> check_modules(const PolicyTable& table, const Waiver& waiver, const Policy& policy) {
  if (!waiver.module.empty()) {
    const Location where = table.inside(*table.find("module"));
    if (auto checked = check_module(waiver.module, where, policy); !checked) return checked;
  }
  for (const std::optional<Selector>* const selector : {&waiver.from, &waiver.to}) {
    if (!*selector || (*selector)->kind != SelectorKind::module) continue;
    if (auto checked = check_module((*selector)->name, (*selector)->where, policy); !checked) return checked;
  }
  return {};
}

Result<Waiver> read_waiver(const PolicyTable& table) {
  if (auto known = table.check_keys(waiver_keys); !known) return tl::unexpected(known.error());
  Waiver waiver{.rule = {}, .where = table.where()};
  if (auto read = read_rule(table, waiver.rule); !read) return tl::unexpected(read.error());
  if (auto read = table.read_string("module", waiver.module); !read) return tl::unexpected(read.error());
  if (auto read = table.read_string("message", waiver.message); !read) return tl::unexpected(read.error());
  if (auto read = table.read_string("reason", waiver.reason); !read) return tl::unexpected(read.error());
  if (auto read = table.read_string("owner", waiver.owner); !read) return tl::unexpected(read.error());
  if (auto read = read_selector(table, "from", waiver.from); !read) return tl::unexpected(read.error());
  if (auto read = read_selector(table, "to", waiver.to); !read) return tl::unexpected(read.error());
  if (auto read = read_expiry(table, waiver.expires); !read) return tl::unexpected(read.error());
  if (waiver.module.empty() && waiver.message.empty() && !waiver.from && !waiver.to) {
    return fail(table.where(), fmt::format("this waiver is for whatever {} finds", waiver.rule),
                "say for which findings: add module, from, to or message");
  }
  if (waiver.reason.empty()) return fail(table.where(), "this waiver has no reason", "add reason = \"…\"");
  return waiver;
}

}  // namespace

Result<void> read_waivers(const PolicyTable& document, Policy& policy) {
  return for_each_table(document, "waiver", [&policy](const PolicyValue& value) -> Result<void> {
    const PolicyTable table(value, "in [[waiver]]");
    auto waiver = read_waiver(table);
    if (!waiver) return tl::unexpected(waiver.error());
    if (auto checked = check_modules(table, *waiver, policy); !checked) return checked;
    if (policy.waivers_expire && !waiver->expires) {
      return fail(table.where(), "this waiver never expires, and [project] has waivers_expire",
                  "add expires = 2027-03-31: its last day");
    }
    policy.waivers.push_back(std::move(*waiver));
    return {};
  });
}

}  // namespace bulkhead
