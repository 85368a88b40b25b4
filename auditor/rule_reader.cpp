#include "auditor/rule_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "auditor/module_reader.h"

namespace bulkhead {
namespace {

constexpr std::array<std::string_view, 6> common_keys = {"name", "why", "message", "severity", "kinds", "except"};
constexpr std::array<std::string_view, 2> severities = {"error", "warning"};
constexpr std::array<std::string_view, 3> scopes = {"targets", "folders", "modules"};

// The keys that only this kind of rule has.
std::vector<std::string_view> own_keys(RuleKind kind) {
  switch (kind) {
    case RuleKind::acyclic: return {"among", "over", "depth"};
    case RuleKind::forbidden: return {"from", "to", "transitive", "via"};
    case RuleKind::independent: return {"groups", "each", "transitive"};
    case RuleKind::layers: return {"layers", "closed", "independent"};
    case RuleKind::required: return {"from", "to", "transitive"};
    case RuleKind::allowed:
    case RuleKind::visibility:
    case RuleKind::within_view: return {"from", "to"};
  }
  return {};
}

// Reads one table.
class RuleReader {
 public:
  RuleReader(const PolicyTable& table, RuleKind kind) : table_(table) {
    rule_.kind = kind;
    rule_.where = table.where();
  }

  Result<GeneralRule> read() {
    std::vector<std::string_view> keys = own_keys(rule_.kind);
    keys.insert(keys.end(), common_keys.begin(), common_keys.end());
    if (auto known = table_.check_keys(keys); !known) return tl::unexpected(known.error());
    if (auto read = read_common(); !read) return tl::unexpected(read.error());
    if (auto read = read_own(); !read) return tl::unexpected(read.error());
    if (auto checked = check_kinds(); !checked) return tl::unexpected(checked.error());
    return std::move(rule_);
  }

 private:
  Result<void> read_common() {
    if (auto read = table_.read_string("name", rule_.name); !read) return read;
    if (auto read = table_.read_string("why", rule_.why); !read) return read;
    if (auto read = table_.read_string("message", rule_.message); !read) return read;
    std::string severity;
    if (auto read = table_.read_word("severity", severities, severity); !read) return read;
    rule_.severity = severity == "warning" ? Severity::warning : Severity::error;
    if (auto read = read_kinds(); !read) return read;
    return table_.read_ends("except", rule_.except);
  }

  Result<void> read_kinds() {
    auto read = table_.for_each_string(
        "kinds", [this](const std::string& text, const PolicyValue& value) { return add_kind(text, value); });
    if (!read) return read;
    const PolicyValue* const kinds = table_.find("kinds");
    if (kinds != nullptr && rule_.kinds.empty()) {
      return fail(table_.at(*kinds), "'kinds' is empty, so that the rule would look at nothing",
                  "leave it out to look at all kinds of edge");
    }
    std::sort(rule_.kinds.begin(), rule_.kinds.end());
    return {};
  }

  Result<void> add_kind(const std::string& text, const PolicyValue& value) {
    const auto kind = parse_edge_kind(text);
    if (!kind) {
      std::vector<std::string_view> names;
      names.reserve(edge_kinds.size());
      for (const EdgeKind one : edge_kinds) names.push_back(to_string(one));
      return fail(table_.at(value), fmt::format("'{}' is no kind of edge", text), did_you_mean(text, names));
    }
    if (std::find(rule_.kinds.begin(), rule_.kinds.end(), *kind) == rule_.kinds.end()) rule_.kinds.push_back(*kind);
    return {};
  }

  Result<void> read_own() {
    switch (rule_.kind) {
      case RuleKind::acyclic: return read_acyclic();
      case RuleKind::allowed:
      case RuleKind::within_view: return read_pair(false, true);
      case RuleKind::forbidden: return read_forbidden();
      case RuleKind::independent: return read_independent();
      case RuleKind::layers: return read_layers();
      case RuleKind::required: {
        if (auto read = table_.read_flag("transitive", rule_.transitive); !read) return read;
        return read_pair(false, false);
      }
      case RuleKind::visibility: return read_pair(true, false);
    }
    return {};
  }

  // Both ends have to be there; one may be a list of nothing, where that says that nobody may.
  Result<void> read_pair(bool from_may_be_empty, bool to_may_be_empty) {
    if (auto read = read_end("from", from_may_be_empty, rule_.from); !read) return read;
    return read_end("to", to_may_be_empty, rule_.to);
  }

  Result<void> read_end(std::string_view key, bool may_be_empty, std::vector<Selector>& selectors) {
    const PolicyValue* const value = table_.find(key);
    if (value == nullptr) {
      return fail(table_.where(), fmt::format("this rule has no '{}'", key),
                  fmt::format("add {} = \"target:…\", \"path:…\", \"module:…\" or a list of them", key));
    }
    if (auto read = table_.read_ends(key, selectors); !read) return read;
    if (selectors.empty() && !may_be_empty) return fail(table_.at(*value), fmt::format("'{}' selects nothing", key));
    return {};
  }

  Result<void> read_forbidden() {
    if (auto read = read_pair(false, false); !read) return read;
    if (auto read = table_.read_flag("transitive", rule_.transitive); !read) return read;
    const PolicyValue* const via = table_.find("via");
    if (via != nullptr && !rule_.transitive) {
      return fail(table_.at(*via), "'via' speaks of ways through others, which this rule does not look at",
                  "add transitive = true");
    }
    return table_.read_ends("via", rule_.via);
  }

  Result<void> read_independent() {
    if (auto read = table_.read_flag("transitive", rule_.transitive); !read) return read;
    const PolicyValue* const groups = table_.find("groups");
    const PolicyValue* const each = table_.find("each");
    if ((groups == nullptr) == (each == nullptr)) {
      return fail(
          each == nullptr ? table_.where() : table_.at(*each),
          each == nullptr ? "this rule has neither 'groups' nor 'each'" : "'groups' and 'each' exclude each other",
          "write groups = [\"path:a/**\", \"path:b/**\"], or each = \"target:plugin_*\" for every target of it");
    }
    if (each != nullptr) {
      rule_.each = true;
      return read_end("each", false, rule_.from);
    }
    return read_groups(*groups, "groups", "two groups or more are independent of each other");
  }

  Result<void> read_layers() {
    if (auto read = table_.read_flag("closed", rule_.closed); !read) return read;
    if (auto read = table_.read_flag("independent", rule_.independent); !read) return read;
    const PolicyValue* const layers = table_.find("layers");
    if (layers == nullptr) {
      return fail(table_.where(), "this rule has no 'layers'", "add layers = [\"…\", \"…\"], the highest first");
    }
    return read_groups(*layers, "layers", "there are two layers or more, the highest first");
  }

  // A list whose entries are selectors, or lists of selectors.
  Result<void> read_groups(const PolicyValue& value, std::string_view key, std::string_view hint) {
    if (value.type != PolicyType::list) {
      return fail(table_.at(value), fmt::format("'{}' must be a list", key), std::string(hint));
    }
    for (const PolicyValue& item : value.items) {
      RuleGroup group{.selectors = {}, .where = table_.at(item)};
      const std::string name = fmt::format("an entry of '{}'", key);
      if (item.type != PolicyType::list) {
        if (auto read = add_selector(item, name, group); !read) return read;
      } else {
        for (const PolicyValue& selector : item.items) {
          if (auto read = add_selector(selector, name, group); !read) return read;
        }
        if (group.selectors.empty()) return fail(group.where, fmt::format("{} is empty", name));
      }
      rule_.groups.push_back(std::move(group));
    }
    if (rule_.groups.size() < 2) {
      return fail(table_.at(value), fmt::format("'{}' has fewer than two entries", key), std::string(hint));
    }
    return {};
  }

  Result<void> add_selector(const PolicyValue& value, std::string_view name, RuleGroup& group) {
    auto selector = table_.to_selector(value, name);
    if (!selector) return tl::unexpected(selector.error());
    group.selectors.push_back(std::move(*selector));
    return {};
  }

  Result<void> read_acyclic() {
    if (auto read = table_.read_ends("among", rule_.from); !read) return read;
    std::string over = "targets";
    if (auto read = table_.read_word("over", scopes, over); !read) return read;
    rule_.over = over == "folders"   ? CycleScope::folders
                 : over == "modules" ? CycleScope::modules
                                     : CycleScope::targets;
    if (auto read = table_.read_count("depth", 1, rule_.depth); !read) return read;
    if (rule_.depth && rule_.over != CycleScope::folders) {
      return fail(table_.at(*table_.find("depth")), "only folders have a depth", "add over = \"folders\"");
    }
    return {};
  }

  // A kind that this rule can never see would make it pass by checking nothing.
  [[nodiscard]] Result<void> check_kinds() const {
    for (const EdgeKind kind : rule_.kinds) {
      const std::string_view trouble = say_unseen(kind);
      if (trouble.empty()) continue;
      return fail(table_.at(*table_.find("kinds")),
                  fmt::format("'{}' edges {}, so this rule cannot see them", to_string(kind), trouble),
                  fmt::format("leave '{}' out", to_string(kind)));
    }
    return {};
  }

  [[nodiscard]] std::string_view say_unseen(EdgeKind kind) const {
    const bool is_of_cmake_files = kind == EdgeKind::configure || kind == EdgeKind::install;
    const bool ends_at_files = kind == EdgeKind::source || kind == EdgeKind::include_dir || kind == EdgeKind::define ||
                               kind == EdgeKind::include;
    const bool among_targets = rule_.kind == RuleKind::acyclic || rule_.each;
    if (is_of_cmake_files && (among_targets || rule_.kind == RuleKind::required || rule_.transitive)) {
      return "have no target as depender";
    }
    if (ends_at_files && among_targets) return "lead to no target";
    if (kind != EdgeKind::include) return {};
    if (rule_.kind == RuleKind::required) return "are only looked for where they are wrong";
    const bool is_permission = rule_.kind == RuleKind::allowed || rule_.kind == RuleKind::within_view;
    return is_permission || may_name_files() ? "" : "lead to files, and no 'path:' or 'module:' names any";
  }

  // Whether the dependees may be files.
  [[nodiscard]] bool may_name_files() const {
    const auto names_files = [](const std::vector<Selector>& selectors) {
      return std::any_of(selectors.begin(), selectors.end(), [](const Selector& one) {
        return one.kind == SelectorKind::path || one.kind == SelectorKind::module;
      });
    };
    return names_files(rule_.to) || std::any_of(rule_.groups.begin(), rule_.groups.end(),
                                                [&](const RuleGroup& group) { return names_files(group.selectors); });
  }

  const PolicyTable& table_;
  GeneralRule rule_;
};

Result<void> check_names(const Policy& policy, const PolicyTable& table, const GeneralRule& rule) {
  for (const auto* const selectors : {&rule.from, &rule.to, &rule.via, &rule.except}) {
    if (auto found = check_module_names(policy, *selectors); !found) return found;
  }
  for (const RuleGroup& group : rule.groups) {
    if (auto found = check_module_names(policy, group.selectors); !found) return found;
  }
  if (rule.over == CycleScope::modules && policy.modules.empty()) {
    return fail(table.at(*table.find("over")), "the policy has no [[module]]",
                "write over = \"targets\" or \"folders\"");
  }
  const auto other = std::find_if(policy.rules.begin(), policy.rules.end(), [&rule](const GeneralRule& one) {
    return !rule.name.empty() && one.name == rule.name;
  });
  if (other == policy.rules.end()) return {};
  return fail(table.at(*table.find("name")), fmt::format("there are two rules '{}'", rule.name),
              fmt::format("the other is at {}:{}", other->where.file, other->where.line));
}

}  // namespace

Result<void> read_rules(const PolicyTable& document, Policy& policy) {
  for (const RuleKind kind : rule_kinds) {
    auto read = for_each_table(document, table_of(kind), [&](const PolicyValue& value) -> Result<void> {
      const PolicyTable table(value, fmt::format("in [[{}]]", table_of(kind)));
      auto rule = RuleReader(table, kind).read();
      if (!rule) return tl::unexpected(rule.error());
      if (auto checked = check_names(policy, table, *rule); !checked) return checked;
      policy.rules.push_back(std::move(*rule));
      return {};
    });
    if (!read) return read;
  }
  return {};
}

}  // namespace bulkhead
